/** What net means against the infrastructure that buys it: interval, probabilities, ROI, payback, equally likely outcomes. */
import type { ImpactFigures } from './impact';
import { DAYS_A_YEAR, paybackDays, roiPercentage } from './money';
import type { Distribution } from './net-distribution';

const OUTCOMES = 20;

export type Returns = Pick<
  ImpactFigures,
  | 'netLow' | 'netHigh' | 'pNetPositive' | 'pRoiPositive' | 'roiPercentage' | 'roiLow' | 'roiHigh'
  | 'paybackDays' | 'paybackLow' | 'paybackHigh'
>; // prettier-ignore

/**
 * Returns from net a day, its distribution (null when unknown) and a year's infrastructure. With nothing to invest (≤ 0)
 * ROI is null and payback 0 days, if net is positive. Bounds are equal-tailed at 1 − alpha.
 */
export function returnsOf(
  dailyNet: number | null,
  distribution: Distribution | null,
  infrastructure: number,
  alpha: number,
): Returns {
  const outlay = Math.max(0, infrastructure);
  const low = distribution?.quantile(alpha / 2) ?? null;
  const high = distribution?.quantile(1 - alpha / 2) ?? null;
  const roi = (net: number | null) => (net === null ? null : roiPercentage(net, infrastructure));
  const payback = (net: number | null) => (net === null ? null : paybackDays(net, outlay));
  return {
    netLow: annual(low),
    netHigh: annual(high),
    pNetPositive: distribution?.survival(0) ?? null,
    pRoiPositive: distribution?.survival(infrastructure / DAYS_A_YEAR) ?? null,
    roiPercentage: roi(dailyNet),
    roiLow: roi(low),
    roiHigh: roi(high),
    paybackDays: payback(dailyNet),
    paybackLow: payback(high),
    paybackHigh: payback(low),
  };
}

/** Money a year from money a day. */
export function annual(daily: number): number;
export function annual(daily: number | null): number | null;
export function annual(daily: number | null): number | null {
  return daily === null ? null : daily * DAYS_A_YEAR;
}

/** The middles of twenty equally likely slices of a year's net after infrastructure, ascending. */
export function outcomesOf(distribution: Distribution, infrastructure: number): number[] {
  return Array.from(
    { length: OUTCOMES },
    (_, index) => annual(distribution.quantile((index + 0.5) / OUTCOMES)) - infrastructure,
  );
}
