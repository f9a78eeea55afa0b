/**
 * A comparison is one function: a metric, the sufficient statistics of control and variant per stratum, and a plan; out come
 * the difference with its test, the intervals for one look and for every look, chances, guardrail, outlook and verdict.
 */
import { decide } from '../verdict';
import { readArm, type Arm, type MomentStatistic } from './arms';
import type { ComparedMetric, Comparison, ComparisonPlan, Interval, Stratum, Unit } from './comparison';
import type { CountStratum } from './event-sequence';
import { judgeGuardrail } from './guardrail';
import { fewestCounts } from './measure-counts';
import { measureMoments } from './measure-moments';
import { measureProportion } from './measure-proportion';
import { measureQuantile, type QuantileMeasurement, type QuantileStratum } from './measure-quantile';
import { isSequential, type MeasuringPlan, type Measurement } from './measurement';
import { outlookOf } from './outlook';
import { describeRefusal, isRefusal, refuse, type Refusal } from './refusal';
import { standardise, strataWeights } from './strata';
import type { ReasonCode } from '../verdict';

const MINIMUM_EVENTS = 25;
const MINIMUM_OBSERVATIONS = 150;
const MINIMUM_BUCKETS = 30;
const MINIMUM_RUNS = 3;
const TARGET_EFFECT = 0.05;
const TARGET_POWER = 0.8;

/**
 * Compares a variant with the control on one metric.
 *
 * The difference is tested on the absolute scale, in the metric's own unit; the relative change stands beside it, because the
 * two scales have different p-values. Strata (phases) are standardised by Mantel–Haenszel weights (`strata.ts`). Few events
 * (`minimumEvents`, 25 an arm) take exact methods; quantiles are judged by the share slower than a bucket boundary; the
 * sequential interval is tuned by the planned total and counts observations, whatever the unit of analysis.
 *
 * Never throws and never returns NaN: what cannot be answered is null, with the reason in `refusal` and `reasons`.
 */
export function compare(metric: ComparedMetric, strata: readonly Stratum[], plan: ComparisonPlan): Comparison {
  const problem = refusePlan(metric, plan);
  if (problem !== null) {
    return refused(metric, plan, problem);
  }
  const measuring = measuringPlanOf(metric, plan);
  if (strata.length === 0) {
    return refused(metric, plan, refuse('no-data'));
  }
  const quantiles = strata.flatMap(({ control, variant }): QuantileStratum[] =>
    control.kind === 'quantile' && variant.kind === 'quantile' ? [{ control, variant }] : [],
  );
  if (quantiles.length === strata.length) {
    return compareQuantiles(metric, quantiles, plan, measuring);
  }
  const moments = strata.flatMap(({ control, variant }): MomentStratum[] =>
    control.kind !== 'quantile' && variant.kind !== 'quantile' && control.kind === variant.kind
      ? [{ control, variant }]
      : [],
  );
  if (moments.length !== strata.length || moments.some(({ control }) => control.kind !== moments[0]?.control.kind)) {
    return refused(metric, plan, refuse('kinds-differ'));
  }
  return compareMoments(metric, moments, plan, measuring);
}

interface MomentStratum {
  control: MomentStatistic;
  variant: MomentStatistic;
}

function refusePlan(metric: ComparedMetric, plan: ComparisonPlan): Refusal | null {
  if (!(plan.alpha > 0 && plan.alpha < 0.5)) {
    return refuse('bad-alpha', 'alpha');
  }
  const isPositive = (value: number | undefined) => value === undefined || (Number.isFinite(value) && value > 0);
  const positives = {
    plannedTotal: plan.plannedTotal,
    margin: metric.margin,
    inflation: plan.inflation,
    targetEffect: plan.targetEffect,
  };
  const bad = Object.entries(positives).find(([, value]) => !isPositive(value));
  if (bad !== undefined) {
    return refuse('bad-parameter', bad[0]);
  }
  const power = plan.targetPower ?? TARGET_POWER;
  return power > plan.alpha && power < 1 ? null : refuse('bad-parameter', 'targetPower');
}

const measuringPlanOf = (metric: ComparedMetric, plan: ComparisonPlan): MeasuringPlan => ({
  alpha: plan.alpha,
  decision: plan.decision,
  isAnchored: plan.anchored,
  plannedTotal: plan.plannedTotal,
  minimumEvents: plan.minimumEvents ?? MINIMUM_EVENTS,
  inflation: plan.inflation ?? 1,
  isLowerBetter: metric.direction === 'lower',
});

function compareMoments(
  metric: ComparedMetric,
  strata: readonly MomentStratum[],
  plan: ComparisonPlan,
  measuring: MeasuringPlan,
): Comparison {
  const countsEvents = metric.kind === 'proportion';
  const read: { control: Arm; variant: Arm }[] = [];
  for (const [index, stratum] of strata.entries()) {
    const where = strata.length > 1 ? `phase ${index + 1} ` : '';
    const control = readArm(stratum.control, countsEvents, `${where}control`);
    const variant = readArm(stratum.variant, countsEvents, `${where}variant`);
    if (isRefusal(control)) {
      return refused(metric, plan, control);
    }
    if (isRefusal(variant)) {
      return refused(metric, plan, variant);
    }
    read.push({ control, variant });
  }
  const used = read.filter(({ control, variant }) => control.observations > 0 && variant.observations > 0);
  const notes = notesOn(read, used.length, plan);
  const measured = measureArms(used, strata[0]?.control.kind === 'proportion', measuring);
  const observations = {
    nControl: read.reduce((sum, { control }) => sum + control.observations, 0),
    nVariant: read.reduce((sum, { variant }) => sum + variant.observations, 0),
  };
  if (isRefusal(measured)) {
    return { ...refused(metric, plan, measured, notes), ...observations, ...valuesOf(used) };
  }
  const units = Math.min(
    ...(['control', 'variant'] as const).map((arm) => used.reduce((sum, stratum) => sum + stratum[arm].moments.n, 0)),
  );
  return conclude(metric, plan, measuring, measured, { units, notes: [...measured.notes, ...notes] });
}

/** Counts are compared as counts; ratios of counts, too, where events are too few to show how they cluster. */
function measureArms(
  strata: readonly { control: Arm; variant: Arm }[],
  areProportions: boolean,
  measuring: MeasuringPlan,
): Measurement | Refusal {
  const counts = strata.flatMap(({ control, variant }): CountStratum[] =>
    control.counts !== null && variant.counts !== null ? [{ control: control.counts, variant: variant.counts }] : [],
  );
  const areCounts = counts.length === strata.length && counts.length > 0;
  if (areCounts && (areProportions || fewestCounts(counts) < measuring.minimumEvents)) {
    const measured = measureProportion(counts, measuring);
    return isRefusal(measured) || areProportions
      ? measured
      : { ...measured, notes: [...measured.notes, 'independent-requests'] };
  }
  const moments = strata.map(({ control, variant }) => ({ control: control.moments, variant: variant.moments }));
  const weights = strataWeights(
    moments.map(({ control, variant }) => ({ control: control.size, variant: variant.size })),
  );
  if (weights === null) {
    return refuse('no-data');
  }
  const observations = {
    control: strata.reduce((sum, { control }) => sum + control.observations, 0),
    variant: strata.reduce((sum, { variant }) => sum + variant.observations, 0),
  };
  return measureMoments(standardise(moments, weights), observations, measuring);
}

/** The arms' values where a test is refused, e.g. because nothing varies. */
function valuesOf(strata: readonly { control: Arm; variant: Arm }[]): Partial<Comparison> {
  const moments = strata.map(({ control, variant }) => ({ control: control.moments, variant: variant.moments }));
  const weights = strataWeights(
    moments.map(({ control, variant }) => ({ control: control.size, variant: variant.size })),
  );
  if (weights === null) {
    return {};
  }
  const { control, variant } = standardise(moments, weights);
  return { valueControl: control.mean, valueVariant: variant.mean };
}

function notesOn(read: readonly { control: Arm; variant: Arm }[], used: number, plan: ComparisonPlan): ReasonCode[] {
  const arms = read.flatMap(({ control, variant }) => [control, variant]);
  const notes: [boolean, ReasonCode][] = [
    [used > 1, 'stratified'],
    [used < read.length && used > 0, 'one-sided-phase'],
    [arms.some(({ wasRounded }) => wasRounded), 'rounded-counts'],
    [arms.some(({ isApproximate }) => isApproximate), 'variance-from-buckets'],
    [arms.some(({ isImprecise }) => isImprecise), 'precision-low'],
    [plan.unit === 'requests' && plan.randomised, 'independent-requests'],
    [(plan.inflation ?? 1) > 1, 'widened'],
  ];
  return notes.flatMap(([applies, code]) => (applies ? [code] : []));
}

function compareQuantiles(
  metric: ComparedMetric,
  strata: readonly QuantileStratum[],
  plan: ComparisonPlan,
  measuring: MeasuringPlan,
): Comparison {
  const measured = measureQuantile(strata, metric.boundary, measuring);
  if (isRefusal(measured)) {
    return refused(metric, plan, measured);
  }
  const notes: ReasonCode[] = strata.length > 1 ? ['stratified'] : [];
  const { quantile, shareSlower } = measured;
  if (!isRefusal(quantile)) {
    const all: ReasonCode[] = [
      ...(shareSlower === null ? [] : (['share-slower'] as const)),
      ...quantile.notes,
      ...notes,
    ];
    const tested = testedByShare(quantile, shareSlower);
    const units = Math.min(quantile.nControl, quantile.nVariant);
    return conclude(metric, plan, measuring, tested, { units, notes: all, shareSlower });
  }
  if (shareSlower === null) {
    return refused(metric, plan, quantile, notes);
  }
  const { measurement } = shareSlower;
  const units = Math.min(measurement.nControl, measurement.nVariant);
  const answer = conclude({ ...metric, margin: undefined }, plan, measuring, measurement, {
    units,
    notes: ['share-slower', ...measurement.notes, ...notes],
    shareSlower,
  });
  return {
    ...answer,
    metric,
    valueControl: null,
    valueVariant: null,
    absolute: null,
    relative: null,
    method: null,
    expectedLoss: null,
    mde: null,
    refusal: quantile,
    reasons: [{ code: 'no-answer', words: describeRefusal(quantile) }, ...answer.reasons],
  };
}

/** The quantile's estimate and intervals with the share's p-values and chance: those the buckets do not bias. */
function testedByShare(quantile: Measurement, shareSlower: QuantileMeasurement['shareSlower']): Measurement {
  if (shareSlower === null) {
    return quantile;
  }
  const { pValue, sequentialPValue } = shareSlower.measurement.absolute;
  return {
    ...quantile,
    absolute: { ...quantile.absolute, pValue, sequentialPValue },
    chanceToWin: shareSlower.measurement.chanceToWin,
  };
}

interface Circumstances {
  /** Units of analysis in the smaller arm. */
  units: number;
  notes: readonly ReasonCode[];
  shareSlower?: QuantileMeasurement['shareSlower'];
}

function conclude(
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

const shareSlowerShown = ({ boundary, measurement }: NonNullable<QuantileMeasurement['shareSlower']>) => ({
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
function refused(
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
