/**
 * Reads the sufficient statistics of one arm in one stratum, and hardens them: counters extrapolate (`increase()` gives 99.7
 * errors), reset, overflow and go missing.
 */
import { lostPrecision, meanMoments } from './mean';
import { proportionMoments } from './proportion';
import { ratioMoments } from './ratio';
import { refuse, type Refusal } from './refusal';
import { isCount, type Counts } from './small-counts';
import type { ArmMoments } from './strata';
import type { MeanStatistic, ProportionStatistic, RatioStatistic } from './sufficient';

/** Statistics whose comparison rests on moments. */
export type MomentStatistic = ProportionStatistic | MeanStatistic | RatioStatistic;

export interface Arm {
  moments: ArmMoments;
  /** Requests behind the statistic, whatever its unit of analysis. */
  observations: number;
  /** Events among observations, where the statistic counts events. */
  counts: Counts | null;
  wasRounded: boolean;
  isApproximate: boolean;
  isImprecise: boolean;
}

/** Part of the variance that may be roundoff: from here on it is said, and from there on the test is refused. */
const IMPRECISE = 1e-3;
const WORTHLESS = 0.1;

/** Beyond it the square of a sum overflows. */
const LARGEST_SUM = 1e150;
const isSum = (value: number): boolean => Math.abs(value) <= LARGEST_SUM;
const isSumOfSquares = (value: number): boolean => value >= 0 && value <= LARGEST_SUM ** 2;

const EMPTY: Arm = {
  moments: { n: 0, mean: 0, variance: 0, size: 0 },
  observations: 0,
  counts: null,
  wasRounded: false,
  isApproximate: false,
  isImprecise: false,
};

/** Extrapolated counts are rounded; an excess of events that rounding and extrapolation explain is taken back. */
function roundCounts({ n, x }: Counts): { counts: Counts; wasRounded: boolean } {
  const rounded = { n: Math.round(n), x: Math.round(x) };
  const isExtrapolated = !Number.isInteger(n) || !Number.isInteger(x);
  if (isExtrapolated && rounded.x > rounded.n && x - n < 1) {
    rounded.x = rounded.n;
  }
  return { counts: rounded, wasRounded: isExtrapolated };
}

function readProportion(statistic: ProportionStatistic, field: string): Arm | Refusal {
  if (!isCount(statistic.n) || !isCount(statistic.x)) {
    return refuse('bad-count', field);
  }
  const { counts, wasRounded } = roundCounts(statistic);
  if (counts.x > counts.n) {
    return refuse('events-exceed-trials', field);
  }
  return {
    moments: { ...proportionMoments(counts), size: counts.n },
    observations: counts.n,
    counts,
    wasRounded,
    isApproximate: false,
    isImprecise: false,
  };
}

function readMean(statistic: MeanStatistic, field: string): Arm | Refusal {
  const { n, sum, sumSquares } = statistic;
  if (!isCount(n)) {
    return refuse('bad-count', field);
  }
  if (!isSum(sum) || !isSumOfSquares(sumSquares)) {
    return refuse('not-finite', field);
  }
  if (n < 1) {
    return EMPTY;
  }
  const lost = n > 1 ? lostPrecision(statistic) : 0;
  if (lost > WORTHLESS && sumSquares > 0 && isSpread(statistic)) {
    return refuse('precision-lost', field);
  }
  return {
    moments: { ...meanMoments(statistic), size: n },
    observations: n,
    counts: null,
    wasRounded: false,
    isApproximate: statistic.approximate === true,
    isImprecise: lost > IMPRECISE,
  };
}

/** Whether the sums leave any spread at all: none is “every value the same”, which is another refusal. */
function isSpread({ n, sum, sumSquares }: MeanStatistic): boolean {
  return sumSquares - (sum * sum) / n !== 0;
}

function readRatio(statistic: RatioStatistic, countsEvents: boolean, field: string): Arm | Refusal {
  const { n, mSum, mSumSquares, dSum, dSumSquares, mdSumProducts } = statistic;
  if (!isCount(n) || !isCount(dSum)) {
    return refuse('bad-count', field);
  }
  const isFinite = isSum(mSum) && Math.abs(mdSumProducts) <= LARGEST_SUM ** 2;
  if (!isFinite || !isSumOfSquares(mSumSquares) || !isSumOfSquares(dSumSquares)) {
    return refuse('not-finite', field);
  }
  if (n < 1) {
    return EMPTY;
  }
  if (dSum === 0) {
    return refuse('zero-denominator', field);
  }
  let counts: Counts | null = null;
  if (countsEvents) {
    if (mSum < 0) {
      return refuse('bad-count', field);
    }
    counts = roundCounts({ n: dSum, x: mSum }).counts;
    if (counts.x > counts.n) {
      return refuse('events-exceed-trials', field);
    }
  }
  return {
    moments: { ...ratioMoments(statistic), size: dSum },
    observations: dSum,
    counts,
    wasRounded: false,
    isApproximate: false,
    isImprecise: false,
  };
}

/**
 * One arm from its statistic; `countsEvents`: the ratio's numerator counts events among its denominator. Refuses `bad-count`,
 * `events-exceed-trials`, `not-finite`, `precision-lost` and `zero-denominator`, naming `field`.
 */
export function readArm(statistic: MomentStatistic, countsEvents: boolean, field: string): Arm | Refusal {
  switch (statistic.kind) {
    case 'proportion':
      return readProportion(statistic, field);
    case 'mean':
      return readMean(statistic, field);
    case 'ratio':
      return readRatio(statistic, countsEvents, field);
  }
}
