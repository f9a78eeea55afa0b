/** A histogram a time bucket, made coarse enough to be compared: the drift of a handful of rows is noise. */

export interface TimedCounts {
  /** Epoch ms of the bucket's start. */
  time: number;
  /** Observations a bin. */
  counts: readonly number[];
}

/**
 * Without drift, PSI is (bins − 1)(1/n + 1/m) on average: with 30 rows a bin in the current bucket about 0.03, well below
 * the band at 0.1.
 */
export const LEAST_ROWS_A_BIN = 30;

/** How many buckets are taken together; divisors of a day in hours, so that days stay whole. */
const WIDTHS = [1, 2, 3, 4, 6, 8, 12, 24];

const rowsOf = ({ counts }: TimedCounts): number => counts.reduce((sum, count) => sum + count, 0);

/**
 * The smallest number of buckets taken together with which at least half of them hold `LEAST_ROWS_A_BIN` rows a bin; the
 * largest of `WIDTHS` when none does.
 */
export function widthFor(buckets: readonly TimedCounts[]): number {
  const rows = buckets.map(rowsOf).filter((count) => count > 0).sort((a, b) => a - b); // prettier-ignore
  const typical = rows[Math.floor((rows.length - 1) / 2)] ?? 0;
  const needed = LEAST_ROWS_A_BIN * Math.max(...buckets.map(({ counts }) => counts.length), 1);
  return WIDTHS.find((width) => width * typical >= needed) ?? Math.max(...WIDTHS);
}

/** Buckets of `width` times `stepMs`, on multiples of it since the epoch, the counts of each added up. */
export function widen(buckets: readonly TimedCounts[], stepMs: number, width: number): TimedCounts[] {
  const wide = stepMs * width;
  const sums = new Map<number, number[]>();
  for (const { time, counts } of buckets) {
    const start = Math.floor(time / wide) * wide;
    const sum = sums.get(start);
    sums.set(start, sum ? counts.map((count, bin) => count + (sum[bin] ?? 0)) : [...counts]);
  }
  return [...sums].sort(([a], [b]) => a - b).map(([time, counts]) => ({ time, counts }));
}

/** Whether a bucket holds rows enough to say anything. */
export const isEnough = (bucket: TimedCounts): boolean =>
  rowsOf(bucket) >= (LEAST_ROWS_A_BIN / 2) * bucket.counts.length;
