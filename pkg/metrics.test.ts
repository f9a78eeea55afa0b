import { pino } from 'pino';
import { FailureError } from '../src/contract/failure';
import { Coalescer } from './experiment/coalesce';
import { metricsText, observeQuery, watchBreakers } from './metrics';
import { Endpoints } from './sources/endpoints';

const logger = pino({ enabled: false });

/** The value of one series; null when there is none. */
async function read(series: string): Promise<number | null> {
  const line = (await metricsText()).split('\n').find((candidate) => candidate.startsWith(`${series} `));
  return line === undefined ? null : Number(line.slice(series.length + 1));
}

test('questions to a store are counted by outcome', async () => {
  const endpoints = new Endpoints('prometheus', ['only'], logger);
  const failure = new FailureError({ class: 'timeout', message: 'late', fix: 'wait' });
  const ask = (work: () => Promise<string>) => endpoints.run(work, new AbortController().signal);
  await ask(() => Promise.resolve('ok'));
  await expect(ask(() => Promise.reject(failure))).rejects.toThrow('late');
  const series = (outcome: string) =>
    `uplift_upstream_requests_total{source="prometheus",endpoint="primary",outcome="${outcome}"}`;
  expect(await read(series('ok'))).toBe(1);
  expect(await read(series('timeout'))).toBe(1);
  expect(await read('uplift_upstream_duration_seconds_count{source="prometheus"}')).toBe(2);
});

test('a question that its caller gave up counts neither as an answer nor as an error', async () => {
  const before = await metricsText();
  const endpoints = new Endpoints('influx', ['only'], logger);
  const abort = AbortSignal.abort();
  await expect(endpoints.run((_, signal) => Promise.reject(signal.reason as Error), abort)).rejects.toThrow();
  expect(before).not.toContain('source="influx"');
  expect(await metricsText()).not.toContain('source="influx"');
});

test('the cache counts hits and misses', async () => {
  const cache = new Coalescer<number>(4, Date.now);
  await cache.fetch('a', 1000, () => Promise.resolve(1));
  await cache.fetch('a', 1000, () => Promise.resolve(2));
  expect(await read('uplift_cache_requests_total{outcome="miss"}')).toBe(1);
  expect(await read('uplift_cache_requests_total{outcome="hit"}')).toBe(1);
});

test('breakers are shown as they are now, until their data source is gone', async () => {
  let circuit: 'closed' | 'open' = 'closed';
  const unwatch = watchBreakers({
    datasource: 'uplift',
    circuits: () => [{ source: 'mlflow', endpoint: 'backup-1', circuit }],
  });
  const series = 'uplift_breaker_open{datasource="uplift",source="mlflow",endpoint="backup-1"}';
  expect(await read(series)).toBe(0);
  circuit = 'open';
  expect(await read(series)).toBe(1);
  unwatch();
  expect(await read(series)).toBeNull();
});

test('a query type that somebody made up does not become a label', async () => {
  observeQuery('checkout-ranking', 400, 5);
  observeQuery('status', 200, 5);
  expect(await metricsText()).not.toContain('checkout-ranking');
  expect(await read('uplift_queries_total{query_type="other",status="400"}')).toBe(1);
  expect(await read('uplift_queries_total{query_type="status",status="200"}')).toBe(1);
});
