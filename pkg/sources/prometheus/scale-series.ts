/**
 * Why a series is scaled: `increase()` sees only the samples inside its own bucket and extrapolates them to the bucket's
 * edges, so the buckets' sum misses or doubles what happened between the last sample of one bucket and the first of the
 * next. The total over the whole period has that uncertainty only once. Scaling each counter's buckets to its total keeps
 * their shape and makes the two agree, so that a test by time buckets and a test by totals speak of the same counts.
 */

/** Below and above this, the buckets do not describe the total: they are narrower than the distance of two samples. */
const LOWEST_RATIO = 0.5;
const HIGHEST_RATIO = 2;
/** So few events that extrapolation alone explains any ratio. */
const FEW = 10;

/** The values, scaled to sum to `total`; null when they are too far from it to be the same thing. Nothing stays nothing. */
export function scaleSeries(values: Float64Array, total: number): Float64Array | null {
  const sum = values.reduce((so, value) => so + value, 0);
  if (sum === 0) {
    return total < FEW ? values : null;
  }
  const ratio = total / sum;
  if ((ratio < LOWEST_RATIO || ratio > HIGHEST_RATIO) && Math.max(total, sum) >= FEW) {
    return null;
  }
  return values.map((value) => value * ratio);
}
