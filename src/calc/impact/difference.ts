/** A measured difference between treatment and control with its sampling variance: all that money needs of a metric. */
import type { ValueState } from '../provenance';
import type { Comparison } from '../stats/comparison';
import type { MeanStatistic, ProportionStatistic } from '../stats/sufficient';

/** The metrics that earn or cost money: `accuracy` and `errors` are fractions, `latency` is mean milliseconds. */
export const MONEY_METRICS = ['accuracy', 'latency', 'errors'] as const;
export type MoneyMetric = (typeof MONEY_METRICS)[number];

export interface MeasuredDifference {
  /** The metric's value per variant; the difference may be stratified and then is not exactly their difference. */
  control: number;
  treatment: number;
  /** Treatment − control, in the metric's unit. */
  difference: number;
  /** Sampling variance of `difference`; null when the source gives no count (a gauge), and then no interval is given. */
  variance: number | null;
  state: ValueState;
}

/** Covariances of the raw differences (treatment − control); absent means 0. */
export interface Covariances {
  accuracyLatency?: number;
  accuracyErrors?: number;
  latencyErrors?: number;
}

/** Events and observations of one variant. */
export type Counts = Pick<ProportionStatistic, 'n' | 'x'>;

/** Count, sum and sum of squares of one variant. */
export type Sums = Pick<MeanStatistic, 'n' | 'sum' | 'sumSquares'>;

/** The tested difference of a comparison, in its metric's own unit; null when the comparison has none. */
export function differenceOfComparison(comparison: Comparison, state: ValueState): MeasuredDifference | null {
  const { absolute, valueControl, valueVariant } = comparison;
  if (absolute === null || valueControl === null || valueVariant === null) {
    return null;
  }
  return {
    control: valueControl,
    treatment: valueVariant,
    difference: absolute.estimate,
    variance: absolute.standardError ** 2,
    state,
  };
}

/** Difference of two proportions; variance Σ p(1−p)/n. */
export function differenceOfProportions(
  control: Counts,
  treatment: Counts,
  state: ValueState = 'measured',
): MeasuredDifference {
  const a = control.x / control.n;
  const b = treatment.x / treatment.n;
  const variance = (a * (1 - a)) / control.n + (b * (1 - b)) / treatment.n;
  return { control: a, treatment: b, difference: b - a, variance, state };
}

/** Difference of two means; variance Σ s²/n with the sample variance s², null where an arm has fewer than two observations. */
export function differenceOfMeans(control: Sums, treatment: Sums, state: ValueState = 'measured'): MeasuredDifference {
  const a = control.sum / control.n;
  const b = treatment.sum / treatment.n;
  return {
    control: a,
    treatment: b,
    difference: b - a,
    variance: control.n > 1 && treatment.n > 1 ? varianceOfMean(control) + varianceOfMean(treatment) : null,
    state,
  };
}

function varianceOfMean({ n, sum, sumSquares }: Sums): number {
  return Math.max(0, (sumSquares - (sum * sum) / n) / (n - 1)) / n;
}

/**
 * Whether percentages were given where fractions are meant. Of two small rates in percent (0.8 %, 1.2 %) only one may be
 * above 1, and that is enough.
 */
export function isPercent(difference: MeasuredDifference): boolean {
  return Math.max(difference.control, difference.treatment) > 1;
}

/** Whether one variant reads like percent and the other like a fraction: no accuracy or error rate differs a fiftyfold. */
export function hasMixedUnits({ control, treatment }: MeasuredDifference): boolean {
  const [low, high] = control < treatment ? [control, treatment] : [treatment, control];
  return high > 1 && low > 0 && low <= 1 && high / low > 50;
}

/** The same difference with percent turned into fractions. */
export function percentToFraction(difference: MeasuredDifference): MeasuredDifference {
  return {
    ...difference,
    control: difference.control / 100,
    treatment: difference.treatment / 100,
    difference: difference.difference / 100,
    variance: difference.variance === null ? null : difference.variance / 1e4,
  };
}
