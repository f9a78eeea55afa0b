/** What rolling a variant out is worth: the analysis of a test handed to `calc/impact`. */
import { formatInterval, formatLift } from '../../src/calc/notation';
import type { ValueState } from '../../src/calc/provenance';
import type { Covariances, MeasuredDifference, MoneyMetric } from '../../src/calc/impact/difference';
import { differenceOfComparison } from '../../src/calc/impact/difference';
import { estimateImpact } from '../../src/calc/impact/estimate-impact';
import type { ImpactEvidence, WorseSegment } from '../../src/calc/impact/evidence';
import type { Impact, ImpactInput } from '../../src/calc/impact/impact';
import type { ImpactRefusal } from '../../src/calc/impact/refusal';
import { isImpactRefusal } from '../../src/calc/impact/refusal';
import type { BusinessParameters } from '../../src/contract/business';
import type { Settings } from '../../src/contract/settings';
import type { Analysis } from './analysis';
import type { Check } from './checks';
import { randomisedVariants } from './checks';
import type { ComparedRow } from './compare';
import { covariancesOf } from './covariances';
import type { Variant } from './definition';
import { sumStatistics } from './ledger';
import { leadingVariant } from './leader';
import { worstSegment } from './segments';

export interface Worth {
  variant: string;
  input: ImpactInput;
  impact: Impact | ImpactRefusal;
}

/** The metrics money needs, whatever the query shows. */
export const MONEY_METRIC_IDS: Readonly<Record<MoneyMetric, string>> = {
  accuracy: 'accuracy',
  latency: 'latency_mean_ms',
  errors: 'error_rate',
};

/** What a test showed up to one moment: all that money is computed from. */
export interface Findings {
  /** Comparisons of the treatment with the control, not broken down. */
  rows: readonly ComparedRow[];
  /** Length of the window up to then. */
  days: number;
  /** Requests of one arm up to then; null where nobody counts them. */
  requestsOf: (arm: Variant) => number | null;
  covariances: Covariances | undefined;
}

/**
 * @param variant the treatment valued; the leading one when absent
 * @returns null when the experiment has no treatment that may be rolled out
 */
export function valueVariant(
  analysis: Analysis,
  parameters: BusinessParameters,
  variant: string | undefined,
): Worth | null {
  const treatment = treatmentsOf(analysis).find(({ name }) => name === (variant ?? leadingVariant(analysis)));
  if (!treatment) {
    return null;
  }
  const input = impactInput(analysis, treatment, parameters, findingsNow(analysis, treatment));
  return { variant: treatment.name, input, impact: estimateImpact(input) };
}

/** The variants that may be rolled out: shadows and holdouts answer nobody. */
export const treatmentsOf = ({ experiment }: Analysis): Variant[] =>
  experiment.variants.filter(({ role }) => role === 'treatment');

function findingsNow(analysis: Analysis, treatment: Variant): Findings {
  const { experiment, window, evidence, plan } = analysis;
  const { ledger } = evidence;
  return {
    rows: [...analysis.comparisons, ...analysis.unshown].filter(({ variant }) => variant === treatment.name),
    days: (window.to - window.from) / 86_400_000,
    requestsOf: (arm) => ledger && sumStatistics(ledger, arm).counters.requests,
    covariances: ledger ? covariancesOf(experiment, treatment, ledger, plan) : undefined,
  };
}

/** What `calc/impact` is given of a treatment under these parameters. */
export function impactInput(
  analysis: Analysis,
  treatment: Variant,
  parameters: BusinessParameters,
  { rows, days, requestsOf, covariances }: Findings,
): ImpactInput {
  const { experiment, evidence, checks } = analysis;
  const rowOf = (metric: MoneyMetric) => rows.find((row) => row.metric.id === MONEY_METRIC_IDS[metric]);
  const isOffline = rowOf('accuracy')?.source === 'mlflow';
  const requests = requestsOf(treatment);
  const all = randomisedVariants(experiment).reduce((sum, arm) => sum + (requestsOf(arm) ?? 0), 0);
  return {
    accuracy: differenceOf(rowOf('accuracy')),
    accuracyOrigin: isOffline ? 'offline' : 'online',
    latency: differenceOf(rowOf('latency')),
    errors: differenceOf(rowOf('errors')),
    // A test set knows nothing of the traffic's good and bad hours.
    covariances: isOffline ? { latencyErrors: covariances?.latencyErrors } : covariances,
    parameters,
    requestsPerDay: requests !== null && days > 0 ? requests / days : null,
    requestsState: evidence.ledgerState,
    exposure: requests !== null && all > 0 ? requests / all : 1,
    days,
    evidence: evidenceOf(rows, checks, days, worseSegmentOf(analysis, treatment)),
    alpha: experiment.alpha,
  };
}

/** A difference without a count has no variance, and so money without an interval; one side missing is no difference. */
function differenceOf(row: ComparedRow | undefined): MeasuredDifference | null {
  if (!row) {
    return null;
  }
  const tested = differenceOfComparison(row.comparison, row.state);
  const { valueControl, valueVariant: value } = row.comparison;
  if (tested || valueControl === null || value === null) {
    return tested;
  }
  return {
    control: valueControl,
    treatment: value,
    difference: value - valueControl,
    variance: null,
    state: row.state,
  };
}

function evidenceOf(
  rows: readonly ComparedRow[],
  checks: readonly Check[],
  days: number,
  worseSegment: WorseSegment | undefined,
): ImpactEvidence {
  const status = (name: Check['check']) => checks.find(({ check }) => check === name)?.status ?? 'unknown';
  const verdictOf = (metric: MoneyMetric) =>
    rows.find((row) => row.metric.id === MONEY_METRIC_IDS[metric])?.comparison.verdict;
  const daysLeft = rows.flatMap(({ metric, comparison }) =>
    metric.role === 'goal' && comparison.progress?.daysLeft != null ? [comparison.progress.daysLeft] : [],
  );
  return {
    verdicts: { accuracy: verdictOf('accuracy'), latency: verdictOf('latency'), errors: verdictOf('errors') },
    srm: status('srm'),
    calibration: status('aa_calibration'),
    failedChecks: checks.flatMap(({ check, status: found, block }) =>
      check !== 'srm' && (found === 'failed' || block !== null) ? [check] : [],
    ),
    brokenGuardrails: rows.flatMap(({ metric, comparison }) =>
      comparison.guardrail?.status === 'broken' ? [metric.label] : [],
    ),
    fullDays: Math.floor(days),
    daysLeft: daysLeft.length ? Math.max(...daysLeft) : null,
    worseSegment,
  };
}

/** Where the treatment loses on what it is judged by. Secondary metrics are a price, which net has paid. */
function worseSegmentOf({ segments, dimension }: Analysis, treatment: Variant): WorseSegment | undefined {
  const judged = segments.filter(({ variant, metric }) => variant === treatment.name && metric.role !== 'secondary');
  const worst = dimension === null ? undefined : worstSegment(judged, dimension);
  const metric = judged.find((row) => row.metric.id === worst?.metric)?.metric;
  if (!worst || !metric) {
    return undefined;
  }
  const lift = formatLift(worst.lift, worst, metric.unit);
  const subject = metric.label.charAt(0).toLowerCase() + metric.label.slice(1);
  return {
    name: `${worst.dimension}=${worst.segment}`,
    why: `${subject} ${lift}, interval ${formatInterval(worst, metric.unit)} for one of ${worst.segments} segments`,
  };
}

/** Net a day of the leading variant under the configured parameters, for the overview. */
export function dailyNetOf(
  settings: Settings,
  analysis: Analysis,
): { dailyNet: number | null; currency: string; state: ValueState } | null {
  const parameters = parametersOf(settings, analysis, undefined);
  const worth = valueVariant(analysis, parameters, undefined);
  if (!worth || isImpactRefusal(worth.impact)) {
    return null;
  }
  return { dailyNet: worth.impact.dailyNet, currency: parameters.currency, state: analysis.evidence.ledgerState };
}

/** The query's parameters over the data source's; the experiment's currency where neither names one. */
export function parametersOf(
  settings: Settings,
  { experiment }: Analysis,
  asked: Partial<BusinessParameters> | undefined,
): BusinessParameters {
  const given = Object.fromEntries(Object.entries<unknown>(asked ?? {}).filter(([, value]) => value !== undefined));
  return { ...settings.business, ...(experiment.currency ? { currency: experiment.currency } : {}), ...given };
}
