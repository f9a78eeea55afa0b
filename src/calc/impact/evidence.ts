/** What the test itself says beside the money: guards and advice are read off this, never off money alone. */
import type { Verdict } from '../verdict';
import type { MoneyMetric } from './difference';

/** The outcome of a check of the test. */
export type Soundness = 'ok' | 'warning' | 'failed' | 'unknown';

/** A segment where the treatment is worse beyond its margin, in words ready to be shown. */
export interface WorseSegment {
  /** e.g. `region=EU`. */
  name: string;
  /** e.g. `accuracy −2.7 pp, 95 % interval −5.1…−0.3`. */
  why: string;
}

export interface ImpactEvidence {
  /** Verdict per metric that earns or costs money; absent: not compared. */
  verdicts: Partial<Record<MoneyMetric, Verdict>>;
  /** The sample-ratio check. */
  srm: Soundness;
  /** Other checks that failed, by name (`split_changed`, `deployment_changed`, `coverage`, …). */
  failedChecks: readonly string[];
  /** The A/A calibration check. */
  calibration: Soundness;
  /** Labels of guardrail metrics that are worse beyond their margin. */
  brokenGuardrails: readonly string[];
  /** Full days in the test window. */
  fullDays: number;
  /** Days until a decision is expected at this traffic; null when unknown. */
  daysLeft: number | null;
  worseSegment?: WorseSegment;
}
