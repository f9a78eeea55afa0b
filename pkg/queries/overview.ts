/** `overview`: the live numbers in one row, and every experiment's status. */
import type { FieldProvenance, UpliftMeta } from '../../src/contract/frames';
import { DATA_SOURCE_WORDS } from '../../src/calc/provenance';
import type { Failure } from '../../src/contract/failure';
import { FailureError } from '../../src/contract/failure';
import type { OverviewQuery } from '../../src/contract/query';
import type { Analysis } from '../experiment/analysis';
import { analyseExperiment } from '../experiment/analysis';
import { randomisedVariants } from '../experiment/checks';
import { leadingRow } from '../experiment/leader';
import type { Experiment, KnownExperiment } from '../experiment/definition';
import { overlayDefinition, settleExperiment } from '../experiment/definition';
import { failureOf } from '../sources/thrown';
import { sumStatistics } from '../experiment/ledger';
import { experimentMeta } from '../experiment/meta';
import { distinctFailures, noticeOf, provenanceOf } from '../experiment/provenance';
import { findAmong } from '../experiment/resolve';
import { ALIGNMENT_MS, alignDown } from '../experiment/window';
import { dailyNetOf } from '../experiment/worth';
import type { DataFrame, Notice } from '../sdk/frame';
import type { QueryContext } from './context';
import { originOfRow, trafficOrigin, withOrigins } from './origin';
import type { DayTotals, Entry, ExperimentStatus, Summary } from './overview-frames';
import { EXPERIMENT_COLUMNS, overviewColumns } from './overview-frames';
import { numericFrame, tableOf } from './table';

const DAY_MS = 86_400_000;
const DEFAULT_VALUE = 'active_experiments';
/** More experiments than this are listed without being analysed, and said so. */
const MOST_ANALYSED = 20;

export async function answerOverview(query: OverviewQuery, context: QueryContext): Promise<DataFrame[]> {
  const { catalogue } = context.instance;
  // At once, so that a store that fails is asked but once: two failures in a row would take it for down.
  const [{ experiments, failures }, whole] = await Promise.all([
    catalogue.read(context.skipCache, query.experiment || undefined),
    countsActive(query) ? catalogue.read(context.skipCache) : null,
  ]);
  const wanted = query.experiment
    ? [overlayDefinition(findAmong(experiments, failures, query.experiment), query.definition)]
    : experiments;
  const entries = await Promise.all(
    wanted.map((known, index) => readEntry(known, query, context, index < MOST_ANALYSED)),
  );
  const running = entries.filter(({ status }) => status === 'active');
  const single = entries.length === 1 ? entries[0] : running.length === 1 ? running[0] : undefined;
  const active = whole === null ? null : countActive(whole.experiments, query, context);
  const all = collectFailures([...failures, ...(whole?.failures ?? [])], entries);
  const summary = summaryOf(entries, single, active, context);
  if (query.format === 'numeric') {
    return [numberOf(query, summary, all, context, whole?.isKept === true)];
  }
  const uplift: UpliftMeta = {
    frame: 'overview',
    provenance:
      single?.analysis?.provenance ??
      provenanceOf(
        entries.flatMap(({ analysis }) => analysis?.provenance.sources ?? []),
        context.now,
        entries.some(isSimulated),
      ),
    experiment: single?.analysis ? experimentMeta(single.analysis.experiment, single.analysis.metrics) : undefined,
    failures: all,
  };
  const notices: Notice[] = all.map(noticeOf);
  if (!single && entries.length > 0) {
    notices.push({
      severity: 'info',
      text: 'Several experiments are meant: accuracies and value are shown for a single one. Choose an experiment.',
    });
  }
  if (entries.length > MOST_ANALYSED) {
    notices.push({
      severity: 'info',
      text: `Only the first ${MOST_ANALYSED} of ${entries.length} experiments were analysed.`,
    });
  }
  return [
    withOrigins(
      tableOf('overview', [summary], overviewColumns(summary.currency), { type: 'table', custom: { uplift }, notices }),
      single?.analysis ? summaryOrigins(single.analysis, context) : {},
    ),
    tableOf('experiments', entries, EXPERIMENT_COLUMNS, {
      type: 'table',
      custom: { uplift: { ...uplift, frame: 'experiments' } },
    }),
  ];
}

async function readEntry(
  known: KnownExperiment,
  query: OverviewQuery,
  context: QueryContext,
  isAnalysed: boolean,
): Promise<Entry> {
  const { now } = context;
  let experiment: Experiment;
  try {
    experiment = settleExperiment(known);
  } catch (error) {
    return { known, experiment: null, status: 'misconfigured', analysis: null, day: null, failure: failureOf(error) };
  }
  const status = statusOf(experiment, now);
  if (!isAnalysed) {
    return { known, experiment, status, analysis: null, day: null, failure: null };
  }
  try {
    const [analysis, day] = await Promise.all([
      analyseExperiment(context.instance, {
        experiment: known.definition.id,
        definition: query.definition,
        window: 'experiment',
        method: 'sequential',
        correction: 'holm',
        range: context.range,
        now,
        skipCache: context.skipCache,
        isAlert: context.isAlert,
        needs: { traffic: true, evaluations: needsEvaluations(query, context) },
      }),
      readDay(experiment, query, context),
    ]);
    return { known, experiment, status, analysis, day, failure: null };
  } catch (error) {
    return { known, experiment, status, analysis: null, day: null, failure: failureOf(error) };
  }
}

/** Where in its life an experiment is. */
export function statusOf({ start, end }: Experiment, now: number): ExperimentStatus {
  if (start === null) {
    return 'no-start';
  }
  if (now < start) {
    return 'scheduled';
  }
  return end !== null && now >= end ? 'ended' : 'active';
}

/** An alert reads only the stores its value needs. Whether a test is active any store may vouch for. */
function needsEvaluations({ value }: OverviewQuery, { isAlert }: QueryContext): boolean {
  return !isAlert || (value !== 'total_requests_24h' && value !== 'avg_response_time_ms' && value !== 'error_rate');
}

async function readDay(experiment: Experiment, query: OverviewQuery, context: QueryContext): Promise<DayTotals | null> {
  const to = alignDown(context.now, ALIGNMENT_MS);
  const { ledger } = await context.instance.evidence.read({
    experiment,
    window: { from: to - DAY_MS, to },
    bucketMs: null,
    dimension: null,
    now: context.now,
    skipCache: context.skipCache,
    measuredOnly: context.isAlert,
    // Both, so that the day is simulated where the test is, and never beside a store that answers.
    needs: { traffic: true, evaluations: needsEvaluations(query, context) },
  });
  if (!ledger) {
    return null;
  }
  // A shadow's copies are nobody's requests.
  const arms = randomisedVariants(experiment).map((variant) => sumStatistics(ledger, variant).counters);
  const sum = (key: 'requests' | 'errors' | 'latencySumMs' | 'latencyCount') =>
    arms.reduce<number | null>((total, arm) => (arm[key] === null ? total : (total ?? 0) + arm[key]), null);
  const requests = sum('requests');
  return requests === null
    ? null
    : { requests, errors: sum('errors'), latencySumMs: sum('latencySumMs'), latencyCount: sum('latencyCount') };
}

const isSimulated = ({ analysis }: Entry): boolean => analysis?.provenance.level === 'simulated';

/** Of a single experiment each number has one origin; sums over several are as mixed as they are. */
function summaryOrigins(analysis: Analysis, { instance }: QueryContext): Record<string, FieldProvenance> {
  const traffic = trafficOrigin(analysis.evidence);
  const accuracy = originOfRow(leadingRow(analysis, 'accuracy'), analysis);
  const worth = dailyNetOf(instance.settings, analysis);
  return {
    baseline_accuracy: accuracy,
    enhanced_accuracy: accuracy,
    total_requests_24h: traffic,
    avg_response_time_ms: traffic,
    error_rate: traffic,
    ...(worth && {
      net_business_value: { state: worth.state, source: 'calc' as const, asOf: analysis.provenance.answeredAt },
    }),
  };
}

/** Whether the answer says how many experiments are active. */
const countsActive = ({ format, value = DEFAULT_VALUE }: OverviewQuery): boolean =>
  format !== 'numeric' || value === 'active_experiments';

/** How many experiments are active: of all that are known, also where the rest of the answer is about one of them. */
function countActive(
  experiments: readonly KnownExperiment[],
  query: OverviewQuery,
  { instance, now }: QueryContext,
): number {
  return experiments.filter((known) => {
    const isMeant = query.experiment === known.definition.id || query.experiment === known.definition.name;
    try {
      return statusOf(settleExperiment(isMeant ? overlayDefinition(known, query.definition) : known), now) === 'active';
    } catch (error) {
      instance.logger.debug({ error, experiment: known.definition.id }, 'not counted as active');
      return false;
    }
  }).length;
}

function summaryOf(
  entries: readonly Entry[],
  single: Entry | undefined,
  active: number | null,
  context: QueryContext,
): Summary {
  const days = (single ? [single] : entries).flatMap(({ day }) => (day ? [day] : []));
  const requests = days.reduce((sum, day) => sum + day.requests, 0);
  const share = (key: 'errors' | 'latencySumMs', of: 'requests' | 'latencyCount') => {
    const counted = days.filter((day) => day[key] !== null && day[of] !== null);
    const total = counted.reduce((sum, day) => sum + (day[of] ?? 0), 0);
    return total > 0 ? counted.reduce((sum, day) => sum + (day[key] ?? 0), 0) / total : null;
  };
  const analysis = single?.analysis ?? null;
  const accuracy = analysis && leadingRow(analysis, 'accuracy')?.comparison;
  const provenance =
    analysis?.provenance ??
    provenanceOf(
      entries.flatMap((entry) => entry.analysis?.provenance.sources ?? []),
      context.now,
      entries.some(isSimulated),
    );
  const worth = analysis && dailyNetOf(context.instance.settings, analysis);
  const percent = (fraction: number | null | undefined) => (fraction == null ? null : fraction * 100);
  return {
    data_source: DATA_SOURCE_WORDS[provenance.level],
    active_experiments: active,
    baseline_accuracy: percent(accuracy?.valueControl),
    enhanced_accuracy: percent(accuracy?.valueVariant),
    total_requests_24h: days.length ? Math.round(requests) : null,
    avg_response_time_ms: share('latencySumMs', 'latencyCount'),
    error_rate: share('errors', 'requests'),
    net_business_value: worth?.dailyNet ?? null,
    currency: worth?.currency ?? context.instance.settings.business.currency,
  };
}

function collectFailures(failures: readonly Failure[], entries: readonly Entry[]): Failure[] {
  const all = [
    ...failures,
    ...entries.flatMap(({ failure, analysis }) => [...(failure ? [failure] : []), ...(analysis?.failures ?? [])]),
  ];
  return distinctFailures(all);
}

/** @throws FailureError when the one value asked for is missing because a source failed, and in an alert when all did */
function numberOf(
  query: OverviewQuery,
  summary: Summary,
  failures: readonly Failure[],
  { isAlert }: QueryContext,
  isCountKept: boolean,
): DataFrame {
  const name = query.value ?? DEFAULT_VALUE;
  const value = summary[name];
  const [failure] = failures;
  const isBlind = isAlert && summary.data_source === DATA_SOURCE_WORDS['no-data'];
  const isKept = isAlert && isCountKept && name === 'active_experiments';
  if (failure && (value === null || isBlind || isKept)) {
    throw new FailureError(failure);
  }
  const isOfOne = query.experiment !== '' && name !== 'active_experiments';
  return numericFrame(name, isOfOne ? { experiment: query.experiment } : {}, value);
}
