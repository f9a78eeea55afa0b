import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { RunningPrometheus } from '../../../demo/stores/prometheus';
import { blockFolder, obtainPrometheus, startPrometheus } from '../../../demo/stores/prometheus';
import { FailureError } from '../../../src/contract/failure';
import type { SettingsInput } from '../../../src/contract/settings';
import { EXPERIMENT, HOURS, STEP_SECONDS, VARIANTS, writeHistory } from './prometheus-history';
import { complete, patient, sourcesOf } from './silent';

const HOUR = 3_600_000;
/** On the hour, so that hours are whole buckets; recent, so that Prometheus keeps it. */
const END = Math.floor(Date.now() / HOUR) * HOUR - HOUR;
const PERIOD = { from: END - HOURS * HOUR, to: END };
const AUTH = { user: 'reader', password: 'right' };

const vectorSchema = z.object({
  data: z.object({
    result: z.array(z.object({ metric: z.record(z.string(), z.string()), value: z.tuple([z.number(), z.string()]) })),
  }),
});

let server: RunningPrometheus;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'uplift-prometheus-'));
  const history = join(folder, 'history.om');
  await writeFile(history, writeHistory(END / 1000));
  const { promtool } = await obtainPrometheus();
  await promisify(execFile)(promtool, ['tsdb', 'create-blocks-from', 'openmetrics', history, blockFolder(folder)]);
  server = await startPrometheus({ dataDir: folder, basicAuth: AUTH });
});

afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

function prometheus(overrides: Partial<NonNullable<SettingsInput['prometheus']>> = {}, password = AUTH.password) {
  const sources = sourcesOf(
    { prometheus: { url: server.url, user: AUTH.user, ...overrides } },
    { prometheusPassword: password },
  );
  return complete(sources, 'prometheus', 'traffic', 'timeline', 'experiments', 'dimensionValues', 'raw');
}

/** The API asked directly, without our code. */
async function ask(query: string, time: number): Promise<Record<string, number>> {
  const response = await fetch(`${server.url}/api/v1/query`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${AUTH.user}:${AUTH.password}`).toString('base64')}` },
    body: new URLSearchParams({ query, time: String(time / 1000) }),
  });
  const { data } = vectorSchema.parse(await response.json());
  return Object.fromEntries(data.result.map(({ metric, value }) => [metric.model_name ?? '', Number(value[1])]));
}

const request = { experiment: EXPERIMENT, variants: [], period: PERIOD, bucketMs: null, dimension: null };
const sum = (values: Float64Array | null | undefined) => (values ?? new Float64Array()).reduce((a, b) => a + b, 0);

test('totals equal those of the Prometheus API', async () => {
  const traffic = await prometheus().traffic(request, patient());
  const matcher = `experiment=${JSON.stringify(EXPERIMENT)}`;
  const total = (selector: string) => ask(`sum by (model_name) (increase(${selector}[${String(HOURS)}h]))`, END);
  const [requests, errors, latency, count, correct] = await Promise.all([
    total(`ab_test_requests_total{${matcher}}`),
    total(`ab_test_requests_total{status="error",${matcher}}`),
    total(`ab_test_response_time_seconds_sum{${matcher}}`),
    total(`ab_test_response_time_seconds_count{${matcher}}`),
    total(`ab_test_correct_predictions_total{${matcher}}`),
  ]);
  expect(traffic.variants.map(({ variant }) => variant).sort()).toEqual(VARIANTS.map(({ name }) => name).sort());
  for (const { variant, totals } of traffic.variants) {
    expect(totals.requests).toBe(requests[variant]);
    expect(totals.errors).toBe(errors[variant] ?? 0);
    expect(totals.latencySumMs).toBeCloseTo((latency[variant] ?? Number.NaN) * 1000, 6);
    expect(totals.latencyCount).toBe(count[variant]);
    expect(totals.correct).toBe(correct[variant] ?? null);
  }
  expect(traffic.endpoint).toBe('primary');
});

test('totals are what the service counted, to within extrapolation', async () => {
  const traffic = await prometheus().traffic(request, patient());
  const steps = (HOURS * 3600) / STEP_SECONDS;
  for (const truth of VARIANTS) {
    const found = traffic.variants.find(({ variant }) => variant === truth.name);
    expect(found?.totals.requests).toBeCloseTo(truth.requests * steps, -2);
    expect(found?.totals.errors).toBeCloseTo(truth.errors * steps, -1);
  }
});

test('a variant without errors has zero errors, and one without labels unknown accuracy', async () => {
  const traffic = await prometheus().traffic(request, patient());
  const careful = traffic.variants.find(({ variant }) => variant === 'careful');
  expect(careful?.totals.errors).toBe(0);
  expect(careful?.totals.labelled).toBeNull();
  expect(careful?.totals.correct).toBeNull();
});

test('the latency histogram is cumulative, in milliseconds, and ends with everything', async () => {
  const traffic = await prometheus().traffic(request, patient());
  const enhanced = traffic.variants.find(({ variant }) => variant === 'enhanced-predictor');
  expect(enhanced?.histogram?.map(({ le }) => le)).toEqual([50, 100, 500, Infinity]);
  expect(enhanced?.histogram?.[0]?.count).toBe(0);
  expect(enhanced?.histogram?.at(-1)?.count).toBeCloseTo(enhanced?.totals.latencyCount ?? Number.NaN, 6);
});

test('the series of every counter sums to its total', async () => {
  const traffic = await prometheus().traffic({ ...request, bucketMs: HOUR }, patient());
  for (const { series, totals } of traffic.variants) {
    expect(Array.from(series?.times ?? [])).toEqual(
      Array.from({ length: HOURS }, (_, hour) => PERIOD.from + hour * HOUR),
    );
    expect(sum(series?.requests)).toBeCloseTo(totals.requests ?? Number.NaN, 6);
    expect(sum(series?.errors)).toBeCloseTo(totals.errors ?? Number.NaN, 6);
    expect(sum(series?.latencySumMs)).toBeCloseTo(totals.latencySumMs ?? Number.NaN, 4);
    expect(series?.correct === null).toBe(totals.correct === null);
  }
});

test('a period that is not aligned gives whole buckets only, unscaled by its ragged edges', async () => {
  const ragged = { from: PERIOD.from + HOUR / 2, to: PERIOD.to - HOUR / 4 };
  const traffic = await prometheus().traffic({ ...request, period: ragged, bucketMs: HOUR }, patient());
  const baseline = traffic.variants.find(({ variant }) => variant === 'baseline-predictor');
  expect(baseline?.series?.times).toHaveLength(4);
  expect(baseline?.series?.requests?.[0]).toBeCloseTo(210 * 120, -2);
});

test('a breakdown by dimension gives a row a segment', async () => {
  const traffic = await prometheus().traffic({ ...request, dimension: 'region' }, patient());
  expect(new Set(traffic.variants.map(({ segment }) => segment))).toEqual(new Set(['eu']));
});

test('first and newest sample bound the history, which has no gap', async () => {
  const wide = { from: PERIOD.from - 6 * HOUR, to: PERIOD.to + HOUR };
  const traffic = await prometheus().traffic({ ...request, period: wide }, patient());
  const precision = (wide.to - wide.from) / 100;
  expect(Math.abs((traffic.firstSample ?? 0) - PERIOD.from)).toBeLessThan(precision);
  expect(Math.abs((traffic.newestSample ?? 0) - PERIOD.to)).toBeLessThan(precision);
  expect(traffic.coverage).toEqual({ gaps: [], resets: 0 });
});

test('an unknown experiment is empty and not an error', async () => {
  const traffic = await prometheus().traffic({ ...request, experiment: 'nobody"} or up{a="' }, patient());
  expect(traffic.variants).toEqual([]);
  expect(traffic.newestSample).toBeNull();
});

test('experiments and dimension values are read from the labels', async () => {
  const source = prometheus();
  expect(await source.experiments(patient())).toEqual([
    { id: EXPERIMENT, variants: VARIANTS.map(({ name }) => name).sort(), tags: {} },
  ]);
  expect(await source.dimensionValues('region', 'E', patient())).toEqual(['eu']);
});

test.each([
  ['requests', 420],
  ['error_rate', 3 / 210],
  ['latency_mean_ms', 45],
  ['accuracy', 150 / 200],
] as const)('the timeline of %s has the level the service had', async (metric, level) => {
  const timeline = await prometheus().timeline(
    {
      metric,
      experiment: EXPERIMENT,
      by: ['variant'],
      filters: { variant: ['baseline-predictor'] },
      period: PERIOD,
      stepMs: 300_000,
    },
    patient(),
  );
  expect(timeline.series).toHaveLength(1);
  const [series] = timeline.series;
  expect(series?.labels).toEqual({ variant: 'baseline-predictor' });
  expect((series?.values.at(-1) ?? Number.NaN) / level).toBeCloseTo(1, 2);
  expect(series?.times.every((time) => time % 300_000 === 0)).toBe(true);
});

test('the connection test tells version, content and newest sample', async () => {
  const probe = await prometheus().probe(patient());
  expect(probe.version).toMatch(/^\d+\.\d+/);
  expect(probe.found).toBe('1 experiments, 3 variants');
  expect(Math.abs((probe.newestSample ?? 0) - END)).toBeLessThanOrEqual(5 * 60_000);
});

test('wrong credentials are told apart from a server that is away', async () => {
  await expect(prometheus({}, 'wrong').probe(patient())).rejects.toMatchObject({ failure: { class: 'auth' } });
  await expect(prometheus({ url: 'http://127.0.0.1:1' }).probe(patient())).rejects.toMatchObject({
    failure: { class: 'network', source: 'prometheus', field: 'prometheus.url' },
  });
});

test('a bad selector in the mapping is a query error with Prometheus’s own words', async () => {
  const sources = sourcesOf(
    { prometheus: { url: server.url, user: AUTH.user }, mapping: { prometheus: { requests: 'sum(x{%m}' } } },
    { prometheusPassword: AUTH.password },
  );
  const failure = await complete(sources, 'prometheus', 'traffic')
    .traffic(request, patient())
    .catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(FailureError);
  expect(failure).toMatchObject({
    failure: { class: 'query', message: expect.stringContaining('parse error') as string },
  });
});

test('a backup answers when the primary is away, and says so', async () => {
  const source = prometheus({ url: 'http://127.0.0.1:1', backups: [{ url: server.url }] });
  const traffic = await source.traffic(request, patient());
  expect(traffic.endpoint).toBe('backup-1');
  expect(traffic.variants).toHaveLength(VARIANTS.length);
  expect(traffic.warnings[0]).toContain('backup-1 answered');
});

test('PromQL typed by an editor answers a table a series, at one time or over the range', async () => {
  const source = prometheus();
  const statement = 'sum by (model_name) (increase(ab_test_requests_total[$__range]))';
  const instant = await source.raw({ statement, period: PERIOD, stepMs: HOUR, isInstant: true }, patient());
  const direct = await ask(`sum by (model_name) (increase(ab_test_requests_total[${String(HOURS)}h]))`, END);
  expect(instant.tables).toHaveLength(VARIANTS.length);
  for (const { columns } of instant.tables) {
    const [time, value] = columns;
    expect(time?.values).toEqual([END]);
    expect(value?.values).toEqual([direct[value?.labels?.model_name ?? '']]);
  }
  const range = await source.raw({ statement, period: PERIOD, stepMs: HOUR, isInstant: false }, patient());
  expect(range.tables[0]?.columns[0]?.values.every((time) => Number(time) % HOUR === 0)).toBe(true);
});
