import pino from 'pino';
import { createInstance } from '../instance';
import { settingsSchema } from '../../src/contract/settings';
import { monitorQuerySchema } from '../../src/contract/query';
import type { Source, Traffic, TrafficRequest } from '../sources/source';
import type { QueryContext } from './context';
import { answerDrift } from './monitor-drift';

const HOUR = 3_600_000;
const range = { from: 10 * HOUR, to: 20 * HOUR };

const cumulative = (counts: readonly number[]) => {
  const bounds = [50, 100, 200, Infinity];
  let sum = 0;
  return counts.map((count, index) => ({ le: bounds[index] ?? Infinity, count: (sum += count) }));
};

/** A store whose latency histograms are these, by variant; `earlier` before the dashboard's range. */
function contextOf(now: Record<string, number[]>, earlier: Record<string, number[]>): QueryContext {
  const instance = createInstance({ uid: 'u', name: 'n', settings: settingsSchema.parse({}), secrets: {}, logger: pino({ level: 'silent' }) }); // prettier-ignore
  const totals = { requests: 1, errors: 0, latencySumMs: 0, latencyCount: 0, labelled: null, correct: null };
  const source: Source = {
    name: 'prometheus',
    probe: () => Promise.reject(new Error('not asked')),
    traffic: ({ period }: TrafficRequest): Promise<Traffic> => {
      const held = period.from < range.from ? earlier : now;
      const variants = Object.entries(held).map(([variant, counts]) => ({ variant, segment: null, totals, histogram: cumulative(counts), series: null })); // prettier-ignore
      return Promise.resolve({ variants, firstSample: 0, newestSample: period.to, warnings: [], executed: [], endpoint: 'primary' }); // prettier-ignore
    },
    dispose: () => Promise.resolve(),
  };
  return { instance: { ...instance, sources: { prometheus: source } }, refId: 'A', range, intervalMs: 1000, maxDataPoints: 100, now: range.to, isAlert: false, skipCache: false, signal: new AbortController().signal }; // prettier-ignore
}

const query = (method: 'psi' | 'ks', format: 'table' | 'numeric' = 'table') => ({
  ...monitorQuerySchema.parse({ queryType: 'monitor', metric: 'drift', format, method }),
  method,
});

const column = async (name: string, method: 'psi' | 'ks', now: number[], earlier: number[]) => {
  const [frame] = await answerDrift(query(method), contextOf({ a: now }, { a: earlier }), null, []);
  return [...(frame?.fields.find((field) => field.name === name)?.values ?? [])];
};

test('the same distribution has not drifted, whatever the traffic', async () => {
  expect(await column('value', 'psi', [100, 200, 100, 0], [1000, 2000, 1000, 0])).toEqual([expect.closeTo(0, 10)]);
  expect(await column('band', 'psi', [100, 200, 100, 0], [1000, 2000, 1000, 0])).toEqual(['stable']);
});

test('a shift has drifted, with a p-value', async () => {
  // PSI by hand: shares 0.25, 0.5, 0.25 became 0.5, 0.25, 0.25: 0.25 ln 2 + 0.25 ln 2.
  expect(await column('value', 'psi', [200, 100, 100, 0], [100, 200, 100, 0])).toEqual([expect.closeTo(0.5 * Math.log(2), 6)]); // prettier-ignore
  expect(await column('band', 'psi', [200, 100, 100, 0], [100, 200, 100, 0])).toEqual(['drifted']);
  expect(await column('value', 'ks', [200, 100, 100, 0], [100, 200, 100, 0])).toEqual([expect.closeTo(0.25, 10)]);
  expect((await column('p_value', 'ks', [200, 100, 100, 0], [100, 200, 100, 0]))[0]).toBeLessThan(0.001);
});

test.each([
  ['an empty histogram', [0, 0, 0, 0], [100, 200, 100, 0]],
  ['changed buckets', [100, 200, 100], [100, 200, 100, 0]],
])('%s is not compared', async (_case, now, earlier) => {
  expect(await column('value', 'psi', now, earlier)).toEqual([]);
});

test('an alert rule gets a number a variant', async () => {
  const frames = await answerDrift(query('psi', 'numeric'), contextOf({ a: [2, 1, 1, 0], b: [1, 2, 1, 0] }, { a: [1, 2, 1, 0], b: [1, 2, 1, 0] }), null, []); // prettier-ignore
  expect(frames.map(({ fields }) => fields[0]?.labels)).toEqual([{ variant: 'a', feature: 'latency' }, { variant: 'b', feature: 'latency' }]); // prettier-ignore
});

test('without a store that keeps histograms it says what to do', async () => {
  const context = contextOf({}, {});
  const none = { ...context, instance: { ...context.instance, sources: {} } };
  await expect(answerDrift(query('psi'), none, null, [])).rejects.toMatchObject({ failure: { field: 'method' } });
});
