/** What a comparison of one variant with the control on one metric is given, and what it answers. */
import type { Reason, ReasonCode, Verdict } from '../verdict';
import type { Refusal } from './refusal';
import type { SufficientStatistic } from './sufficient';

export type MetricKind = 'proportion' | 'mean' | 'ratio' | 'quantile';
export type Direction = 'higher' | 'lower';
export type MetricRole = 'goal' | 'guardrail' | 'secondary';
export type Unit = 'requests' | 'time-buckets' | 'users' | 'runs';

export interface ComparedMetric {
  id: string;
  /** What the metric is; a proportion counted per time bucket or user carries ratio statistics. */
  kind: MetricKind;
  /** Which way is better. */
  direction: Direction;
  role: MetricRole;
  /** Guardrail margin: how much worse is tolerated, positive, in the metric's own unit. */
  margin?: number;
  /** For quantiles: the bucket boundary of the share-slower test; by default the one nearest to the quantile. */
  boundary?: number;
}

/** One period with one split (a phase), or one day: the two arms ran side by side in it. */
export interface Stratum {
  control: SufficientStatistic;
  variant: SufficientStatistic;
}

export interface ComparisonPlan {
  /** Two-sided error rate, 0 < alpha < 0.5. */
  alpha: number;
  /** Which interval makes the verdict: `sequential` may be looked at any time, `fixed` once. */
  decision: 'sequential' | 'fixed';
  /** What is taken as independent. */
  unit: Unit;
  /** Cumulative from a known start; otherwise only the fixed test is given, as a description. */
  anchored: boolean;
  /** Whether traffic was assigned at random; an offline test set was not, and never wins. */
  randomised: boolean;
  /** Observations (requests) of both arms the test is planned for: tunes the sequential interval, fixed before the start. */
  plannedTotal: number;
  /** Observations an arm below which there is no verdict. Default 150, or 3 runs. */
  minimumSample?: number;
  /** Events and non-events an arm below which exact methods step in and relative sequential intervals are withheld. Default 25. */
  minimumEvents?: number;
  /** Days of data so far, for the days left; null when unknown. */
  elapsedDays: number | null;
  /** The relative change worth detecting, for power, progress and days left. Default 0.05. */
  targetEffect?: number;
  /** Default 0.8. */
  targetPower?: number;
  /** Factor by which intervals are widened, from the A/A calibration. Default 1. */
  inflation?: number;
  /** What other checks found against this test. */
  blocks: readonly ReasonCode[];
}

export interface Interval {
  low: number;
  high: number;
}

/** An effect with its two intervals on one scale. */
export interface Lift {
  estimate: number;
  /** For one look, at 1 − alpha. */
  fixed: Interval;
  /** Valid at every look; null when the test has no known start, or events are too rare on this scale. */
  sequential: Interval | null;
}

export interface TestedLift extends Lift {
  standardError: number;
  /** Two-sided p-value of no difference, for one look; of the share slower where the lift is a quantile's. */
  pValue: number;
  /** Two-sided p-value that holds at every look; null when the test has no known start. */
  sequentialPValue: number | null;
}

export interface GuardrailResult {
  /** As given: positive, in the metric's own unit. */
  margin: number;
  /** `holds`: worse than the margin is ruled out; `broken`: worse than the margin is shown; `open`: neither yet. */
  status: 'holds' | 'broken' | 'open';
  /** One-sided bound of the absolute difference towards harm, in natural sign (+28 for 28 ms slower). */
  harmBound: number;
  /** How far beyond the margin the difference surely is, in the metric's own unit: positive exactly when `broken`. */
  excess: number;
  /** Probability that the true difference is not worse than the margin. */
  chanceWithin: number;
}

/** The share of observations slower than a bucket boundary: exact where a quantile read from buckets is not. */
export interface ShareSlower {
  /** The bucket boundary, in the histogram's unit. */
  boundary: number;
  valueControl: number;
  valueVariant: number;
  absolute: TestedLift;
}

/** How far the data are from showing the target effect. */
export interface Progress {
  /** Observations of both arms so far, and how many are needed for the target power. */
  collected: number;
  needed: number;
  /** collected / needed, at most 1. */
  share: number;
  /** At the traffic so far; 0 when decided or complete, null when the elapsed time is unknown. */
  daysLeft: number | null;
}

export interface Comparison {
  metric: ComparedMetric;
  unit: Unit;
  /** Observations an arm (requests, whatever the unit of analysis); 0 when there is none. */
  nControl: number;
  nVariant: number;
  /** Rates, means, ratios or quantiles, standardised over the strata, so that their difference is the lift; null when there is none. */
  valueControl: number | null;
  valueVariant: number | null;
  /** The tested difference, variant − control, in the metric's own unit (0.036 = 3.6 pp). */
  absolute: TestedLift | null;
  /** The same change relative to the control (0.046 = 4.6 %), shown beside it, never tested. */
  relative: Lift | null;
  /** Which method gave `absolute`: Newcombe, Fisher and event counts where counts are small. */
  method: 'welch' | 'small-counts' | 'quantile' | null;
  /** The planned total that tuned the sequential interval. */
  tunedFor: number;
  /** Probability that the variant is truly better; flat prior. */
  chanceToWin: number | null;
  /** Expected harm of choosing the variant, in the metric's own unit, ≥ 0. */
  expectedLoss: number | null;
  /** Power to detect the target effect with the data so far. */
  power: number | null;
  /** Smallest absolute difference detectable with the target power so far. */
  mde: number | null;
  progress: Progress | null;
  /** Null for metrics without a margin. */
  guardrail: GuardrailResult | null;
  /** For quantiles: the exact test that makes their verdict. */
  shareSlower: ShareSlower | null;
  verdict: Verdict;
  /** The deciding reason first. */
  reasons: Reason[];
  /** Why there is no tested lift; null when there is one. */
  refusal: Refusal | null;
}
