/** A proportion: how many of n observations had the event. */
import type { ProportionStatistic } from './sufficient';
import type { Moments } from './welch';

/** Rate x/n with variance p(1 − p), without n/(n − 1), as gbstats has it. Zero for n = 0. */
export function proportionMoments({ n, x }: Pick<ProportionStatistic, 'n' | 'x'>): Moments {
  if (n <= 0) {
    return { n, mean: 0, variance: 0 };
  }
  const mean = x / n;
  return { n, mean, variance: mean * (1 - mean) };
}
