/** Classic histograms: cumulative bucket counts, as Prometheus keeps them, and quantiles read from them. */
import { refuse, type Refusal } from './refusal';
import { isCount } from './small-counts';

/** One cumulative bucket of a classic histogram: how many observations are ≤ `le`. The last one has `le` = +Infinity. */
export interface Bucket {
  le: number;
  count: number;
}

/** Smallest normal double; Prometheus measures differences next to zero against it. */
const MIN_NORMAL = 2.2250738585072014e-308;
const SMALL_DELTA = 1e-12;
/** Beyond it the square of a value overflows. */
const LARGEST_BOUNDARY = 1e150;

/** Prometheus' `almost.Equal`: differences that floating-point sums make. */
function isAlmostEqual(a: number, b: number): boolean {
  if (a === b || (Number.isNaN(a) && Number.isNaN(b))) {
    return true;
  }
  const sum = Math.abs(a) + Math.abs(b);
  const difference = Math.abs(a - b);
  if (a === 0 || b === 0 || sum < MIN_NORMAL) {
    return difference < SMALL_DELTA * MIN_NORMAL;
  }
  return difference / Math.min(sum, Number.MAX_VALUE) < SMALL_DELTA;
}

export interface TidyBuckets {
  /** Ascending by `le`, each `le` once, counts not decreasing. */
  buckets: Bucket[];
  /** Counts had to be raised to be cumulative. */
  wasForced: boolean;
}

/** Sorts, merges equal boundaries, ignores relative differences below 1e-12 and makes the counts cumulative, as Prometheus does. */
export function tidyBuckets(buckets: readonly Bucket[]): TidyBuckets {
  const tidy: Bucket[] = [];
  for (const { le, count } of [...buckets].sort((a, b) => (a.le < b.le ? -1 : a.le > b.le ? 1 : 0))) {
    const last = tidy.at(-1);
    if (last?.le === le) {
      last.count += count;
    } else {
      tidy.push({ le, count });
    }
  }
  let wasForced = false;
  let previous = tidy[0]?.count ?? 0;
  for (const bucket of tidy.slice(1)) {
    if (isAlmostEqual(previous, bucket.count)) {
      bucket.count = previous;
    } else if (bucket.count < previous) {
      bucket.count = previous;
      wasForced = true;
    } else {
      previous = bucket.count;
    }
  }
  return { buckets: tidy, wasForced };
}

export interface HistogramQuantile {
  /** In the unit of `le`; NaN, −∞ and +∞ exactly where Prometheus answers them. */
  value: number;
  wasForced: boolean;
}

/**
 * Prometheus' `histogram_quantile` of classic buckets (promql.BucketQuantile, v0.316.0): linear within a bucket, from 0 in a
 * lowest bucket above 0; the last finite boundary when the rank lies in the +Inf bucket. NaN without a +Inf bucket, with
 * fewer than two buckets or no observation; q < 0 gives −∞, q > 1 +∞.
 */
export function histogramQuantile(q: number, buckets: readonly Bucket[]): HistogramQuantile {
  if (Number.isNaN(q)) {
    return { value: Number.NaN, wasForced: false };
  }
  if (q < 0 || q > 1) {
    return { value: q < 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY, wasForced: false };
  }
  const highest = buckets.reduce((max, { le }) => Math.max(max, le), Number.NEGATIVE_INFINITY);
  if (highest !== Number.POSITIVE_INFINITY) {
    return { value: Number.NaN, wasForced: false };
  }
  const { buckets: tidy, wasForced } = tidyBuckets(buckets);
  if (tidy.length < 2) {
    return { value: Number.NaN, wasForced: false };
  }
  return quantileOfTidy(q, tidy, wasForced);
}

function quantileOfTidy(q: number, tidy: readonly Bucket[], wasForced: boolean): HistogramQuantile {
  const observations = tidy.at(-1)?.count ?? 0;
  if (observations === 0) {
    return { value: Number.NaN, wasForced: false };
  }
  const rank = q * observations;
  const finite = tidy.slice(0, -1);
  const index = finite.findIndex(({ count }) => count >= rank);
  const bucket = finite[index];
  if (bucket === undefined) {
    return { value: finite.at(-1)?.le ?? Number.NaN, wasForced };
  }
  const below = index > 0 ? finite[index - 1] : undefined;
  if (below === undefined && bucket.le <= 0) {
    return { value: bucket.le, wasForced };
  }
  const start = below?.le ?? 0;
  const countBelow = below?.count ?? 0;
  const share = (rank - countBelow) / (bucket.count - countBelow);
  return { value: start + (bucket.le - start) * share, wasForced };
}

/** Observations in a tidy histogram. */
export const observationsOf = (tidy: readonly Bucket[]): number => tidy.at(-1)?.count ?? 0;

/** Share of observations in the finite buckets. */
export function finiteShare(tidy: readonly Bucket[]): number {
  return (tidy.at(-2)?.count ?? 0) / observationsOf(tidy);
}

/** Tidies buckets that a comparison rests on. Refuses `bad-buckets` unless they are counts up to +Inf, and `no-data`. */
export function requireBuckets(buckets: readonly Bucket[], field: string): TidyBuckets | Refusal {
  const isSound = buckets.every(
    ({ le, count }) => (le === Number.POSITIVE_INFINITY || Math.abs(le) <= LARGEST_BOUNDARY) && isCount(count),
  );
  const tidied = tidyBuckets(buckets);
  if (!isSound || tidied.buckets.length < 2 || tidied.buckets.at(-1)?.le !== Number.POSITIVE_INFINITY) {
    return refuse('bad-buckets', field);
  }
  return observationsOf(tidied.buckets) > 0 ? tidied : refuse('no-data', field);
}
