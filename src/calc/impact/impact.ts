/**
 * The business impact of rolling a variant out fully: what it earns, costs and saves a day and a year, how sure that
 * is, and whether it may stand as a result yet. The types here are what a query answers and what the panel recomputes.
 */
import type { ValueState } from '../provenance';
import type { MeasuredDifference, MoneyMetric, Covariances } from './difference';
import type { ImpactEvidence } from './evidence';
import type { BusinessParameters, NumericParameter } from './parameters';

export interface ImpactInput {
  /** Share of right predictions (fraction); null when a variant has none. */
  accuracy: MeasuredDifference | null;
  /** `online`: counted in the test; `offline`: the models' own test set, which is not randomised. */
  accuracyOrigin: 'online' | 'offline';
  /** Mean latency in ms. */
  latency: MeasuredDifference | null;
  /** Share of failed requests (fraction). */
  errors: MeasuredDifference | null;
  covariances?: Covariances;
  parameters: BusinessParameters;
  /** Measured requests a day in the exposed part of the traffic; null when no source counts them. */
  requestsPerDay: number | null;
  requestsState: ValueState;
  /** Share of all traffic those requests are (0…1]; the treatment's share when only its requests are counted. */
  exposure: number;
  /** Length of the window the figures were measured in, days. */
  days: number;
  evidence: ImpactEvidence;
  /** Intervals cover 1 − alpha; default 0.05. */
  alpha?: number;
}

/** The parts net is the sum of, in the order of the waterfall. */
export const TERM_NAMES = ['revenue', 'latency', 'risk', 'serving'] as const;
export type TermName = (typeof TERM_NAMES)[number];

/** One part of net: positive adds, negative takes. Null: what it needs was not measured. */
export interface Term {
  name: TermName;
  daily: number | null;
  annual: number | null;
  /** Interval of `annual`; null when the variance is unknown. */
  low: number | null;
  high: number | null;
  /** The metric it comes from; null for serving, which depends on requests alone. */
  metric: MoneyMetric | null;
}

/** `result`: may be booked; `preliminary`: a guard is not met; `simulated`, `missing`: no measured figures behind it. */
export const IMPACT_STATES = ['result', 'preliminary', 'simulated', 'missing'] as const;
export type ImpactState = (typeof IMPACT_STATES)[number];

/** The state as a number, for charts and alert rules; a simulated figure is none to act on. */
export const IMPACT_STATE_CODES: Readonly<Record<ImpactState, number | null>> = {
  result: 1,
  preliminary: 0,
  simulated: null,
  missing: null,
};

export type PreliminaryCode = 'net-unknown' | 'undecided' | 'srm-unsound' | 'not-measured' | 'too-few-days';

export interface PreliminaryReason {
  code: PreliminaryCode;
  /** One clause that can stand after “Preliminary.” */
  message: string;
}

/** The figures themselves. Money in `currency`. Null is "not known"; a null payback beside a known net reads "never". */
export interface ImpactFigures {
  dailyRevenue: number | null;
  /** Latency and serving cost; negative is a saving. */
  dailyCost: number | null;
  dailyRiskReduction: number | null;
  dailyNet: number | null;
  annualRevenueIncrease: number | null;
  annualCostIncrease: number | null;
  annualRiskReduction: number | null;
  /** Before infrastructure, which ROI and payback take off. */
  netAnnualValue: number | null;
  netLow: number | null;
  netHigh: number | null;
  pNetPositive: number | null;
  /** P(pays back): that a year's net exceeds a year's infrastructure. */
  pRoiPositive: number | null;
  /** Percent. */
  roiPercentage: number | null;
  roiLow: number | null;
  roiHigh: number | null;
  paybackDays: number | null;
  paybackLow: number | null;
  /** Null beside a known interval of net: never. */
  paybackHigh: number | null;
  /** At full rollout. */
  requestsPerDay: number | null;
  /** Null where nobody counted requests. */
  exposure: number | null;
  extrapolatedFromDays: number;
  currency: string;
  state: ImpactState;
  preliminary: PreliminaryReason[];
}

export type ImpactWarningCode =
  | 'percent-read-as-fraction'
  | 'looks-like-percent'
  | 'not-measured'
  | 'no-interval'
  | 'offline-accuracy'
  | 'one-term-dominates'
  | 'net-implausible'
  | 'sampling-only'
  | 'no-outlay'
  | 'srm-warning';

export interface ImpactWarning {
  code: ImpactWarningCode;
  /** The input it is about. */
  field: MoneyMetric | 'requestsPerDay' | 'exposure' | 'net' | 'srm' | `parameters.${NumericParameter}`;
  message: string;
}

/** The figures with what explains them. */
export interface Impact extends ImpactFigures {
  terms: Term[];
  /** Standard deviation of the annual net's uncertainty. */
  netStandardError: number | null;
  /** Twenty equally likely annual nets after infrastructure, ascending; empty when there is no interval. */
  outcomes: number[];
  /** Pays back if the revenue multiplier is really at least this; null when no multiplier would do it. */
  breakEvenMultiplier: number | null;
  /** Whether intervals include the multiplier's own uncertainty; otherwise they carry sampling error only. */
  includesMultiplier: boolean;
  /** Intervals cover 1 − alpha. */
  alpha: number;
  warnings: ImpactWarning[];
}
