/** A mean: sums of a value and of its squares over n observations. */
import type { MeanStatistic } from './sufficient';
import type { Moments } from './welch';

/** Mean with the unbiased variance (Σx² − (Σx)²/n)/(n − 1); zero variance for n ≤ 1. */
export function meanMoments({ n, sum, sumSquares }: Pick<MeanStatistic, 'n' | 'sum' | 'sumSquares'>): Moments {
  if (n <= 0) {
    return { n, mean: 0, variance: 0 };
  }
  const variance = n > 1 ? (sumSquares - (sum * sum) / n) / (n - 1) : 0;
  return { n, mean: sum / n, variance };
}

/** Roundoff of a store's sums, relative to their largest term: a million additions lose about three of sixteen digits. */
const SUM_ROUNDOFF = 1e-13;

/**
 * How much of the variance may be roundoff, 0…1: sums of squares cancel when mean² ≫ variance. 1 when nothing of it can be
 * trusted.
 */
export function lostPrecision({ n, sum, sumSquares }: Pick<MeanStatistic, 'n' | 'sum' | 'sumSquares'>): number {
  const centred = sumSquares - (sum * sum) / n;
  return centred > 0 ? Math.min(1, (SUM_ROUNDOFF * sumSquares) / centred) : sumSquares > 0 ? 1 : 0;
}
