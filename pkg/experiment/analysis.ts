/**
 * The analysis of one experiment: evidence, checks and comparisons, put together once and used by every query type that
 * speaks of it (`experiment`, `impact`, `overview`).
 */
import type { Provenance, SourceName, ValueState } from '../../src/calc/provenance';
import type { Correction } from '../../src/calc/stats/multiplicity';
import { adjustFamily } from '../../src/calc/stats/multiplicity';
import type { ReasonCode } from '../../src/calc/verdict';
import type { MetricDefinition, Unit } from '../../src/contract/experiment';
import type { Failure } from '../../src/contract/failure';
import { CHECK_NAMES } from '../../src/contract/frames';
import type { Settings } from '../../src/contract/settings';
import type { Instance } from '../instance';
import type { Period } from '../sources/period';
import { distinctFailures, provenanceOf } from './provenance';
import type { SplitCheck } from '../../src/calc/stats/split-check';
import { calibrationPeriod, checkCalibration } from './calibration';
import type { Check } from './checks';
import { checkCoverage, checkFreshness, checkFullWeeks, checkSampleSize, checkSrm, readSplit } from './checks';
import type { ComparedRow, ComparePlan } from './compare';
import { compareVariant, settleUnit } from './compare';
import type { Experiment, Variant } from './definition';
import { settleExperiment } from './definition';
import type { Evidence } from './evidence';
import type { Metric } from './metrics';
import { BUILT_IN_METRICS, settleMetrics } from './metrics';
import type { ExperimentReference } from './resolve';
import { resolveExperiment } from './resolve';
import { compareSegments } from './segments';
import { nameStandIns } from './stand-in';
import { checkDeploymentChanged, checkOverlap, checkSplitChanged } from './stability';
import type { TestWindow } from './window';
import { bucketWidth, testWindow } from './window';

export interface AnalysisRequest extends ExperimentReference {
  window: 'experiment' | 'range';
  range: Period;
  metrics?: readonly MetricDefinition[];
  /** Treatments to compare; empty or absent: all. */
  variants?: readonly string[];
  method: 'sequential' | 'fixed';
  correction: Correction;
  unit?: Unit;
  /** A dimension (label) to break the comparison down by. */
  breakdown?: string;
  now: number;
  skipCache: boolean;
  isAlert: boolean;
  needs?: { traffic: boolean; evaluations: boolean };
}

export interface Analysis {
  experiment: Experiment;
  window: TestWindow;
  metrics: Metric[];
  unit: Unit;
  bucketMs: number;
  plan: ComparePlan;
  evidence: Evidence;
  comparisons: ComparedRow[];
  /** The dimension of the breakdown; null without one. */
  dimension: string | null;
  /** The comparisons inside each segment of the breakdown; empty without one. */
  segments: ComparedRow[];
  /** The other built-in metrics, which money may need though the definition does not list them. */
  unshown: ComparedRow[];
  checks: Check[];
  /** The traffic against the declared split; null where that cannot be said. */
  split: SplitCheck | null;
  provenance: Provenance;
  /** Seconds past which each source's newest sample is stale. */
  freshness: Settings['freshness'];
  failures: Failure[];
}

/** @throws FailureError when the experiment cannot be settled; a store that is away is a failure value in the answer */
export async function analyseExperiment(instance: Instance, request: AnalysisRequest): Promise<Analysis> {
  const { now } = request;
  const resolved = await resolveExperiment(instance.catalogue, request, request.skipCache);
  const { experiment } = resolved;
  const metrics = settleMetrics(request.metrics, experiment.metrics, instance.settings.mapping.prometheus.metrics);
  const window = testWindow(experiment, request.window, request.range, now);
  const bucketMs = bucketWidth(window);
  const readEvidence = (width: number | null, dimension: string | null, period: Period = window) =>
    instance.evidence.read({
      experiment,
      window: period,
      bucketMs: width,
      dimension,
      // Only versions are read without buckets, and they are told by requests alone.
      onlyRequests: width === null,
      now,
      skipCache: request.skipCache,
      measuredOnly: request.isAlert,
      needs: {
        traffic: request.needs?.traffic ?? true,
        evaluations: dimension === null && (request.needs?.evaluations ?? true),
      },
    });
  const [evidence, bySegment] = await Promise.all([
    readEvidence(bucketMs, null),
    request.breakdown ? readEvidence(bucketMs, request.breakdown) : null,
  ]);
  const { version, instance: instanceLabel } = instance.settings.mapping.prometheus;
  const unit = settleUnit(request.unit, experiment, evidence.ledger);
  const before = calibrationPeriod(experiment, window);
  const [byVersion, byInstance] = await Promise.all([
    version === null ? null : readEvidence(null, version),
    before && evidence.ledgerState === 'measured' ? readEvidence(bucketMs, instanceLabel, before) : null,
  ]);
  const calibration = checkCalibration(experiment, byInstance, unit);
  // A sound check of made-up traffic would reassure of nothing.
  const counted = evidence.ledgerState === 'simulated' ? null : evidence.ledger;
  const split = readSplit(experiment, counted, window);
  const early = [
    checkSrm(split),
    checkCoverage(experiment, counted, window),
    checkFreshness(evidence.readings, now),
    checkSplitChanged(experiment, counted),
    checkDeploymentChanged(experiment, byVersion?.ledger ?? null),
    checkFullWeeks(window),
    checkOverlap(experiment, await otherExperiments(instance, experiment), now),
    calibration.check,
  ];
  const plan: ComparePlan = {
    decision: request.method,
    anchored: window.anchored,
    elapsedDays: (window.to - window.from) / 86_400_000,
    unit,
    blocks: blocksOf(early, evidence),
    inflation: calibration.inflation,
  };
  const planned = treatments(experiment);
  const isAsked = ({ name }: Variant) => !request.variants?.length || request.variants.includes(name);
  const compared = planned.filter(isAsked);
  const compareAll = (variants: readonly Variant[], wanted: readonly Metric[]) =>
    variants.flatMap((variant) => wanted.map((metric) => compareVariant(experiment, metric, variant, evidence, plan)));
  // Settled over all that was planned: leaving a variant out of a panel must not make another one win.
  const family = settleFamily(compareAll(planned, metrics), request.correction, experiment.alpha);
  const comparisons = nameStandIns(
    family.filter((row) => compared.some(({ name }) => name === row.variant)),
    evidence,
    now,
  );
  const segments = bySegment
    ? nameStandIns(
        compareSegments(experiment, metrics, compared, bySegment, { ...plan, blocks: blocksOf(early, bySegment) }),
        bySegment,
        now,
      )
    : [];
  const unshown = BUILT_IN_METRICS.filter((id) => !metrics.some((metric) => metric.id === id));
  return {
    experiment,
    window,
    metrics: metrics.map((metric) => comparisons.find((row) => row.metric.id === metric.id)?.metric ?? metric),
    unit,
    bucketMs,
    plan,
    evidence,
    comparisons,
    dimension: request.breakdown ?? null,
    segments,
    unshown: unshown.length
      ? compareAll(
          compared,
          settleMetrics(
            unshown.map((id) => ({ id, role: 'secondary' })),
            null,
            [],
          ),
        )
      : [],
    split: 'missing' in split ? null : split,
    checks: inOrder([...early, checkSampleSize(comparisons)]),
    provenance: provenanceOf(evidence.readings, now, evidence.ledgerState === 'simulated'),
    freshness: instance.settings.freshness,
    failures: distinctFailures([...resolved.failures, ...evidence.failures, ...(bySegment?.failures ?? [])]),
  };
}

const inOrder = (checks: readonly Check[]): Check[] =>
  checks.toSorted((a, b) => CHECK_NAMES.indexOf(a.check) - CHECK_NAMES.indexOf(b.check));

/** The other experiments that can be settled; one that cannot is its owner's concern, not this answer's. */
async function otherExperiments(instance: Instance, { id }: Experiment): Promise<Experiment[]> {
  const { experiments } = await instance.catalogue.read(false, id);
  return experiments.flatMap((known) => {
    try {
      return known.definition.id === id ? [] : [settleExperiment(known)];
    } catch (error) {
      instance.logger.debug({ error, experiment: known.definition.id }, 'left out of the overlap check');
      return [];
    }
  });
}

/** The variants that are compared with the control, in the order of the definition. */
const treatments = ({ variants }: Experiment): Variant[] =>
  variants.filter(({ role }) => role !== 'control' && role !== 'holdout');

function blocksOf(checks: readonly Check[], evidence: Evidence): ComparePlan['blocks'] {
  const withheld = (source: SourceName | undefined, state: ValueState): ReasonCode[] => {
    if (state === 'estimated' || state === 'simulated') {
      return [state];
    }
    return evidence.readings.some((reading) => reading.source === source && reading.state === 'stale') ? ['stale'] : [];
  };
  return {
    all: checks.flatMap(({ block }) => (block ? [block] : [])),
    traffic: withheld(evidence.ledger?.source, evidence.ledgerState),
    offline: withheld('mlflow', evidence.evaluationsState),
  };
}

/** The p-value of a planned comparison that has no number. */
const NOTHING_SHOWN = 1;

/**
 * Adjusts p over the family of goal metrics × treatments, and takes back a decision that does not survive it: the more
 * one looks for, the more one finds by chance. Guardrails and secondary metrics stand outside the family. A goal whose
 * store is away stays in it, as one that showed nothing: an outage must not make the others win.
 */
export function settleFamily(rows: readonly ComparedRow[], correction: Correction, alpha: number): ComparedRow[] {
  const family = rows.filter(({ metric }) => metric.role === 'goal');
  const fixed = adjustFamily(
    family.map(({ comparison }) => comparison.absolute?.pValue ?? NOTHING_SHOWN),
    correction,
  );
  const deciding = adjustFamily(
    family.map(
      ({ comparison }) => comparison.absolute?.sequentialPValue ?? comparison.absolute?.pValue ?? NOTHING_SHOWN,
    ),
    correction,
  );
  return rows.map((row) => {
    const index = family.indexOf(row);
    if (index < 0 || row.comparison.absolute === null) {
      return row;
    }
    const adjustedP = fixed[index] ?? null;
    const isDecided = row.comparison.verdict === 'winner' || row.comparison.verdict === 'loser';
    if (!isDecided || family.length < 2 || (deciding[index] ?? 1) <= alpha) {
      return { ...row, adjustedP };
    }
    const words = `decided alone, but not among ${family.length} comparisons`;
    return {
      ...row,
      adjustedP,
      comparison: {
        ...row.comparison,
        verdict: 'inconclusive',
        reasons: [{ code: 'not-decided', words }, ...row.comparison.reasons],
      },
    };
  });
}
