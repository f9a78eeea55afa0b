/** From evidence to comparisons: which statistic answers which metric, stratum by stratum. */
import type { SourceName, ValueState } from '../../src/calc/provenance';
import { compare } from '../../src/calc/stats/compare';
import type { Comparison, ComparisonPlan, Stratum } from '../../src/calc/stats/comparison';
import { histogramMoments } from '../../src/calc/stats/histogram-moments';
import { isRefusal } from '../../src/calc/stats/refusal';
import type { SufficientStatistic } from '../../src/calc/stats/sufficient';
import type { ReasonCode } from '../../src/calc/verdict';
import type { Unit } from '../../src/contract/experiment';
import type { Evaluation } from '../sources/capabilities/evaluations';
import type { OwnTotals } from '../sources/capabilities/traffic';
import type { Experiment, Variant } from './definition';
import { variantAlias } from './definition';
import type { Evidence } from './evidence';
import type { Ledger } from './ledger';
import { sumStatistics } from './ledger';
import type { Metric } from './metrics';
import type { ArmStatistics } from './statistics';

/** One row of `comparisons`. */
export interface ComparedRow {
  metric: Metric;
  variant: string;
  /** The segment compared, when broken down by a dimension. */
  segment: string | null;
  comparison: Comparison;
  source: SourceName | null;
  state: ValueState;
  /** p-value adjusted over the family the row belongs to; null outside of one. */
  adjustedP: number | null;
}

export interface ComparePlan {
  decision: 'sequential' | 'fixed';
  anchored: boolean;
  elapsedDays: number;
  unit: Unit;
  /** Findings that bear on the whole test, and those on the traffic or the offline metrics alone. */
  blocks: { all: readonly ReasonCode[]; traffic: readonly ReasonCode[]; offline: readonly ReasonCode[] };
  inflation?: number;
}

const FEWEST_BUCKETS = 30;

/** Time buckets when there are at least 30 of them, else requests, unless the definition says otherwise. */
export function settleUnit(asked: Unit | undefined, experiment: Experiment, ledger: Ledger | null): Unit {
  const wanted = asked ?? experiment.unit;
  if (wanted) {
    return wanted;
  }
  const [control] = experiment.variants;
  const buckets = ledger && control ? (sumStatistics(ledger, control).overBuckets.error_rate?.n ?? 0) : 0;
  return buckets >= FEWEST_BUCKETS ? 'time-buckets' : 'requests';
}

/** What was counted of one arm in one phase. */
export type ArmReader = (variant: Variant, phase: number) => ArmStatistics;

/**
 * Compares one variant with the control on one metric.
 * @param armOf what was counted; everything in the evidence's ledger by default, null where nothing was
 */
export function compareVariant(
  experiment: Experiment,
  metric: Metric,
  variant: Variant,
  evidence: Evidence,
  plan: ComparePlan,
  armOf: ArmReader | null = wholeLedger(evidence.ledger),
): ComparedRow {
  const { ledger } = evidence;
  const online = armOf === null ? [] : onlineStrata(experiment, metric, variant, plan.unit, armOf);
  const isOnline = online.length > 0 || metric.id !== 'accuracy';
  const row = { metric: nameOrigin(metric, isOnline), variant: variant.name, segment: null, adjustedP: null };
  if (isOnline) {
    return {
      ...row,
      comparison: withholdFromShadow(variant, compareOnline(experiment, metric, online, plan)),
      // Simulated traffic is borrowed from no store, whatever names it goes by.
      source: evidence.ledgerState === 'simulated' ? null : (ledger?.source ?? null),
      state: online.length > 0 ? evidence.ledgerState : 'missing',
    };
  }
  return { ...row, ...compareOffline(experiment, metric, variant, evidence, plan) };
}

const wholeLedger = (ledger: Ledger | null): ArmReader | null =>
  ledger && ((arm, phase) => sumStatistics(ledger, arm, { phase }));

/** There are two accuracies, and a reader must see which one this is. */
function nameOrigin(metric: Metric, isOnline: boolean): Metric {
  return metric.id === 'accuracy' && !metric.label.includes(',')
    ? { ...metric, label: `${metric.label}, ${isOnline ? 'online' : 'offline'}` }
    : metric;
}

function withholdFromShadow({ role }: Variant, comparison: Comparison): Comparison {
  if (role !== 'shadow' || comparison.verdict !== 'winner') {
    return comparison;
  }
  const words = 'a shadow sees copies of the traffic and cannot win';
  return { ...comparison, verdict: 'inconclusive', reasons: [{ code: 'not-decided', words }, ...comparison.reasons] };
}

function planOf(experiment: Experiment, plan: ComparePlan, unit: Unit, randomised: boolean): ComparisonPlan {
  return {
    alpha: experiment.alpha,
    decision: plan.decision,
    unit,
    anchored: plan.anchored,
    randomised,
    plannedTotal: experiment.plannedTotal,
    elapsedDays: plan.elapsedDays,
    // Calibrated on traffic: it says nothing of a test set.
    inflation: randomised ? plan.inflation : undefined,
    blocks: [...plan.blocks.all, ...(randomised ? plan.blocks.traffic : plan.blocks.offline)],
  };
}

/** The variant the others are compared with. */
export function controlOf(experiment: Experiment): Variant | undefined {
  return experiment.variants.find(({ role }) => role === 'control');
}

/** Compares what traffic showed; a quantile and the mapping's own metrics are read off all requests, whatever the unit. */
export function compareOnline(
  experiment: Experiment,
  metric: Metric,
  strata: readonly Stratum[],
  plan: ComparePlan,
): Comparison {
  const unit = metric.kind === 'quantile' || metric.own ? 'requests' : plan.unit;
  return compare(metric, strata, planOf(experiment, plan, unit, true));
}

/** One stratum a phase in which both arms have something to compare. */
export function onlineStrata(
  experiment: Experiment,
  metric: Metric,
  variant: Variant,
  unit: Unit,
  armOf: ArmReader,
): Stratum[] {
  const control = controlOf(experiment);
  if (!control) {
    return [];
  }
  const phases = Math.max(experiment.phases.length, 1);
  return Array.from({ length: phases }, (_, phase) => phase).flatMap((phase) => {
    const a = statisticOf(metric, armOf(control, phase), unit);
    const b = statisticOf(metric, armOf(variant, phase), unit);
    return a && b ? [{ control: a, variant: b }] : [];
  });
}

/** The sufficient statistic that answers a metric, or null when the store does not hold what it takes. */
export function statisticOf(metric: Metric, arm: ArmStatistics, unit: Unit): SufficientStatistic | null {
  const { counters, histogram, overBuckets } = arm;
  if (metric.own) {
    return ownStatistic(metric.own.quantile, arm.own?.[metric.id]);
  }
  switch (metric.id) {
    case 'accuracy':
      if (unit === 'time-buckets' && overBuckets.accuracy?.n) {
        return overBuckets.accuracy;
      }
      return proportion(counters.correct, counters.labelled);
    case 'error_rate':
      if (unit === 'time-buckets' && overBuckets.error_rate?.n) {
        return overBuckets.error_rate;
      }
      return proportion(counters.errors, counters.requests);
    case 'latency_mean_ms': {
      if (unit === 'time-buckets' && overBuckets.latency_mean_ms?.n) {
        return overBuckets.latency_mean_ms;
      }
      return latencyMean(arm);
    }
    case 'latency_p95_ms':
      return histogram?.length ? { kind: 'quantile', q: 0.95, buckets: histogram } : null;
  }
}

function proportion(x: number | null, n: number | null): SufficientStatistic | null {
  return x === null || n === null || n <= 0 ? null : { kind: 'proportion', n, x };
}

/** Prometheus keeps no sum of squares: the variance is read off the buckets, the mean off the exact sum. */
function latencyMean({ counters, histogram }: ArmStatistics): SufficientStatistic | null {
  const { latencyCount: n, latencySumMs: sum } = counters;
  return n === null || sum === null || !histogram ? null : meanOf({ sum, count: n, histogram });
}

function ownStatistic(quantile: number | null, totals: OwnTotals | undefined): SufficientStatistic | null {
  if (!totals) {
    return null;
  }
  return quantile === null ? meanOf(totals) : { kind: 'quantile', q: quantile, buckets: totals.histogram };
}

function meanOf({ sum, count: n, histogram }: OwnTotals): SufficientStatistic | null {
  if (n <= 0 || histogram.length === 0) {
    return null;
  }
  const moments = histogramMoments(histogram, { sum, lower: 0, infCap: null });
  if (isRefusal(moments)) {
    return null;
  }
  const sumSquares = moments.varianceFromBuckets * (n - 1) + (sum * sum) / n;
  return { kind: 'mean', n, sum, sumSquares, approximate: true };
}

function compareOffline(
  experiment: Experiment,
  metric: Metric,
  variant: Variant,
  evidence: Evidence,
  plan: ComparePlan,
): Pick<ComparedRow, 'comparison' | 'source' | 'state'> {
  const control = controlOf(experiment);
  const a = control && evaluationOf(evidence, control);
  const b = evaluationOf(evidence, variant);
  const offlinePlan = planOf(experiment, plan, 'requests', false);
  const strata = a && b ? offlineStrata(a, b) : [];
  const comparison = compare(metric, strata, offlinePlan);
  if (strata.length) {
    return { comparison, source: 'mlflow', state: evidence.evaluationsState };
  }
  // A value without a count gets no p-value, and is still worth showing.
  const valueControl = a?.accuracy ?? null;
  const valueVariant = b?.accuracy ?? null;
  const isShown = valueControl !== null || valueVariant !== null;
  return {
    comparison: { ...comparison, valueControl, valueVariant },
    source: isShown ? 'mlflow' : null,
    state: isShown ? evidence.evaluationsState : 'missing',
  };
}

function offlineStrata(a: Evaluation, b: Evaluation): Stratum[] {
  const control = offlineProportion(a);
  const variant = offlineProportion(b);
  return control && variant ? [{ control, variant }] : [];
}

function offlineProportion({ accuracy, testRows }: Evaluation): SufficientStatistic | null {
  if (accuracy === null || testRows === null || testRows < 1) {
    return null;
  }
  return { kind: 'proportion', n: testRows, x: Math.round(accuracy * testRows) };
}

/** What MLflow holds on a variant's served model. */
export function evaluationOf(evidence: Evidence, variant: Variant): Evaluation | undefined {
  const alias = variantAlias(variant, 'mlflow');
  return evidence.evaluations?.variants.find((evaluation) => evaluation.variant === alias);
}
