/** What rolling a variant out is worth: the analysis of a test handed to `calc/impact`. */
import type { ValueState } from '../../src/calc/provenance';
import type { MeasuredDifference, MoneyMetric } from '../../src/calc/impact/difference';
import { differenceOfComparison } from '../../src/calc/impact/difference';
import { estimateImpact } from '../../src/calc/impact/estimate-impact';
import type { ImpactEvidence } from '../../src/calc/impact/evidence';
import type { Impact, ImpactInput } from '../../src/calc/impact/impact';
import type { ImpactRefusal } from '../../src/calc/impact/refusal';
import { isImpactRefusal } from '../../src/calc/impact/refusal';
import type { BusinessParameters } from '../../src/contract/business';
import type { Settings } from '../../src/contract/settings';
import type { Analysis } from './analysis';
import type { Check } from './checks';
import { randomisedVariants } from './checks';
import type { ComparedRow } from './compare';
import { sumStatistics } from './ledger';
import { leadingVariant } from './leader';

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

/**
 * @param variant the treatment valued; the leading one when absent
 * @returns null when the experiment has no treatment that may be rolled out
 */
export function valueVariant(
  analysis: Analysis,
  parameters: BusinessParameters,
  variant: string | undefined,
): Worth | null {
  const { experiment, window, evidence, checks } = analysis;
  const chosen = variant ?? leadingVariant(analysis);
  const treatment = experiment.variants.find(({ name, role }) => name === chosen && role === 'treatment');
  if (!treatment) {
    return null;
  }
  const rows = [...analysis.comparisons, ...analysis.unshown].filter(
    (row) => row.variant === treatment.name && row.segment === null,
  );
  const rowOf = (metric: MoneyMetric) => rows.find((row) => row.metric.id === MONEY_METRIC_IDS[metric]);
  const days = (window.to - window.from) / 86_400_000;
  const { ledger } = evidence;
  const requests = ledger ? sumStatistics(ledger, treatment).counters.requests : null;
  const all = ledger
    ? randomisedVariants(experiment).reduce((sum, one) => sum + (sumStatistics(ledger, one).counters.requests ?? 0), 0)
    : 0;
  const input: ImpactInput = {
    accuracy: differenceOf(rowOf('accuracy')),
    accuracyOrigin: rowOf('accuracy')?.source === 'mlflow' ? 'offline' : 'online',
    latency: differenceOf(rowOf('latency')),
    errors: differenceOf(rowOf('errors')),
    parameters,
    requestsPerDay: requests !== null && days > 0 ? requests / days : null,
    requestsState: evidence.ledgerState,
    exposure: requests !== null && all > 0 ? requests / all : 1,
    days,
    evidence: evidenceOf(rows, checks, days),
    alpha: experiment.alpha,
  };
  return { variant: treatment.name, input, impact: estimateImpact(input) };
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

function evidenceOf(rows: readonly ComparedRow[], checks: readonly Check[], days: number): ImpactEvidence {
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
