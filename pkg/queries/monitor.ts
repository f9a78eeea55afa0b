/** `monitor`: how a served model is used and performs over time, by variant, environment or any other dimension. */
import type { SourceReading, ValueState } from '../../src/calc/provenance';
import type { FieldProvenance, UpliftMeta } from '../../src/contract/frames';
import { FailureError } from '../../src/contract/failure';
import type { MonitorMetric, MonitorQuery } from '../../src/contract/query';
import type { Experiment } from '../experiment/definition';
import { experimentMeta } from '../experiment/meta';
import { distinctFailures, noticeOf, provenanceOf } from '../experiment/provenance';
import { SOURCE_LABELS } from '../../src/calc/provenance';
import { resolveExperiment } from '../experiment/resolve';
import { alignPeriod } from '../experiment/window';
import type { DataFrame, FieldConfig, FrameMeta, Notice } from '../sdk/frame';
import type { Period } from '../sources/period';
import type { QueryContext } from './context';
import { answerAlerts } from './monitor-alerts';
import { answerDrift } from './monitor-drift';
import { bandsOf } from './monitor-drift-measures';
import { answerFacts } from './monitor-facts';
import { summariesOf, summaryFrame } from './monitor-summary';
import type { FoundTimeline } from './monitor-timeline';
import { readTimeline } from './monitor-timeline';
import { stepOf } from './step';
import { numericFrame, seriesMeta } from './table';

const UNITS: Record<MonitorMetric, FieldConfig> = {
  requests: { unit: 'reqpm', min: 0 },
  error_rate: { unit: 'percentunit', min: 0 },
  latency_mean_ms: { unit: 'ms', min: 0 },
  latency_p95_ms: { unit: 'ms', min: 0 },
  accuracy: { unit: 'percentunit' },
  prediction: {},
  rows_scored: { unit: 'locale', min: 0 },
  errors: { unit: 'locale', min: 0 },
  drift: { min: 0 },
};

const NOTHING = 'No configured source holds this metric in the range.';

/** @throws FailureError when nothing is left to show */
export async function answerMonitor(query: MonitorQuery, context: QueryContext): Promise<DataFrame[]> {
  const { instance, now } = context;
  const { experiment, failures: unresolved } = query.experiment
    ? await resolveExperiment(instance.catalogue, query, context.skipCache)
    : { experiment: null, failures: [] };

  const modelStore = experiment ? readModelStore(experiment, context) : Promise.resolve([]);
  switch (query.view) {
    case 'facts':
      return answerFacts(query, context, experiment, await modelStore);
    case 'alerts':
      return answerAlerts(query, context, experiment, await modelStore);
    case 'series':
      break;
  }
  if (query.metric === 'drift' && query.method !== 'stored') {
    return answerDrift({ ...query, method: query.method }, context, experiment, await modelStore);
  }
  const stepMs = stepOf(context);
  const period = alignPeriod(context.range, stepMs);
  const isOverTime = query.format === 'timeseries';
  const read = (over: Period) => readTimeline(query, context, experiment, over, isOverTime ? stepMs : null);
  const comparesPeriods = isOverTime ? query.withPrevious : query.change;
  const [current, before, offline] = await Promise.all([
    read(period),
    comparesPeriods ? read(periodBefore(period)) : null,
    modelStore,
  ]);
  const failures = distinctFailures([...unresolved, ...current.failures, ...(before?.failures ?? [])]);
  const uplift: UpliftMeta = {
    frame: `monitor:${query.metric}`,
    provenance: provenanceOf([...offline, ...current.readings], now),
    experiment: experiment ? experimentMeta(experiment, []) : undefined,
    failures,
  };
  const { found } = current;
  if (!found) {
    const [failure] = failures;
    if (failure) {
      throw new FailureError(failure);
    }
    if (query.format === 'numeric') {
      return numbers(query, experiment, [], {});
    }
    const notices = [NOTHING, ...current.remarks].map((text): Notice => ({ severity: 'info', text }));
    return [{ name: query.metric, fields: [], meta: { custom: { uplift }, notices } }];
  }
  const meta: FrameMeta = {
    notices: [...failures.map(noticeOf), ...noticesOf(found)],
    executedQueryString: [...found.executed, ...(before?.found?.executed ?? [])].join('\n'),
  };
  switch (query.format) {
    case 'table': {
      const config = configOf(query, found);
      return [summaryFrame(query, summariesOf(found.series, before?.found?.series ?? []), config, uplift, meta)];
    }
    case 'numeric': {
      const summaries = summariesOf(found.series, before?.found?.series ?? []);
      const values = summaries.map(({ labels, value, change }) => ({ labels, value: query.change ? change : value }));
      return numbers(query, experiment, values, meta);
    }
    case 'timeseries': {
      const ghosts = before?.found ? seriesFrames(query, before.found, uplift, {}, period.to - period.from) : [];
      return [...seriesFrames(query, found, uplift, meta, 0), ...ghosts];
    }
  }
}

/** The equal period before. */
function periodBefore({ from, to }: Period): Period {
  return { from: from - (to - from), to: from };
}

/** The chart itself needs no MLflow, but its badge must say the same as the other panels' on the dashboard. */
async function readModelStore(experiment: Experiment, context: QueryContext): Promise<SourceReading[]> {
  const { readings } = await context.instance.evidence.read({
    experiment,
    window: context.range,
    bucketMs: null,
    dimension: null,
    now: context.now,
    skipCache: context.skipCache,
    measuredOnly: true,
    needs: { traffic: false, evaluations: !context.isAlert },
  });
  return readings;
}

function noticesOf({ standsIn, source, warnings }: FoundTimeline): Notice[] {
  const standIn = standsIn ? [`${SOURCE_LABELS[source]} stands in: estimated.`] : [];
  return [...standIn, ...warnings].map((text) => ({ severity: 'warning', text }));
}

/** Unit, origin and, of drift, bands. @param period `previous` for a ghost */
function configOf(query: MonitorQuery, found: FoundTimeline, period?: 'previous'): FieldConfig {
  const state: ValueState = found.standsIn ? 'estimated' : 'measured';
  const uplift: FieldProvenance = {
    state,
    source: found.source,
    asOf: found.newestSample,
    ...(query.metric === 'drift' && { bands: bandsOf(query) }),
    ...(period && { period }),
  };
  return { ...UNITS[query.metric], custom: { uplift } };
}

/** @param shiftMs moves an earlier period's times onto the current one's axis */
function seriesFrames(
  query: MonitorQuery,
  found: FoundTimeline,
  uplift: UpliftMeta,
  { notices, executedQueryString }: FrameMeta,
  shiftMs: number,
): DataFrame[] {
  const config = configOf(query, found, shiftMs > 0 ? 'previous' : undefined);
  return found.series.map(({ labels, times, values }, index) => ({
    name: query.metric,
    fields: [
      { name: 'time', type: 'time', values: shiftMs === 0 ? times : times.map((time) => time + shiftMs) },
      { name: query.metric, type: 'number', labels, config, values: gapsAsNull(values) },
    ],
    meta: seriesMeta(index, { executedQueryString, custom: { uplift }, notices }),
  }));
}

/**
 * One number a series, for alert rules: labels are the experiment, the metric and the dimensions asked for. A variant of
 * which nothing is known is null, not absent: its alert instance must not come and go.
 */
function numbers(
  query: MonitorQuery,
  experiment: Experiment | null,
  found: ReadonlyArray<{ labels: Record<string, string>; value: number | null }>,
  meta: FrameMeta,
): DataFrame[] {
  const { variant: wanted = [] } = query.filters;
  const isByVariant = query.by.length === 1 && query.by[0] === 'variant';
  const missing = (isByVariant ? (experiment?.variants ?? []) : [])
    .filter(({ name }) => wanted.length === 0 || wanted.includes(name))
    .filter(({ name }) => found.every(({ labels }) => labels.variant !== name))
    .map(({ name }) => ({ labels: { variant: name }, value: null }));
  const own = { ...(experiment ? { experiment: experiment.id } : {}), metric: query.metric };
  const name = query.change ? `${query.metric}_change` : query.metric;
  return [...found, ...missing].map(({ labels, value }) => numericFrame(name, { ...own, ...labels }, value, meta));
}

const gapsAsNull = (values: Float64Array): Array<number | null> =>
  Array.from(values, (value) => (Number.isFinite(value) ? value : null));
