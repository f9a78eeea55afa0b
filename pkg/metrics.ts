/**
 * The process's own metrics, as Grafana scrapes them at /metrics/plugins/modelops-uplift-datasource and the page at
 * /metrics. Labels name sources and kinds, never experiments, variants or hosts: their number stays small and says nothing
 * about anybody's tests.
 */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { SourceName } from '../src/calc/provenance';
import type { FailureClass } from '../src/contract/failure';
import { querySchema } from '../src/contract/query';

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

const registry = new Registry();
collectDefaultMetrics({ register: registry, prefix: 'uplift_' });

const queries = new Counter({
  name: 'uplift_queries_total',
  help: 'Queries answered, by type and status.',
  labelNames: ['query_type', 'status'],
  registers: [registry],
});
const seconds = new Histogram({
  name: 'uplift_query_duration_seconds',
  help: 'Time from a query to its frames.',
  labelNames: ['query_type'],
  buckets: SECONDS,
  registers: [registry],
});
const upstream = new Counter({
  name: 'uplift_upstream_requests_total',
  help: 'Questions put to the stores, by source, endpoint and outcome: ok, or the class of the error.',
  labelNames: ['source', 'endpoint', 'outcome'],
  registers: [registry],
});
const upstreamSeconds = new Histogram({
  name: 'uplift_upstream_duration_seconds',
  help: 'Time a store takes to answer one question.',
  labelNames: ['source'],
  buckets: SECONDS,
  registers: [registry],
});
const cache = new Counter({
  name: 'uplift_cache_requests_total',
  help: 'Questions to the cache of the stores’ answers: hit (kept or just being asked) or miss.',
  labelNames: ['outcome'],
  registers: [registry],
});
const cacheOutcomes = { hit: cache.labels('hit'), miss: cache.labels('miss') };

const CIRCUIT_VALUES = { closed: 0, 'half-open': 0.5, open: 1 } as const;

/** What is watched of one data source. */
export interface WatchedBreakers {
  /** Its uid. */
  datasource: string;
  /** Each endpoint's breaker as it is now. */
  circuits: () => Array<{ source: SourceName; endpoint: string; circuit: keyof typeof CIRCUIT_VALUES }>;
}

const watched = new Set<WatchedBreakers>();

new Gauge({
  name: 'uplift_breaker_open',
  help: 'Circuit breaker of an endpoint: 0 closed (asked), 0.5 on trial, 1 open (not asked).',
  labelNames: ['datasource', 'source', 'endpoint'],
  registers: [registry],
  collect() {
    this.reset();
    for (const { datasource, circuits } of watched) {
      for (const { source, endpoint, circuit } of circuits()) {
        this.set({ datasource, source, endpoint }, CIRCUIT_VALUES[circuit]);
      }
    }
  },
});

const QUERY_TYPES: ReadonlySet<string> = new Set(querySchema.options.map(({ shape }) => shape.queryType.value));

/** Counts one answered query. Whatever a caller made up for a type counts as `other`. */
export function observeQuery(queryType: string, status: number, milliseconds: number): void {
  const type = QUERY_TYPES.has(queryType) ? queryType : 'other';
  queries.inc({ query_type: type, status: String(status) });
  seconds.observe({ query_type: type }, milliseconds / 1000);
}

/** Counts one question to a store. */
export function observeUpstream(
  source: SourceName,
  endpoint: string,
  outcome: 'ok' | FailureClass,
  milliseconds: number,
): void {
  upstream.inc({ source, endpoint, outcome });
  upstreamSeconds.observe({ source }, milliseconds / 1000);
}

/** Counts one question to a cache. */
export function observeCache(outcome: 'hit' | 'miss'): void {
  cacheOutcomes[outcome].inc();
}

/** Shows a data source's breakers until the returned function is called. */
export function watchBreakers(breakers: WatchedBreakers): () => void {
  watched.add(breakers);
  return () => void watched.delete(breakers);
}

/** Everything in Prometheus's text format. */
export function metricsText(): Promise<string> {
  return registry.metrics();
}
