/** From a measurement to a comparison: guardrail, outlook and verdict; and the comparison without an answer. */
import { decide, type ReasonCode } from '../verdict';
import type { ComparedMetric, Comparison, ComparisonPlan, Interval, ShareSlower, Unit } from './comparison';
import { judgeGuardrail } from './guardrail';
import { isSequential, type MeasuringPlan, type Measurement } from './measurement';
import type { QuantileMeasurement } from './measure-quantile';
import { outlookOf } from './outlook';
import type { Refusal } from './refusal';

const MINIMUM_OBSERVATIONS = 150;
const MINIMUM_BUCKETS = 30;
const MINIMUM_RUNS = 3;
const TARGET_EFFECT = 0.05;
export const TARGET_POWER = 0.8;

export interface Circumstances {
  /** Units of analysis in the smaller arm. */
  units: number;
  notes: readonly ReasonCode[];
  shareSlower?: QuantileMeasurement['shareSlower'];
}

/** The comparison that a measurement makes: guardrail, outlook and verdict added. */
export function conclude(
  metric: ComparedMetric,
  plan: ComparisonPlan,
  measuring: MeasuringPlan,
  measured: Measurement,
  { units, notes, shareSlower = null }: Circumstances,
): Comparison {
  const { bounds } = measured;
  const judged = shareSlower?.measurement.absolute ?? measured.absolute;
  const decisive = decisiveInterval(judged, measuring);
  const guardrail =
    metric.margin === undefined
      ? null
      : judgeGuardrail({ ...measured.absolute, bounds }, metric.margin, metric.direction);
  const own = decisiveInterval(measured.absolute, measuring);
  const target = metric.margin ?? (plan.targetEffect ?? TARGET_EFFECT) * Math.abs(measured.valueControl);
  const outlook = outlookOf(
    {
      standardError: measured.absolute.standardError,
      halfWidth: (own.high - own.low) / 2,
      n: measured.nControl + measured.nVariant,
      isDecided: decisive.low > 0 || decisive.high < 0,
      elapsedDays: plan.elapsedDays,
    },
    {
      effect: target,
      power: plan.targetPower ?? TARGET_POWER,
      alpha: plan.alpha,
      tuning: isSequential(measuring) ? plan.plannedTotal : null,
    },
  );
  const { verdict, reasons } = decide({
    direction: metric.direction,
    isGuardrail: metric.role === 'guardrail',
    decisive,
    guardrail: guardrail?.status ?? null,
    refusal: null,
    isAnchored: plan.anchored,
    isRandomised: plan.randomised,
    hasEnough: hasEnough(measured, units, plan),
    blocks: plan.blocks,
    notes,
  });
  return {
    metric,
    unit: plan.unit,
    nControl: measured.nControl,
    nVariant: measured.nVariant,
    valueControl: measured.valueControl,
    valueVariant: measured.valueVariant,
    absolute: measured.absolute,
    relative: measured.relative,
    method: measured.method,
    chanceToWin: measured.chanceToWin,
    expectedLoss: measured.expectedLoss,
    tunedFor: plan.plannedTotal,
    ...outlook,
    guardrail,
    shareSlower: shareSlower === null ? null : shareSlowerShown(shareSlower),
    verdict,
    reasons,
    refusal: null,
  };
}

const shareSlowerShown = ({ boundary, measurement }: NonNullable<QuantileMeasurement['shareSlower']>): ShareSlower => ({
  boundary,
  valueControl: measurement.valueControl,
  valueVariant: measurement.valueVariant,
  absolute: measurement.absolute,
});

function decisiveInterval(lift: Measurement['absolute'], measuring: MeasuringPlan): Interval {
  return isSequential(measuring) && lift.sequential !== null ? lift.sequential : lift.fixed;
}

function hasEnough({ nControl, nVariant }: Measurement, units: number, plan: ComparisonPlan): boolean {
  const minimum = plan.minimumSample ?? (plan.unit === 'runs' ? MINIMUM_RUNS : MINIMUM_OBSERVATIONS);
  return Math.min(nControl, nVariant) >= minimum && units >= minimumUnits(plan.unit, minimum);
}

function minimumUnits(unit: Unit, minimum: number): number {
  switch (unit) {
    case 'time-buckets':
      return MINIMUM_BUCKETS;
    case 'requests':
    case 'users':
    case 'runs':
      return minimum;
  }
}

/** A comparison without an answer: everything that is not known is null. */
export function refused(
  metric: ComparedMetric,
  plan: ComparisonPlan,
  refusal: Refusal,
  notes: readonly ReasonCode[] = [],
): Comparison {
  const { verdict, reasons } = decide({
    direction: metric.direction,
    isGuardrail: metric.role === 'guardrail',
    decisive: null,
    guardrail: null,
    refusal,
    isAnchored: plan.anchored,
    isRandomised: plan.randomised,
    hasEnough: false,
    blocks: plan.blocks,
    notes,
  });
  return {
    metric,
    unit: plan.unit,
    nControl: 0,
    nVariant: 0,
    valueControl: null,
    valueVariant: null,
    absolute: null,
    relative: null,
    method: null,
    tunedFor: plan.plannedTotal,
    chanceToWin: null,
    expectedLoss: null,
    power: null,
    mde: null,
    progress: null,
    guardrail: null,
    shareSlower: null,
    verdict,
    reasons,
    refusal,
  };
}
