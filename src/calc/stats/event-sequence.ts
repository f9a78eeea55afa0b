/**
 * Sequential inference from counts of rare events, exact at any count: the binomial confidence sequence of Robbins (1970),
 * the uniform mixture of likelihood ratios. Where events are few, an asymptotic sequence has nothing to stand on.
 *
 * Given m events in both arms, those of the variant are binomial with share π = n_b r/(n_a + n_b r), r being the ratio of the
 * rates; r = 1 is “no difference”. (For proportions this is conservative: given m, they vary less than a binomial.)
 */
import { refuse, type Refusal } from './refusal';
import { deviance, lnGamma, logistic } from './special';
import type { Counts } from './small-counts';

/** Counts of both arms that ran side by side. */
export interface CountStratum {
  control: Counts;
  variant: Counts;
}

/** ln of the mixture's evidence against share p after x of m events: ln B(x + 1, m − x + 1) − x ln p − (m − x) ln(1 − p). */
function logEvidence(x: number, m: number, p: number): number {
  if (m === 0) {
    return 0;
  }
  // The evidence against the share that fits best, and how much worse p fits; neither cancels.
  const best = x > 0 && x < m ? x * Math.log(x / m) + (m - x) * Math.log1p(-x / m) : 0;
  const mixture = lnGamma(x + 1) + lnGamma(m - x + 1) - lnGamma(m + 2) - best;
  return mixture + deviance(x, m * p) + deviance(m - x, m * (1 - p));
}

/** The two roots of a function that falls to `best` and rises after it; null where it stays below zero to the end. */
function rootsAround(
  best: number,
  reach: number,
  value: (x: number) => number,
): [low: number | null, high: number | null] {
  const search = (step: 1 | -1): number | null => {
    let inside = best;
    let width = 1;
    while (value(best + step * width) < 0) {
      inside = best + step * width;
      width *= 2;
      if (width > reach) {
        return null;
      }
    }
    let outside = best + step * width;
    for (let k = 0; k < 40; k++) {
      const middle = (inside + outside) / 2;
      if (value(middle) < 0) {
        inside = middle;
      } else {
        outside = middle;
      }
    }
    return outside;
  };
  return [search(-1), search(1)];
}

/** Farthest log-odds looked at: odds of e^±64 are no odds. */
const REACH = 64;

/** The sequential interval of a single rate at 1 − alpha. */
export function rateSequence({ n, x }: Counts, alpha: number): [low: number, high: number] {
  const fitted = Math.log((x + 0.5) / (n - x + 0.5));
  const [low, high] = rootsAround(fitted, REACH, (odds) => logEvidence(x, n, logistic(odds)) + Math.log(alpha));
  return [low === null ? 0 : logistic(low), high === null ? 1 : logistic(high)];
}

export interface EventSequence {
  /** Two-sided p-value of equal rates that holds at every look. */
  pValue: number;
  /** Sequential interval of the difference of the rates, variant − control. */
  difference: [low: number, high: number];
  /** Sequential interval of the relative change of the rate; the high end may be infinite. */
  relative: [low: number, high: number];
}

/**
 * Compares rates of events over strata with the given weights. The ratio's sequence at alpha decides the signs, so that both
 * intervals and the p-value always agree; the overall rate at which it becomes a difference is itself taken from the far end
 * of its sequence, so that the difference is the wider for it. Refuses `no-data`.
 */
export function compareEventSequences(
  strata: readonly CountStratum[],
  weights: readonly number[],
  alpha: number,
): EventSequence | Refusal {
  const used = strata.filter((_, index) => (weights[index] ?? 0) > 0);
  const total = { n: 0, x: 0 };
  for (const { control, variant } of used) {
    total.n += control.n + variant.n;
    total.x += control.x + variant.x;
  }
  if (total.n === 0) {
    return refuse('no-data');
  }
  const evidence = (logRatio: number): number =>
    used.reduce((sum, { control, variant }) => {
      const share = logistic(logRatio + Math.log(variant.n / control.n));
      return sum + logEvidence(variant.x, control.x + variant.x, share);
    }, 0);
  const fitted = fittedLogRatio(used);
  const [low, high] = rootsAround(fitted, REACH, (logRatio) => evidence(logRatio) + Math.log(alpha));
  const ratio = {
    low: low === null ? 0 : Math.exp(low),
    high: high === null ? Number.POSITIVE_INFINITY : Math.exp(high),
  };
  const [rarest, commonest] = rateSequence(total, alpha);
  const differenceAt = (r: number, overall: number): number =>
    strata.reduce((sum, { control, variant }, index) => {
      const weight = weights[index] ?? 0;
      if (weight === 0) {
        return sum;
      }
      const n = control.n + variant.n;
      const observed = total.x === 0 ? overall : ((control.x + variant.x) / n) * (overall / (total.x / total.n));
      // At the overall rate p, rates in the ratio r differ by p·n(r − 1)/(n_a + n_b r).
      const lift = r === Number.POSITIVE_INFINITY ? n / variant.n : (n * (r - 1)) / (control.n + variant.n * r);
      return sum + weight * observed * lift;
    }, 0);
  return {
    pValue: Math.exp(-Math.max(0, evidence(0))),
    difference: [
      differenceAt(ratio.low, ratio.low < 1 ? commonest : rarest),
      differenceAt(ratio.high, ratio.high > 1 ? commonest : rarest),
    ],
    relative: [ratio.low - 1, ratio.high - 1],
  };
}

/** A start for the search: the log ratio of the pooled rates, kept finite. */
function fittedLogRatio(strata: readonly CountStratum[]): number {
  const odds = strata.reduce(
    (sum, { control, variant }) => {
      const n = control.n + variant.n;
      return {
        up: sum.up + (variant.x * control.n) / n,
        down: sum.down + (control.x * variant.n) / n,
      };
    },
    { up: 0, down: 0 },
  );
  return Math.log((odds.up + 0.25) / (odds.down + 0.25));
}
