/**
 * A quantile (p95) read from a histogram, with the spread that sampling gives it. The histogram's own error, up to a bucket's
 * width, is *not* in that spread: a true +20 % can read +13 %. The share slower than a boundary has no such error.
 */
import { finiteShare, histogramQuantile, observationsOf, requireBuckets, type Bucket } from './histogram';
import { isRefusal, refuse, type Refusal } from './refusal';
import type { Moments } from './welch';

/** The 97.5 % normal quantile as gbstats rounds it; it stays whatever alpha is. */
const Z = 1.959964;
const VARIANCE_FLOOR = 1e-5;

export interface QuantileMoments extends Moments {
  /** The quantiles at q − h and q + h. */
  low: number;
  high: number;
}

/**
 * The q-quantile with variance (n − 1)·((high − low)/2z)², high and low being the quantiles at q ± z√(q(1 − q)/n) (gbstats'
 * QuantileStatistic; Deng, Knoblich, Lu 2018).
 *
 * Refuses `bad-parameter` unless 0 < q < 1, `bad-buckets`, `no-data`, `sample-too-small` when n is too small for q, and
 * `quantile-in-inf-bucket` when q + h lies above the finite buckets.
 */
export function quantileMoments(q: number, buckets: readonly Bucket[], field = 'buckets'): QuantileMoments | Refusal {
  if (!(q > 0 && q < 1)) {
    return refuse('bad-parameter', 'q');
  }
  const tidied = requireBuckets(buckets, field);
  if (isRefusal(tidied)) {
    return tidied;
  }
  const tidy = tidied.buckets;
  const n = observationsOf(tidy);
  if (n <= (Z * Z * q) / (1 - q) || n <= (Z * Z * (1 - q)) / q) {
    return refuse('sample-too-small', field);
  }
  const h = Z * Math.sqrt((q * (1 - q)) / n);
  if (q + h > finiteShare(tidy)) {
    return refuse('quantile-in-inf-bucket', field);
  }
  const low = histogramQuantile(q - h, tidy).value;
  const high = histogramQuantile(q + h, tidy).value;
  const spread = (n - 1) * ((high - low) / (2 * Z)) ** 2;
  const variance = n >= 100 ? Math.max(spread, VARIANCE_FLOOR) : spread;
  return { n, mean: histogramQuantile(q, tidy).value, variance, low, high };
}
