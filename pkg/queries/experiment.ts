/** `experiment`: is B better than A, on which metric, how sure, and is the test itself sound. */
import { VERDICT_CODES } from '../../src/calc/verdict';
import { FailureError } from '../../src/contract/failure';
import type { FieldProvenance, PhaseTraffic } from '../../src/contract/frames';
import { EXPERIMENT_FRAMES } from '../../src/contract/query';
import type { ExperimentQuery, ExperimentValue } from '../../src/contract/query';
import type { Analysis } from '../experiment/analysis';
import { analyseExperiment } from '../experiment/analysis';
import { randomisedVariants } from '../experiment/checks';
import type { ComparedRow } from '../experiment/compare';
import { evaluationOf, statisticOf } from '../experiment/compare';
import { harmOf } from '../experiment/harm';
import { phasesOf, sumStatistics } from '../experiment/ledger';
import { histogramQuantile } from '../../src/calc/stats/histogram';
import type { DataFrame } from '../sdk/frame';
import type { QueryContext } from './context';
import type { VariantRow } from './experiment-frames';
import { CHECK_COLUMNS, COMPARISON_COLUMNS, VARIANT_COLUMNS } from './experiment-frames';
import { metaOf, noticesOf } from './experiment-meta';
import { worstSegment } from '../experiment/segments';
import { offlineOrigin, originOfRow, sourceOfTraffic, trafficOrigin, withOrigins } from './origin';
import { answerReplay } from './replay';
import { numericFrame, tableOf } from './table';

export async function answerExperiment(query: ExperimentQuery, context: QueryContext): Promise<DataFrame[]> {
  const analysis = await analyseExperiment(context.instance, {
    ...query,
    range: context.range,
    now: context.now,
    skipCache: context.skipCache,
    isAlert: context.isAlert,
    needs: { traffic: true, evaluations: !context.isAlert || needsEvaluations(query) },
  });
  switch (query.format) {
    case 'table':
      return tables(analysis, query);
    case 'numeric':
      return numbers(analysis, query);
    case 'timeseries':
      return answerReplay(analysis, query);
  }
}

/** An alert reads only the stores its value needs; of the metrics accuracy alone may be offline. */
function needsEvaluations({ value, metric, metrics }: ExperimentQuery): boolean {
  const wanted = metric === undefined ? metrics?.map(({ id }) => id) : [metric];
  return value !== 'srm_p' && value !== 'harm_p' && (!wanted?.length || wanted.includes('accuracy'));
}

function tables(analysis: Analysis, query: ExperimentQuery): DataFrame[] {
  const wanted = new Set(query.frames?.length ? query.frames : EXPERIMENT_FRAMES);
  const { experiment, window } = analysis;
  const rows = [...analysis.comparisons, ...analysis.segments].map((row) => ({
    ...row,
    control: experiment.control,
    windowStart: window.from,
    windowEnd: window.to,
    dimension: row.segment === null ? null : (query.breakdown ?? null),
  }));
  const own = query.breakdown ? { worstSegment: worstSegment(analysis.segments, query.breakdown) } : {};
  const frames = [
    wanted.has('variants') &&
      withOrigins(
        tableOf(
          'variants',
          variantRows(analysis),
          VARIANT_COLUMNS,
          metaOf(analysis, 'variants', { ...own, phaseTraffic: phaseTraffic(analysis) }),
        ),
        variantOrigins(analysis),
      ),
    wanted.has('comparisons') && tableOf('comparisons', rows, COMPARISON_COLUMNS, metaOf(analysis, 'comparisons', own)),
    wanted.has('checks') && tableOf('checks', analysis.checks, CHECK_COLUMNS, metaOf(analysis, 'checks', own)),
  ].filter((frame) => frame !== false);
  const [first, ...others] = frames;
  return first ? [{ ...first, meta: { ...first.meta, notices: noticesOf(analysis) } }, ...others] : [];
}

/** A variant's row is put together from two stores, and its state is that of its traffic: the fields tell them apart. */
function variantOrigins(analysis: Analysis): Record<string, FieldProvenance> {
  const { evidence, comparisons, unshown } = analysis;
  const traffic = trafficOrigin(evidence);
  const offline = offlineOrigin(evidence);
  const accuracy = [...comparisons, ...unshown].find(
    ({ metric, segment }) => metric.id === 'accuracy' && segment === null,
  );
  return {
    requests: traffic,
    traffic_share: traffic,
    error_rate: traffic,
    latency_mean_ms: traffic,
    latency_p95_ms: traffic,
    accuracy: originOfRow(accuracy, analysis),
    precision: offline,
    recall: offline,
    runs: offline,
  };
}

function variantRows(analysis: Analysis): VariantRow[] {
  const { experiment, evidence, metrics } = analysis;
  const { ledger } = evidence;
  const arms = experiment.variants.map((variant) => ({ variant, arm: ledger && sumStatistics(ledger, variant) }));
  const randomised = new Set(randomisedVariants(experiment).map(({ name }) => name));
  const total = arms.reduce(
    (sum, { variant, arm }) => sum + (randomised.has(variant.name) ? (arm?.counters.requests ?? 0) : 0),
    0,
  );
  const expected = expectedShares(analysis, total);
  const rate = (x: number | null | undefined, n: number | null | undefined) =>
    x === null || x === undefined || !n ? null : x / n;
  const mapped = arms.map(({ variant, arm }): VariantRow => {
    const counters = arm?.counters;
    const evaluation = evaluationOf(evidence, variant);
    const p95 = arm?.histogram?.length ? histogramQuantile(0.95, arm.histogram) : null;
    const accuracyMetric = metrics.find(({ id }) => id === 'accuracy');
    const online = arm && accuracyMetric && statisticOf(accuracyMetric, arm, 'requests');
    const requests = counters?.requests ?? null;
    const hasTraffic = requests !== null;
    return {
      variant: variant.name,
      role: variant.role,
      requests: requests === null ? null : Math.round(requests),
      trafficShare: randomised.has(variant.name) && total > 0 ? (requests ?? 0) / total : null,
      expectedShare: expected.get(variant.name) ?? null,
      errorRate: rate(counters?.errors, requests),
      latencyMeanMs: rate(counters?.latencySumMs, counters?.latencyCount),
      latencyP95Ms: p95 !== null && Number.isFinite(p95.value) ? p95.value : null,
      accuracy: online?.kind === 'proportion' ? online.x / online.n : (evaluation?.accuracy ?? null),
      precision: evaluation?.precision ?? null,
      recall: evaluation?.recall ?? null,
      runs: evaluation?.runs ?? null,
      source: hasTraffic ? sourceOfTraffic(evidence) : evaluation ? 'mlflow' : null,
      state: hasTraffic ? evidence.ledgerState : evaluation ? evidence.evaluationsState : 'missing',
    };
  });
  return [...mapped, ...unmappedRows(analysis)];
}

/** Requests of each phase that had traffic, by variant. */
function phaseTraffic({ experiment, evidence: { ledger } }: Analysis): PhaseTraffic[] {
  if (!ledger) {
    return [];
  }
  const randomised = randomisedVariants(experiment);
  return phasesOf(ledger).map((phase) => ({
    phase,
    requests: Object.fromEntries(
      randomised.map((variant) => [
        variant.name,
        Math.round(sumStatistics(ledger, variant, { phase }).counters.requests ?? 0),
      ]),
    ),
  }));
}

/** A name no variant maps to is listed, never dropped. */
function unmappedRows({ evidence }: Analysis): VariantRow[] {
  const { ledger, ledgerState } = evidence;
  return (ledger?.unmapped ?? []).map((name) => {
    const { counters } = ledger ? sumStatistics(ledger, { name, role: 'treatment', alias: {} }) : { counters: null };
    return {
      variant: name, role: 'treatment', requests: counters?.requests == null ? null : Math.round(counters.requests), trafficShare: null,
      expectedShare: null, errorRate: null, latencyMeanMs: null, latencyP95Ms: null, accuracy: null, precision: null,
      recall: null, runs: null, source: sourceOfTraffic(evidence), state: ledgerState,
    }; // prettier-ignore
  });
}

/** The share each variant should have over the whole window: each phase's split, weighted by that phase's traffic. */
function expectedShares({ experiment, evidence: { ledger } }: Analysis, total: number): Map<string, number> {
  const randomised = randomisedVariants(experiment);
  if (!ledger || total <= 0) {
    const [phase] = experiment.phases.slice(-1);
    return new Map(Object.entries(phase?.split ?? {}));
  }
  const shares = new Map<string, number>();
  experiment.phases.forEach(({ split }, phase) => {
    const inPhase = randomised.reduce(
      (sum, variant) => sum + (sumStatistics(ledger, variant, { phase }).counters.requests ?? 0),
      0,
    );
    for (const { name } of randomised) {
      shares.set(name, (shares.get(name) ?? 0) + ((split[name] ?? 0) * inPhase) / total);
    }
  });
  return shares;
}

const DEFAULT_VALUE: ExperimentValue = 'seq_p';

/**
 * One number a comparison, for alert rules: labels are the experiment, metric and variant, and nothing that can change.
 * @throws FailureError when no number is left, so that the rule errs instead of staying silent
 */
function numbers(analysis: Analysis, query: ExperimentQuery): DataFrame[] {
  const { experiment } = analysis;
  const value = query.value ?? DEFAULT_VALUE;
  const notices = noticesOf(analysis);
  if (value === 'srm_p') {
    const srm = analysis.checks.find(({ check }) => check === 'srm');
    return refuseSilence(
      [numericFrame(value, { experiment: experiment.id }, srm?.pValue ?? null, { notices })],
      analysis,
    );
  }
  const frames = analysis.comparisons
    .filter(({ metric }) => query.metric === undefined || metric.id === query.metric)
    .map((row) =>
      numericFrame(
        value,
        { experiment: experiment.id, metric: row.metric.id, variant: row.variant },
        value === 'harm_p' ? harmOf(analysis, row) : valueOf(row, value),
        { notices },
      ),
    );
  return refuseSilence(frames, analysis);
}

function refuseSilence(frames: DataFrame[], { failures }: Analysis): DataFrame[] {
  const [failure] = failures;
  const isSilent = frames.every(({ fields }) => fields.every(({ values }) => values[0] === null));
  if (isSilent && failure) {
    throw new FailureError(failure);
  }
  return frames;
}

function valueOf(
  { comparison, adjustedP }: ComparedRow,
  value: Exclude<ExperimentValue, 'srm_p' | 'harm_p'>,
): number | null {
  const { absolute, relative, guardrail } = comparison;
  switch (value) {
    case 'lift_abs':
      return absolute?.estimate ?? null;
    case 'lift_rel':
      return relative?.estimate ?? null;
    case 'ci_low':
      return absolute?.fixed.low ?? null;
    case 'ci_high':
      return absolute?.fixed.high ?? null;
    case 'p_value':
      return absolute?.pValue ?? null;
    case 'p_adjusted':
      return adjustedP;
    case 'seq_ci_low':
      return absolute?.sequential?.low ?? null;
    case 'seq_ci_high':
      return absolute?.sequential?.high ?? null;
    case 'seq_p':
      return absolute?.sequentialPValue ?? null;
    case 'chance_to_win':
      return comparison.chanceToWin;
    case 'expected_loss':
      return comparison.expectedLoss;
    case 'harm_bound':
      return guardrail?.harmBound ?? null;
    case 'margin_excess':
      return guardrail?.excess ?? null;
    case 'verdict':
      return absolute ? VERDICT_CODES[comparison.verdict] : null;
    case 'value_control':
      return comparison.valueControl;
    case 'value_variant':
      return comparison.valueVariant;
    case 'days_left':
      return comparison.progress?.daysLeft ?? null;
    case 'power':
      return comparison.power;
  }
}
