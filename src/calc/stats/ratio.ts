/**
 * A ratio of two sums over units (users, time buckets), e.g. errors per request with the minute as unit: what makes a test
 * honest when requests of one user or minute resemble each other.
 */
import type { RatioStatistic } from './sufficient';
import type { Moments } from './welch';

/**
 * Σm/Σd with the delta-method variance vm/d̄² − 2 cov m̄/d̄³ + m̄² vd/d̄⁴ (Deng, Knoblich, Lu 2018). Zero mean for Σd = 0, zero
 * variance for n ≤ 1.
 */
export function ratioMoments(statistic: Omit<RatioStatistic, 'kind'>): Moments {
  const { n, mSum, mSumSquares, dSum, dSumSquares, mdSumProducts } = statistic;
  if (n <= 0 || dSum === 0) {
    return { n, mean: 0, variance: 0 };
  }
  const mean = mSum / dSum;
  if (n <= 1) {
    return { n, mean, variance: 0 };
  }
  const m = mSum / n;
  const d = dSum / n;
  const varianceM = (mSumSquares - (mSum * mSum) / n) / (n - 1);
  const varianceD = (dSumSquares - (dSum * dSum) / n) / (n - 1);
  const covariance = (mdSumProducts - (mSum * dSum) / n) / (n - 1);
  const variance = varianceM / d ** 2 - (2 * covariance * m) / d ** 3 + (m ** 2 * varianceD) / d ** 4;
  return { n, mean, variance };
}
