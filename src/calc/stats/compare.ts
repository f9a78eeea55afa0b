/**
 * A comparison is one function: a metric, the sufficient statistics of control and variant per stratum, and a plan; out come
 * the difference with its test, the intervals for one look and for every look, chances, guardrail, outlook and verdict.
 */
import { compareMoments, type MomentStratum } from './compare-moments';
import { compareQuantiles } from './compare-quantiles';
import type { ComparedMetric, Comparison, ComparisonPlan, Stratum } from './comparison';
import { refused, TARGET_POWER } from './conclude';
import type { QuantileStratum } from './measure-quantile';
import type { MeasuringPlan } from './measurement';
import { refuse, refuseAlpha, type Refusal } from './refusal';

const MINIMUM_EVENTS = 25;

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

function refusePlan(metric: ComparedMetric, plan: ComparisonPlan): Refusal | null {
  const badAlpha = refuseAlpha(plan.alpha, 0.5);
  if (badAlpha !== null) {
    return badAlpha;
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
