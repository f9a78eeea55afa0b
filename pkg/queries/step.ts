/** The step of a time axis: never more points than pixels, never finer than Grafana's interval, shared between panels. */
import type { QueryContext } from './context';

const SECOND = 1000;
const DAY_MS = 86_400 * SECOND;
const STEPS_MS = [15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21_600, 43_200, 86_400].map((s) => s * SECOND);

/** Milliseconds. */
export function stepOf(
  { range, maxDataPoints, intervalMs }: Pick<QueryContext, 'range' | 'maxDataPoints' | 'intervalMs'>,
  least = 0,
): number {
  const finest = Math.max((range.to - range.from) / Math.max(maxDataPoints, 1), intervalMs, least);
  return STEPS_MS.find((step) => step >= finest) ?? Math.ceil(finest / DAY_MS) * DAY_MS;
}
