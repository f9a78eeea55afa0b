/** Latency histograms, classic and native, as cumulative buckets in milliseconds. */
import type { Bucket } from '../../../src/calc/stats/histogram';
import type { NativeHistogram, Sample } from './wire';
import { readNumber } from './wire';

/**
 * Classic buckets of one group. `increase()` extrapolates each bucket on its own, so a bucket may come out slightly below
 * the one before it: counts are made to rise, as `histogram_quantile` does.
 *
 * @param scale what turns a bound into milliseconds
 * @returns null when the `+Inf` bucket, hence the total, is missing
 */
export function readClassicBuckets(samples: readonly Sample[], scale: number): Bucket[] | null {
  const counts = new Map<number, number>();
  for (const { labels, value } of samples) {
    // `1` and `1.0` are one bound, spelled by different client libraries.
    const le = readNumber(labels.le ?? '') * scale;
    if (!Number.isNaN(le) && !Number.isNaN(value)) {
      counts.set(le, (counts.get(le) ?? 0) + value);
    }
  }
  const buckets = [...counts].sort(([a], [b]) => a - b).map(([le, count]) => ({ le, count }));
  if (buckets.at(-1)?.le !== Infinity) {
    return null;
  }
  let highest = 0;
  for (const bucket of buckets) {
    highest = Math.max(highest, bucket.count);
    bucket.count = highest;
  }
  return buckets;
}

/** A native histogram's buckets, which come neither cumulative nor without holes. */
export function readNativeBuckets(histogram: NativeHistogram, scale: number): Bucket[] {
  let count = 0;
  const buckets: Bucket[] = [];
  for (const [, , upper, inside] of [...histogram.buckets].sort((a, b) => a[2] - b[2])) {
    count += inside;
    buckets.push({ le: upper * scale, count });
  }
  return [...buckets, { le: Infinity, count: Math.max(count, histogram.count) }];
}
