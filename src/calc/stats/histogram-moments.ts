/**
 * Mean and variance from histogram buckets. Prometheus histograms carry no sum of squares, so the variance is an
 * approximation: observations are taken as uniform within their bucket.
 */
import { requireBuckets, type Bucket } from './histogram';
import { isRefusal, refuse, type Refusal } from './refusal';

export interface HistogramMoments {
  n: number;
  /** From the histogram's own sum where it is known, else from the buckets. */
  mean: number;
  meanFromBuckets: number;
  /** With n/(n − 1), about the buckets' own mean. */
  varianceFromBuckets: number;
}

export interface HistogramBounds {
  /** Sum of the observations, where the store gives it. */
  sum?: number | null;
  /** Where the lowest bucket begins. */
  lower: number;
  /** Where the +Inf bucket is taken to end; null puts its observations at the last finite boundary. */
  infCap: number | null;
}

/** Beyond it the square of a value overflows. */
const LARGEST_VALUE = 1e150;

/** Moments of a cumulative histogram. Refuses `bad-buckets`, `no-data`, `bad-parameter`, and `sample-too-small` for one observation. */
export function histogramMoments(buckets: readonly Bucket[], bounds: HistogramBounds): HistogramMoments | Refusal {
  const tidied = requireBuckets(buckets, 'buckets');
  if (isRefusal(tidied)) {
    return tidied;
  }
  const given = [bounds.lower, bounds.infCap ?? 0, bounds.sum ?? 0];
  if (!given.every((value) => Math.abs(value) <= LARGEST_VALUE)) {
    return refuse('bad-parameter', 'bounds');
  }
  const parts: { share: number; middle: number; width: number }[] = [];
  let below = { le: bounds.lower, count: 0 };
  const n = tidied.buckets.at(-1)?.count ?? 0;
  for (const bucket of tidied.buckets) {
    const end = Number.isFinite(bucket.le) ? bucket.le : Math.max(below.le, bounds.infCap ?? below.le);
    parts.push({ share: (bucket.count - below.count) / n, middle: (below.le + end) / 2, width: end - below.le });
    below = bucket;
  }
  if (n <= 1) {
    return refuse('sample-too-small');
  }
  const meanFromBuckets = parts.reduce((sum, { share, middle }) => sum + share * middle, 0);
  const spread = parts.reduce(
    (sum, { share, middle, width }) => sum + share * ((middle - meanFromBuckets) ** 2 + width ** 2 / 12),
    0,
  );
  const mean = bounds.sum == null ? meanFromBuckets : bounds.sum / n;
  return { n, mean, meanFromBuckets, varianceFromBuckets: (spread * n) / (n - 1) };
}
