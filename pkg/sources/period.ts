/** Time buckets on a period. */
import type { Period } from './source';

/** The whole buckets inside a period, on multiples of their width since the epoch; null when there is none. */
export function wholeBuckets(period: Period, bucketMs: number): Period | null {
  const from = Math.ceil(period.from / bucketMs) * bucketMs;
  const to = Math.floor(period.to / bucketMs) * bucketMs;
  return to > from ? { from, to } : null;
}
