/** The connection test: reachable, authenticated, readable, and what is there. */
import type { PrometheusMapping } from '../../../src/contract/settings';
import type { Probe } from '../capabilities/probe';
import type { PrometheusApi } from './api';
import { findExperiments } from './experiments';
import { fillSelector } from './promql';
import { matchersOf } from './selectors';

/** @param now epoch ms. @throws FailureError */
export async function probePrometheus(
  api: PrometheusApi,
  mapping: PrometheusMapping,
  now: number,
  signal: AbortSignal,
): Promise<Omit<Probe, 'endpoint'>> {
  const selector = fillSelector(mapping.requests, matchersOf(mapping, { experiment: null, variants: [] }));
  const started = performance.now();
  const reply = await api.query(`max(timestamp(${selector}))`, now, signal);
  const latencyMs = performance.now() - started;
  const [version, experiments, older] = await Promise.all([
    api.version(signal),
    findExperiments(api, mapping, signal),
    // The plain look-up sees five minutes back; only where it finds nothing is the last day worth reading.
    reply.value.length > 0 ? reply : api.query(`max(max_over_time(timestamp(${selector})[1d:5m]))`, now, signal),
  ]);
  const newest = older.value[0]?.value;
  const variants = new Set(experiments.flatMap((experiment) => experiment.variants)).size;
  const found =
    newest === undefined && experiments.length === 0
      ? 'no traffic: no series matches mapping.prometheus.requests'
      : `${String(experiments.length)} experiments, ${String(variants)} variants`;
  return {
    version,
    latencyMs,
    newestSample: newest === undefined ? null : newest * 1000,
    found,
    warnings: [...new Set([...reply.warnings, ...older.warnings])],
  };
}
