/** Where in a period a counter has samples: its first and newest one, gaps and resets. */
import type { Coverage } from '../capabilities/traffic';
import type { Period } from '../period';
import type { PrometheusApi } from './api';
import { duration } from './promql';
import type { RangeSeries } from './wire';

/** A period is looked at in this many slices; the first sample is known to within one. */
const SLICES = 200;
const FINEST_SLICE_MS = 60_000;

export interface SeenSamples {
  firstSample: number | null;
  newestSample: number | null;
  coverage: Coverage | null;
  warnings: string[];
  executed: string[];
}

/** @param selector of the requests counter. @throws FailureError */
export async function readCoverage(
  api: PrometheusApi,
  selector: string,
  period: Period,
  signal: AbortSignal,
): Promise<SeenSamples> {
  const span = period.to - period.from;
  const sliceMs = Math.max(FINEST_SLICE_MS, Math.ceil(span / SLICES / 1000) * 1000);
  const grid = { start: period.from + sliceMs, end: Math.max(period.to, period.from + sliceMs), stepMs: sliceMs };
  // The densest series stands for all: with several replicas the sum would hide that each is scraped rarely.
  const counts = `max(count_over_time(${selector}[${duration(sliceMs)}]))`;
  const newest = `max(timestamp(${selector}))`;
  const resets = `sum(resets(${selector}[${duration(span)}]))`;
  const [slices, last, restarted] = await Promise.all([
    api.queryRange(counts, grid, signal),
    api.query(newest, period.to, signal),
    api.query(resets, period.to, signal),
  ]);
  const seen = slices.value[0];
  const exact = last.value[0] === undefined ? null : last.value[0].value * 1000;
  const isInside = exact !== null && exact >= period.from && exact <= period.to;
  const found = seen ?? { labels: {}, times: new Float64Array(), values: new Float64Array() };
  const firstEnd = found.times[0];
  const lastEnd = found.times.at(-1);
  return {
    firstSample: firstEnd === undefined ? (isInside ? exact : null) : Math.max(firstEnd - sliceMs, period.from),
    newestSample: isInside ? exact : lastEnd === undefined ? null : Math.max(lastEnd - sliceMs, period.from),
    coverage: { gaps: findGaps(found, sliceMs), resets: restarted.value[0]?.value ?? 0 },
    warnings: [...slices.warnings, ...last.warnings, ...restarted.warnings],
    executed: [counts, newest, resets],
  };
}

/**
 * Runs of slices without samples between the first and last slice that have some. A run counts from two empty slices on,
 * and only where it is much longer than the usual distance of two samples: sparse history is no gap.
 */
export function findGaps(slices: Pick<RangeSeries, 'times' | 'values'>, sliceMs: number): Period[] {
  const counts = [...slices.values].sort((a, b) => a - b);
  const usual = sliceMs / Math.max(counts[Math.floor(counts.length / 2)] ?? 1, 1);
  const gaps: Period[] = [];
  for (let index = 1; index < slices.times.length; index++) {
    const from = slices.times[index - 1] ?? 0;
    const to = (slices.times[index] ?? 0) - sliceMs;
    if (to - from >= Math.max(2 * sliceMs, 5 * usual)) {
      gaps.push({ from, to });
    }
  }
  return gaps;
}
