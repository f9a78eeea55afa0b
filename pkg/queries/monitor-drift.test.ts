import { FailureError } from '../../src/contract/failure';
import { monitorQuerySchema } from '../../src/contract/query';
import type { FeatureHistogram, HistogramsRequest } from '../sources/capabilities/histograms';
import type { Source } from '../sources/source';
import type { DataFrame } from '../sdk/frame';
import type { QueryContext } from './context';
import { answerDrift } from './monitor-drift';
import { contextWith, HOUR, RANGE, storeOf } from './monitor-scene';

type Method = 'psi' | 'js' | 'ks' | 'wasserstein';
type Counts = Record<string, number[]>;

const BOUNDS = [50, 100, 200, Infinity];

/** Histograms by `variant/feature`; time buckets share the counts out evenly. */
function histogramsOf(held: Counts, { period, bucketMs }: HistogramsRequest): FeatureHistogram[] {
  const starts = bucketMs === null ? [] : Array.from({ length: (period.to - period.from) / bucketMs }, (_, index) => period.from + index * bucketMs); // prettier-ignore
  return Object.entries(held).map(([key, counts]) => {
    const [variant = '', feature = ''] = key.split('/');
    return {
      labels: { variant, feature },
      total: { kind: 'numeric', bounds: BOUNDS.slice(-counts.length), counts },
      buckets: starts.map((time) => ({ time, counts: counts.map((count) => count / starts.length) })),
    };
  });
}

/** A store whose histograms are these; `earlier` before the dashboard's range. */
function holding(name: Source['name'], now: Counts, earlier: Counts): Source {
  return storeOf(name, {
    histograms: (request) =>
      Promise.resolve({
        histograms: histogramsOf(request.period.from < RANGE.from ? earlier : now, request),
        newestSample: request.period.to,
        warnings: [],
        executed: [],
        endpoint: 'primary',
      }),
  });
}

const inPrometheus = (now: Counts, earlier: Counts, overrides: Partial<QueryContext> = {}) =>
  contextWith({ prometheus: holding('prometheus', now, earlier) }, overrides);

const query = (method: Method, fields: Record<string, unknown> = {}) => ({
  ...monitorQuerySchema.parse({ queryType: 'monitor', metric: 'drift', format: 'table', method, ...fields }),
  method,
});

const ask = (context: QueryContext, method: Method = 'psi', fields: Record<string, unknown> = {}) =>
  answerDrift(query(method, fields), context, null, []);

const valuesOf = (frame: DataFrame | undefined, name: string) => [
  ...(frame?.fields.find((field) => field.name === name)?.values ?? []),
];

const column = async (name: string, method: Method, now: number[], earlier: number[]) => {
  const [frame] = await ask(inPrometheus({ 'a/x': now }, { 'a/x': earlier }), method);
  return valuesOf(frame, name)[0];
};

test('the same distribution has not drifted, whatever the traffic', async () => {
  expect(await column('value', 'psi', [100, 200, 100, 0], [1000, 2000, 1000, 0])).toBeCloseTo(0, 10);
  expect(await column('band', 'psi', [100, 200, 100, 0], [1000, 2000, 1000, 0])).toBe('stable');
});

// Shares 0.25, 0.5, 0.25 became 0.5, 0.25, 0.25. By hand: PSI 2 × 0.25 ln 2; JS √0.0613; the largest gap of the sums 0.25;
// mass moves 12.5, of a standard deviation of 48.55.
test.each([
  ['psi', 0.5 * Math.log(2), true],
  ['js', 0.2475, true],
  ['ks', 0.25, true],
  ['wasserstein', 0.2575, false],
] as const)('%s tells how far a shift moved, and its p-value where there is one', async (method, value, hasP) => {
  expect(await column('value', method, [200, 100, 100, 0], [100, 200, 100, 0])).toBeCloseTo(value, 3);
  const p = await column('p_value', method, [200, 100, 100, 0], [100, 200, 100, 0]);
  expect(hasP ? Number(p) < 0.001 : p === null).toBe(true);
});

test('a chart with nothing to draw says why', async () => {
  const away = storeOf('prometheus', { histograms: () => Promise.reject(new Error('gone')) });
  const context = contextWith({ prometheus: away, influx: holding('influx', {}, {}) });
  const frames = await ask(context, 'psi', { format: 'timeseries' });
  expect(frames.map(({ fields }) => fields)).toEqual([[]]);
  const texts = frames[0]?.meta?.notices?.map(({ text }) => text).join('\n');
  expect(texts).toContain('gone');
  expect(texts).toContain('No histograms in the range.');
});

test('the parts of the bins add up to the index, each under its name', async () => {
  const [, bins] = await ask(inPrometheus({ 'a/x': [200, 100, 100, 0] }, { 'a/x': [100, 200, 100, 0] }));
  expect(valuesOf(bins, 'bin')).toEqual(['0–50', '50–100', '100–200']);
  expect(valuesOf(bins, 'reference')).toEqual([0.25, 0.5, 0.25]);
  const parts = valuesOf(bins, 'contribution').map(Number);
  expect(parts.reduce((sum, part) => sum + part, 0)).toBeCloseTo(0.5 * Math.log(2), 10);
});

test('the whole model is its furthest feature', async () => {
  const now = { 'a/x': [200, 100, 100, 0], 'a/y': [100, 200, 100, 0] };
  const [frame] = await ask(inPrometheus(now, { 'a/x': [100, 200, 100, 0], 'a/y': [100, 200, 100, 0] }));
  expect(valuesOf(frame, 'feature')).toEqual(['x', 'y', '__all__']);
  expect(valuesOf(frame, 'band')).toEqual(['drifted', 'stable', 'drifted']);
});

test.each([
  ['an empty histogram', [0, 0, 0, 0], [100, 200, 100, 0]],
  ['a reference without rows', [100, 200, 100, 0], [0, 0, 0, 0]],
  ['buckets with no bound in common', [100, 200], [100, 200, 100, 50].slice(0, 1)],
])('%s is not compared', async (_case, now, earlier) => {
  expect(await column('value', 'psi', now, earlier)).toBeUndefined();
});

test('a feature of several stores is the first one’s, and each store’s own features stand beside each other', async () => {
  const prometheus = holding('prometheus', { 'a/x': [1, 2, 1, 0] }, { 'a/x': [1, 2, 1, 0] });
  const influx = holding('influx', { 'a/x': [9, 1, 1, 0], 'a/y': [1, 2, 1, 0] }, { 'a/x': [1, 2, 1, 0], 'a/y': [1, 2, 1, 0] }); // prettier-ignore
  const [both] = await ask(contextWith({ prometheus, influx }));
  expect(valuesOf(both, 'feature')).toEqual(['x', 'y', '__all__']);
  expect(valuesOf(both, 'source')).toEqual(['prometheus', 'influx', null]);
  const [one] = await ask(contextWith({ prometheus, influx }), 'psi', { store: 'influx' });
  expect(valuesOf(one, 'source')).toEqual(['influx', 'influx', null]);
});

describe('over time', () => {
  const LARGE = [6000, 3000, 3000, 0];
  const BEFORE = [3000, 6000, 3000, 0];

  test('a model has one series, of its furthest feature, with the bands', async () => {
    const context = inPrometheus({ 'a/x': LARGE, 'a/y': BEFORE }, { 'a/x': BEFORE, 'a/y': BEFORE });
    const frames = await ask(context, 'psi', { format: 'timeseries', bands: { watch: 0.2, drifted: 0.3 } });
    expect(frames).toHaveLength(1);
    const [time, value] = frames[0]?.fields ?? [];
    expect([...(time?.values ?? [])]).toEqual(Array.from({ length: 10 }, (_, hour) => RANGE.from + hour * HOUR));
    expect(value?.labels).toEqual({ variant: 'a' });
    expect([...(value?.values ?? [])]).toEqual(Array.from({ length: 10 }, () => expect.closeTo(0.5 * Math.log(2), 6) as number)); // prettier-ignore
    expect(value?.config?.custom?.uplift).toMatchObject({ bands: { watch: 0.2, drifted: 0.3 } });
  });

  test('by feature each has its own', async () => {
    const frames = await ask(inPrometheus({ 'a/x': LARGE, 'a/y': BEFORE }, { 'a/x': BEFORE, 'a/y': BEFORE }), 'psi', { format: 'timeseries', by: ['variant', 'feature'] }); // prettier-ignore
    expect(frames.map(({ fields }) => fields[1]?.labels?.feature)).toEqual(['x', 'y']);
  });

  test('too few rows an hour are taken together', async () => {
    const few = (counts: number[]) => counts.map((count) => count / 20);
    const frames = await ask(inPrometheus({ 'a/x': few(LARGE) }, { 'a/x': BEFORE }), 'psi', { format: 'timeseries' });
    const times = [...(frames[0]?.fields[0]?.values ?? [])].map(Number);
    expect(times.length).toBeGreaterThan(1);
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBe(2 * HOUR);
  });
});

test.each([
  ['of a model', {}, [{ metric: 'drift', variant: 'a', feature: '__all__' }, { metric: 'drift', variant: 'b', feature: '__all__' }]],
  ['of a feature', { by: ['variant', 'feature'] }, [{ metric: 'drift', variant: 'a', feature: 'x' }, { metric: 'drift', variant: 'b', feature: 'x' }]],
])('an alert rule gets a number %s, under labels that stay', async (_case, fields, labels) => {
  const context = inPrometheus({ 'a/x': [2, 1, 1, 0], 'b/x': [1, 2, 1, 0] }, { 'a/x': [1, 2, 1, 0], 'b/x': [1, 2, 1, 0] }); // prettier-ignore
  const frames = await ask(context, 'psi', { format: 'numeric', ...fields });
  expect(frames.map((frame) => frame.fields[0]?.labels)).toEqual(labels);
}); // prettier-ignore

const broken = storeOf('influx', {
  histograms: () => Promise.reject(new FailureError({ class: 'network', source: 'influx', message: 'away', fix: 'start it' })), // prettier-ignore
});

test('a store that is away is a notice beside the other’s features, and an error in an alert', async () => {
  const prometheus = holding('prometheus', { 'a/x': [1, 2, 1, 0] }, { 'a/x': [1, 2, 1, 0] });
  const [frame] = await ask(contextWith({ prometheus, influx: broken }));
  expect(frame?.meta?.notices?.map(({ text }) => text)).toEqual(['InfluxDB: away start it']);
  await expect(ask(contextWith({ prometheus, influx: broken }, { isAlert: true }), 'psi', { format: 'numeric' })).rejects.toMatchObject({ failure: { source: 'influx' } }); // prettier-ignore
});

test('histograms too old for an alert make it err', async () => {
  const context = inPrometheus(
    { 'a/x': [1, 2, 1, 0] },
    { 'a/x': [1, 2, 1, 0] },
    { isAlert: true, now: RANGE.to + HOUR },
  );
  await expect(ask(context, 'psi', { format: 'numeric' })).rejects.toMatchObject({ failure: { field: 'freshness.prometheus' } }); // prettier-ignore
});

test.each([
  ['no store keeps histograms', contextWith({}), {}, 'method'],
  ['the store asked for keeps none', inPrometheus({}, {}), { store: 'influx' }, 'store'],
  ['the control is asked for without an experiment', inPrometheus({}, {}), { reference: { kind: 'control' } }, 'reference'], // prettier-ignore
])('where %s it says what to do', async (_case, context, fields, field) => {
  await expect(ask(context, 'psi', fields)).rejects.toMatchObject({ failure: { field } });
});

test('bands the wrong way round are refused by name', () => {
  expect(monitorQuerySchema.safeParse({ queryType: 'monitor', bands: { watch: 0.3, drifted: 0.1 } }).success).toBe(false); // prettier-ignore
});
