import { prometheusMappingSchema } from '../../../src/contract/settings';
import type { TrafficRequest } from '../capabilities/traffic';
import { EMPTY_MATRIX, EMPTY_VECTOR, matrixBody, RecordedServer, vectorBody } from '../recorded-server';
import { PrometheusApi } from './api';
import { readTraffic } from './traffic';

const HOUR = 3_600_000;
const patient = new AbortController().signal;
const request: TrafficRequest = {
  experiment: 'fraud',
  variants: [],
  period: { from: 0, to: 2 * HOUR },
  bucketMs: null,
  dimension: null,
};

type Answers = ReadonlyArray<readonly [RegExp, string]>;

/** Answers each query by the first pattern it matches; what none matches has no series. */
function read(answers: Answers, overrides: Partial<TrafficRequest> = {}, mapping: Record<string, unknown> = {}) {
  const server = new RecordedServer((path, query) => ({
    body:
      answers.find(([pattern]) => pattern.test(`${path} ${query}`))?.[1] ??
      (path.endsWith('query_range') ? EMPTY_MATRIX : EMPTY_VECTOR),
  }));
  const reader = { api: new PrometheusApi(server), mapping: prometheusMappingSchema.parse(mapping), maxPoints: 100 };
  return readTraffic(reader, { ...request, ...overrides }, patient);
}

const requests = vectorBody([
  [{ model_name: 'a' }, 1000.4],
  [{ model_name: 'b' }, 500],
]);
const REQUESTS = /query sum.*increase\(ab_test_requests_total\{experiment/;
const BY_STATUS = /query sum.*increase\(ab_test_requests_total\{status/;

test('errors come from their own counter when it has data', async () => {
  const { variants } = await read([
    [REQUESTS, requests],
    [/query sum.*ab_test_errors_total/, vectorBody([[{ model_name: 'a' }, 7]])],
    [BY_STATUS, vectorBody([[{ model_name: 'a' }, 99]])],
  ]);
  expect(variants.map(({ totals }) => totals.errors)).toEqual([7, 0]);
});

test('errors come from the status when there is no counter of their own', async () => {
  const { variants } = await read([
    [REQUESTS, requests],
    [BY_STATUS, vectorBody([[{ model_name: 'b' }, 9]])],
  ]);
  expect(variants.map(({ totals }) => totals.errors)).toEqual([0, 9]);
});

test('errors that do not carry the dimension are counted by the status, which does', async () => {
  const { variants } = await read(
    [
      [REQUESTS, vectorBody([[{ model_name: 'a', region: 'eu' }, 1000]])],
      [/query sum.*ab_test_errors_total/, vectorBody([[{ model_name: 'a' }, 7]])],
      [BY_STATUS, vectorBody([[{ model_name: 'a', region: 'eu' }, 8]])],
    ],
    { dimension: 'region' },
  );
  expect(variants).toMatchObject([{ segment: 'eu', totals: { errors: 8 } }]);
});

test('an empty period is empty, and nothing is asked', async () => {
  expect(await read([[REQUESTS, requests]], { period: { from: 5, to: 5 } })).toMatchObject({
    variants: [],
    executed: [],
  });
});

test('requests without any status label are not all errors, but of unknown outcome', async () => {
  const { variants, warnings } = await read([
    [REQUESTS, requests],
    [BY_STATUS, requests],
    [/\/labels/, '{"status":"success","data":["__name__","experiment","model_name"]}'],
  ]);
  expect(variants.map(({ totals }) => totals.errors)).toEqual([null, null]);
  expect(warnings.join()).toContain('the error rate is not known');
});

test('a service that really fails every request has a full error rate', async () => {
  const { variants } = await read([
    [REQUESTS, requests],
    [BY_STATUS, requests],
    [/\/labels/, '{"status":"success","data":["__name__","experiment","model_name","status"]}'],
  ]);
  expect(variants.map(({ totals }) => totals.errors)).toEqual([1000.4, 500]);
});

test('what the exporter does not offer is null and said once', async () => {
  const { variants, warnings } = await read(
    [[REQUESTS, requests]],
    {},
    { bucket: null, labelled: null, correct: null },
  );
  expect(variants[0]?.totals).toMatchObject({ requests: 1000.4, latencySumMs: null, labelled: null, correct: null });
  expect(variants[0]?.histogram).toBeNull();
  expect(warnings).toHaveLength(2);
});

test('an empty answer says nothing about what is missing', async () => {
  expect(await read([])).toMatchObject({ variants: [], firstSample: null, newestSample: null, warnings: [] });
});

test('latency in milliseconds is scaled once', async () => {
  const { variants } = await read(
    [
      [REQUESTS, requests],
      [/_sum\{/, vectorBody([[{ model_name: 'a' }, 50_000]])],
      [/_count\{/, vectorBody([[{ model_name: 'a' }, 1000]])],
      [/_bucket\{/, vectorBody([[{ model_name: 'a', le: '100' }, 900], [{ model_name: 'a', le: '+Inf' }, 1000]])], // prettier-ignore
    ],
    {},
    { scale: 0.001 },
  );
  expect(variants[0]?.totals.latencySumMs).toBeCloseTo(50_000, 6);
  expect(variants[0]?.histogram?.[0]).toEqual({ le: 100, count: 900 });
});

test('a native histogram gives buckets, sum and count', async () => {
  const native =
    '{"status":"success","data":{"resultType":"vector","result":[{"metric":{"model_name":"a"},"histogram":[1,{"count":"10","sum":"0.5","buckets":[[0,"0.03","0.06","10"]]}]}]}}';
  const { variants } = await read(
    [
      [REQUESTS, requests],
      [/native_seconds\{/, native],
    ],
    {},
    { bucket: 'native_seconds{%m}', sum: null, count: null },
  );
  expect(variants[0]?.totals).toMatchObject({ latencySumMs: 500, latencyCount: 10 });
  expect(variants[0]?.histogram).toEqual([{ le: 60, count: 10 }, { le: Infinity, count: 10 }]); // prettier-ignore
});

test('a bucket in which nothing of the variant was seen is left out, not zero', async () => {
  const points = (series: Array<[string, Array<[number, number]>]>) =>
    matrixBody(series.map(([model_name, values]) => [{ model_name }, values]));
  const { variants } = await read(
    [
      [/query sum.*increase\(ab_test_requests_total\{experiment/, requests],
      [
        /query_range sum.*increase\(ab_test_requests_total\{experiment/,
        points([
          [
            'a',
            [
              [3600, 400],
              [7200, 600],
            ],
          ],
          ['b', [[7200, 500]]],
        ]),
      ],
      [/query_range sum.*increase\(ab_test_requests_total\{status/, points([['a', [[7200, 6]]]])],
      [BY_STATUS, vectorBody([[{ model_name: 'a' }, 6]])],
    ],
    { bucketMs: HOUR },
  );
  expect(Array.from(variants[0]?.series?.times ?? [])).toEqual([0, HOUR]);
  expect(Array.from(variants[0]?.series?.errors ?? [])).toEqual([0, 6]);
  expect(Array.from(variants[1]?.series?.times ?? [])).toEqual([HOUR]);
  expect(variants[0]?.series?.requests?.reduce((a, b) => a + b)).toBeCloseTo(1000.4, 9);
});

test('buckets narrower than the samples’ distance give no series, and the reason', async () => {
  const { variants, warnings } = await read(
    [
      [REQUESTS, requests],
      [
        /query_range sum.*increase\(ab_test_requests_total\{experiment/,
        matrixBody([[{ model_name: 'a' }, [[3600, 12]]]]),
      ],
    ],
    { bucketMs: HOUR },
  );
  expect(variants[0]?.series).toBeNull();
  expect(warnings.join()).toContain('hold too few samples');
});

test('more buckets than the limit are refused before anything is read', async () => {
  await expect(read([], { bucketMs: 60_000 })).rejects.toMatchObject({ failure: { class: 'limit' } });
});

test('Prometheus’s own warnings are kept', async () => {
  const { warnings } = await read([
    [REQUESTS, requests.replace('"status":"success",', '"status":"success","warnings":["partial response"],')],
  ]);
  expect(warnings).toContain('Prometheus: partial response');
});
