/** What measuring a metric yields before anyone judges it; common to all methods. */
import type { ReasonCode } from '../verdict';
import type { Interval, Lift, TestedLift } from './comparison';

export interface Measurement {
  nControl: number;
  nVariant: number;
  valueControl: number;
  valueVariant: number;
  method: 'welch' | 'small-counts' | 'quantile';
  absolute: TestedLift;
  relative: Lift | null;
  /** One-sided bounds of the difference at alpha, each, by the method that makes the verdict. */
  bounds: Interval;
  /** Probability that the variant is better, and the expected harm of choosing it. */
  chanceToWin: number;
  expectedLoss: number;
  /** What there is to say on how it was measured. */
  notes: ReasonCode[];
}

/** How to measure: the part of a plan that the methods need. */
export interface MeasuringPlan {
  alpha: number;
  /** Which interval the bounds belong to. */
  decision: 'sequential' | 'fixed';
  isAnchored: boolean;
  plannedTotal: number;
  minimumEvents: number;
  inflation: number;
  isLowerBetter: boolean;
}

/** Whether the sequential interval makes the verdict. */
export const isSequential = ({ decision, isAnchored }: MeasuringPlan): boolean =>
  decision === 'sequential' && isAnchored;

export const intervalAround = (estimate: number, halfWidth: number): Interval => ({
  low: estimate - halfWidth,
  high: estimate + halfWidth,
});
