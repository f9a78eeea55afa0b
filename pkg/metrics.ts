/** The process's own metrics, as Grafana scrapes them at /metrics/plugins/modelops-uplift-datasource. */
import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';

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
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  registers: [registry],
});

/** Counts one answered query. */
export function observeQuery(queryType: string, status: number, milliseconds: number): void {
  queries.inc({ query_type: queryType, status: String(status) });
  seconds.observe({ query_type: queryType }, milliseconds / 1000);
}

/** Everything in Prometheus's text format. */
export function metricsText(): Promise<string> {
  return registry.metrics();
}
