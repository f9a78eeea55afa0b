/**
 * Sufficient statistics: all a test needs to know of one variant's data, as the stores sum it up. Their cost does not grow
 * with traffic, and statistics of the same kind add up over time.
 */
import type { Bucket } from './histogram';

/** `x` of `n` observations had the event (an error, a correct prediction). */
export interface ProportionStatistic {
  kind: 'proportion';
  n: number;
  x: number;
}

/** Sums over `n` observations of a value, e.g. latency in ms. */
export interface MeanStatistic {
  kind: 'mean';
  n: number;
  sum: number;
  sumSquares: number;
  /** The sum of squares was estimated from histogram buckets, not measured. */
  approximate?: boolean;
}

/**
 * Sums over `n` units (users, time buckets) of a numerator m and a denominator d, e.g. errors and requests of each minute.
 * The units, not the requests, are taken as independent.
 */
export interface RatioStatistic {
  kind: 'ratio';
  n: number;
  mSum: number;
  mSumSquares: number;
  dSum: number;
  dSumSquares: number;
  mdSumProducts: number;
}

/** A cumulative histogram whose `q`-quantile is compared, e.g. the 95th percentile of latency in ms. */
export interface QuantileStatistic {
  kind: 'quantile';
  /** 0 < q < 1. */
  q: number;
  buckets: readonly Bucket[];
}

export type SufficientStatistic = ProportionStatistic | MeanStatistic | RatioStatistic | QuantileStatistic;
