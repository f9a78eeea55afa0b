/** Steps and time buckets on a period, alike for every store: multiples of their width since the epoch. */

/** A half-open period `[from, to)` in epoch ms. */
export interface Period {
  from: number;
  to: number;
}

/** The whole buckets inside a period, on multiples of their width since the epoch; null when there is none. */
export function wholeBuckets(period: Period, bucketMs: number): Period | null {
  const from = Math.ceil(period.from / bucketMs) * bucketMs;
  const to = Math.floor(period.to / bucketMs) * bucketMs;
  return to > from ? { from, to } : null;
}

const FINEST_STEP_MS = 1000;

/**
 * The step of a chart: the wanted one in whole seconds, or the smallest multiple of it that keeps a series within
 * `maxPoints`. Multiples keep coarser charts on the same grid as finer ones; a period that lies askew on the grid touches
 * one bucket more than fit into its length.
 */
export function chartStep(period: Period, stepMs: number, maxPoints: number): number {
  const wanted = Math.max(FINEST_STEP_MS, Math.round(stepMs / FINEST_STEP_MS) * FINEST_STEP_MS);
  const smallest = Math.max(period.to - period.from, 0) / Math.max(maxPoints - 1, 1);
  return wanted >= smallest ? wanted : Math.ceil(smallest / wanted) * wanted;
}
