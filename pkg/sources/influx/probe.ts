/** The connection test: reachable, authenticated, readable, and what is there. */
import type { InfluxMapping } from '../../../src/contract/settings';
import type { Probe } from '../capabilities/probe';
import type { InfluxDialect } from './dialect';

/** Bounded, because without it the newest point is looked for in everything the store holds. */
const LOOK_BACK_MS = 30 * 86_400_000;

/** @param now epoch ms. @throws FailureError */
export async function probeInflux(
  dialect: InfluxDialect,
  mapping: InfluxMapping,
  now: number,
  signal: AbortSignal,
): Promise<Omit<Probe, 'endpoint'>> {
  const { measurement, rows, variant } = mapping;
  const started = performance.now();
  const measurements = await dialect.measurements(signal);
  const latencyMs = performance.now() - started;
  const hasScoring = measurements.includes(measurement);
  // An unknown database shows no measurements either; asked for points, the server says that it is unknown.
  const isAsked = hasScoring || measurements.length === 0;
  const [server, newestSample, variants] = await Promise.all([
    dialect.probe(signal),
    isAsked
      ? dialect.newestSample(
          { measurement, field: rows, filters: [], period: { from: now - LOOK_BACK_MS, to: now + 1 } },
          signal,
        )
      : null,
    hasScoring ? dialect.tagValues({ measurement, tag: variant, filters: [] }, signal) : [],
  ]);
  return {
    version: server.version,
    latencyMs,
    newestSample,
    found: hasScoring
      ? `${String(measurements.length)} measurements, ${String(variants.length)} variants`
      : `no measurement “${measurement}” (mapping.influx.measurement)`,
    warnings: server.warnings,
  };
}
