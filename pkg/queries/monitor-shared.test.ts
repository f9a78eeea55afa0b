/** The panels of one dashboard: what they ask alike, the stores are asked once. */
import { monitorQuerySchema } from '../../src/contract/query';
import type { Histograms, HistogramsRequest } from '../sources/capabilities/histograms';
import type { Source } from '../sources/source';
import type { QueryContext } from './context';
import { answerMonitor } from './monitor';
import { contextWith, HOUR, RANGE, storeOf } from './monitor-scene';

const said = { warnings: [], executed: [], endpoint: 'primary' };

/** @param newest the newest sample it knows of */
const keeping = (newest: number) => {
  const parts = {
    timeline: jest.fn(() =>
      Promise.resolve({
        ...said,
        series: [{ labels: { variant: 'a' }, times: Float64Array.of(newest), values: Float64Array.of(1) }],
        newestSample: newest,
      }),
    ),
    histograms: jest.fn<Promise<Histograms>, [HistogramsRequest]>(() =>
      Promise.resolve({
        ...said,
        histograms: [
          {
            labels: { variant: 'a', feature: 'x' },
            total: { kind: 'numeric', bounds: [1, Infinity], counts: [1, 2] },
            buckets: [],
          },
        ],
        newestSample: newest,
      }),
    ),
    deployments: jest.fn(() => Promise.resolve({ ...said, deployments: [] })),
    alerts: jest.fn(() => Promise.resolve({ ...said, alerts: [] })),
  } satisfies Partial<Source>;
  return { ...parts, prometheus: storeOf('prometheus', parts), influx: storeOf('influx', parts) };
};

const DRIFT = { metric: 'drift', method: 'psi', by: ['variant'] };

/** A panel's question; `later` than the dashboard's range, ms. */
const ask = (context: QueryContext, fields: Record<string, unknown>, later = 0) =>
  answerMonitor(monitorQuerySchema.parse({ queryType: 'monitor', ...fields }), {
    ...context,
    range: { from: context.range.from + later, to: context.range.to + later },
    now: context.now + later,
  });

it('drift by feature and drift by bin ask for the same two periods once', async () => {
  const { histograms, prometheus } = keeping(RANGE.to);
  const context = contextWith({ prometheus });
  const panels = [{ ...DRIFT, format: 'table' }, { ...DRIFT, format: 'table', bands: { watch: 0.2, drifted: 0.3 } }]; // prettier-ignore
  await Promise.all(panels.map((panel) => ask(context, panel)));
  expect(histograms.mock.calls.map(([{ period }]) => period)).toEqual([RANGE, { from: 0, to: RANGE.from }]);
});

it.each([
  ['drift', 'histograms', 2, { ...DRIFT, format: 'table' }],
  ['a chart', 'timeline', 1, { metric: 'requests', format: 'timeseries' }],
  ['a number', 'timeline', 1, { metric: 'requests', format: 'numeric' }],
  ['facts', 'deployments', 1, { view: 'facts', format: 'table' }],
  ['alerts', 'alerts', 1, { view: 'alerts', format: 'table' }],
] as const)('a refresh some seconds later asks nothing new for %s', async (_case, kind, questions, fields) => {
  const store = keeping(RANGE.to);
  const context = contextWith({ influx: store.influx });
  await ask(context, fields);
  await ask(context, fields, 5000);
  expect(store[kind]).toHaveBeenCalledTimes(questions);
  await ask({ ...context, skipCache: true }, fields, 5000);
  expect(store[kind]).toHaveBeenCalledTimes(2 * questions);
});

it('an alert may share what a panel just asked, and judges its age by its own clock', async () => {
  const { timeline, histograms, prometheus } = keeping(RANGE.to - HOUR / 2);
  const context = contextWith({ prometheus });
  const rule = { ...context, isAlert: true };
  for (const fields of [
    { metric: 'requests', format: 'numeric' },
    { ...DRIFT, format: 'numeric' },
  ]) {
    expect(await ask(context, fields)).not.toEqual([]);
    await expect(ask(rule, fields)).rejects.toMatchObject({ failure: { field: 'freshness.prometheus' } });
  }
  expect(timeline).toHaveBeenCalledTimes(1);
  expect(histograms).toHaveBeenCalledTimes(2);
});

it('a range shorter than the step asks for the last step, and never for no time at all', async () => {
  const { histograms, prometheus } = keeping(RANGE.to);
  const range = { from: RANGE.to, to: RANGE.to + HOUR / 4 };
  await ask(contextWith({ prometheus }, { range }), { ...DRIFT, format: 'timeseries' });
  expect(histograms.mock.calls[0]?.[0].period).toEqual({ from: RANGE.to - HOUR, to: RANGE.to });
});
