import { FailureError } from '../../src/contract/failure';
import type { Histograms, HistogramsRequest } from '../sources/capabilities/histograms';
import type { Source } from '../sources/source';
import { MonitoringReader } from './monitoring';

const TTL_MS = 10_000;

const REQUEST: HistogramsRequest = {
  experiment: 'ranking',
  by: ['variant'],
  filters: {},
  period: { from: 0, to: TTL_MS },
  bucketMs: null,
};

/** A store whose answers name how often it was asked; it answers when told to, or at once. */
function setUp() {
  const time = { now: 1_000_000 };
  const signals: AbortSignal[] = [];
  const gate = { opened: Promise.resolve() };
  const histograms = jest.fn(async (_request: HistogramsRequest, signal: AbortSignal): Promise<Histograms> => {
    signals.push(signal);
    const count = histograms.mock.calls.length;
    await gate.opened;
    return { histograms: [], newestSample: count, warnings: [], executed: [], endpoint: 'primary' };
  });
  const sourceOf = (name: Source['name']): Source => ({
    name,
    probe: () => Promise.reject(new Error('not asked')),
    dispose: () => Promise.resolve(),
    histograms,
  });
  const reader = new MonitoringReader(TTL_MS, () => time.now);
  const ask = (own: { request?: object; source?: Source['name']; skipCache?: boolean; signal?: AbortSignal } = {}) =>
    reader.histograms(
      sourceOf(own.source ?? 'prometheus'),
      { ...REQUEST, ...own.request },
      { skipCache: own.skipCache ?? false, signal: own.signal ?? new AbortController().signal },
    );
  /** Answers wait from now on, until the returned function is called. */
  const shut = () => {
    let open: () => void = () => undefined;
    gate.opened = new Promise((resolve) => (open = resolve));
    return () => open();
  };
  return { time, signals, histograms, reader, ask, shut };
}

it('asks a store once for two panels that ask the same at once', async () => {
  const { ask, histograms } = setUp();
  const [one, other] = await Promise.all([ask(), ask()]);
  expect(histograms).toHaveBeenCalledTimes(1);
  expect(one).toBe(other);
});

it('asks again for another period, another filter and another store', async () => {
  const { ask, histograms } = setUp();
  await ask();
  await ask({ request: { period: { from: 0, to: 2 * TTL_MS } } });
  await ask({ request: { filters: { variant: ['baseline'] } } });
  await ask({ source: 'influx' });
  expect(histograms).toHaveBeenCalledTimes(4);
});

it('keeps the answer for its time to live and no longer', async () => {
  const { ask, time } = setUp();
  await ask();
  time.now += TTL_MS - 1;
  expect(await ask()).toHaveProperty('newestSample', 1);
  time.now += 2;
  expect(await ask()).toHaveProperty('newestSample', 2);
});

it('asks anew for whoever skips what is kept', async () => {
  const { ask } = setUp();
  await ask();
  expect(await ask({ skipCache: true })).toHaveProperty('newestSample', 2);
});

it('keeps no failure', async () => {
  const { ask, histograms } = setUp();
  histograms.mockRejectedValueOnce(new FailureError({ class: 'network', message: 'away', fix: 'start it' }));
  await expect(ask()).rejects.toThrow('away');
  expect(await ask()).toHaveProperty('newestSample', 2);
});

it('lets a caller that gives up go at once, and answers the others', async () => {
  const { ask, shut, signals, histograms } = setUp();
  const open = shut();
  const leaving = new AbortController();
  const left = ask({ signal: leaving.signal });
  const staying = ask();
  leaving.abort(new DOMException('the panel is gone', 'AbortError'));
  await expect(left).rejects.toThrow('the panel is gone');
  expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
  open();
  expect(await staying).toHaveProperty('newestSample', 1);
  expect(histograms).toHaveBeenCalledTimes(1);
});

it('asks nothing for a caller that has given up already', async () => {
  const { ask, histograms } = setUp();
  await expect(ask({ signal: AbortSignal.abort() })).rejects.toThrow('aborted');
  expect(histograms).not.toHaveBeenCalled();
});

it('shares every kind of question, and asks no store what it does not hold', async () => {
  const { reader } = setUp();
  const said = { warnings: [], executed: [], endpoint: 'primary' };
  const timeline = jest.fn(() => Promise.resolve({ ...said, series: [], newestSample: null }));
  const deployments = jest.fn(() => Promise.resolve({ ...said, deployments: [] }));
  const alerts = jest.fn(() => Promise.resolve({ ...said, alerts: [] }));
  const bare: Source = {
    name: 'influx',
    probe: () => Promise.reject(new Error('not asked')),
    dispose: () => Promise.resolve(),
  };
  const store = { ...bare, timeline, deployments, alerts };
  const caller = { skipCache: false, signal: new AbortController().signal };
  const { experiment, filters, period } = REQUEST;
  const request = { experiment, filters, period };
  const overTime = { ...request, metric: 'requests', by: [], stepMs: null } as const;
  for (let panel = 0; panel < 2; panel++) {
    await reader.timeline(store, overTime, caller);
    await reader.deployments(store, request, caller);
    await reader.alerts(store, request, caller);
  }
  expect([timeline, deployments, alerts].map(({ mock }) => mock.calls.length)).toEqual([1, 1, 1]);
  expect(reader.histograms(store, REQUEST, caller)).toBeUndefined();
  expect(reader.deployments(bare, request, caller)).toBeUndefined();
  expect(reader.alerts(bare, request, caller)).toBeUndefined();
});
