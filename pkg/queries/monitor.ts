/** `monitor`: how a served model is used and performs over time, by variant, environment or any other dimension. */
import { DRIFTED_FROM, WATCH_FROM } from '../../src/calc/drift/psi';
import type { SourceName, SourceReading, ValueState } from '../../src/calc/provenance';
import type { FieldProvenance, UpliftMeta } from '../../src/contract/frames';
import type { Failure } from '../../src/contract/failure';
import { FailureError } from '../../src/contract/failure';
import type { MonitorMetric, MonitorQuery } from '../../src/contract/query';
import type { Experiment } from '../experiment/definition';
import { experimentAlias, variantByAlias } from '../experiment/definition';
import { failureOf, tooOld } from '../experiment/evidence';
import { experimentMeta } from '../experiment/meta';
import { resolveExperiment } from '../experiment/resolve';
import { alignDown } from '../experiment/window';
import type { DataFrame, FieldConfig } from '../sdk/frame';
import type { Period, Source, Timeline, TimelineSeries } from '../sources/source';
import type { QueryContext } from './context';
import { noticeOf, provenanceOf, SOURCE_LABELS } from '../experiment/provenance';
import { filtersFor } from './monitor-filters';
import { answerAlerts } from './monitor-alerts';
import { answerDrift } from './monitor-drift';
import { answerFacts } from './monitor-facts';
import { summariesOf, summaryFrame } from './monitor-summary';
import { stepOf } from './step';
import { numericFrame } from './table';

/** Metrics only InfluxDB keeps; the others are asked of Prometheus first. */
const ONLY_INFLUX: ReadonlySet<MonitorMetric> = new Set(['prediction', 'rows_scored', 'drift']);

const UNITS: Record<MonitorMetric, FieldConfig> = {
  requests: { unit: 'reqpm', min: 0 },
  error_rate: { unit: 'percentunit', min: 0 },
  latency_mean_ms: { unit: 'ms', min: 0 },
  latency_p95_ms: { unit: 'ms', min: 0 },
  accuracy: { unit: 'percentunit' },
  prediction: {},
  rows_scored: { unit: 'locale', min: 0 },
  errors: { unit: 'locale', min: 0 },
  drift: { min: 0, custom: { uplift: { bands: { watch: WATCH_FROM, drifted: DRIFTED_FROM } } } },
};

type TimelineSource = Source & Required<Pick<Source, 'timeline'>>;
const keepsTimelines = (source: Source | undefined): source is TimelineSource => source?.timeline !== undefined;

export async function answerMonitor(query: MonitorQuery, context: QueryContext): Promise<DataFrame[]> {
  const { instance, now } = context;
  const { experiment, failures } = query.experiment
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
  const isSummary = query.format === 'table' || (query.format === 'numeric' && query.change);
  const [{ timeline, source, readings: asked, standsIn }, before, offline] = await Promise.all([
    readTimeline(query, context, experiment, failures),
    isSummary && query.change ? readTimeline(query, earlier(context), experiment, []) : null,
    modelStore,
  ]);
  const readings = [...offline, ...asked];
  const uplift: UpliftMeta = {
    frame: `monitor:${query.metric}`,
    provenance: provenanceOf(readings, now),
    experiment: experiment ? experimentMeta(experiment, []) : undefined,
    failures,
  };
  if (!timeline) {
    const [failure] = failures;
    if (failure) {
      throw new FailureError(failure);
    }
    return [
      { name: query.metric, fields: [], meta: { custom: { uplift }, notices: [{ severity: 'info', text: NOTHING }] } },
    ];
  }
  const state: ValueState = standsIn ? 'estimated' : 'measured';
  const origin: FieldProvenance = { state, source: source.name, asOf: timeline.newestSample };
  const notices = [
    ...failures.map(noticeOf),
    ...(standsIn
      ? [{ severity: 'warning' as const, text: `${SOURCE_LABELS[source.name]} stands in: estimated.` }]
      : []),
    ...timeline.warnings.map((text) => ({ severity: 'warning' as const, text })),
  ];
  const executedQueryString = timeline.executed.join('\n');
  const series = order(timeline.series, experiment, source.name);
  if (isSummary) {
    const previous = before?.timeline ? order(before.timeline.series, experiment, before.source.name) : [];
    const summaries = summariesOf(query.metric, series, previous);
    return query.format === 'numeric'
      ? summaries.map(({ labels, change }) =>
          numericFrame(`${query.metric}_change`, labels, change, { notices, executedQueryString }),
        )
      : [summaryFrame(query, summaries, UNITS[query.metric], uplift, { notices, executedQueryString })];
  }
  if (query.format === 'numeric') {
    return series.map(({ labels, values }) =>
      numericFrame(query.metric, labels, lastFinite(values), { notices, executedQueryString }),
    );
  }
  return series.map(({ labels, times, values }, index) => ({
    name: query.metric,
    fields: [
      { name: 'time', type: 'time', values: times },
      {
        name: query.metric,
        type: 'number',
        labels,
        config: { ...UNITS[query.metric], custom: { uplift: origin } },
        values: gapsAsNull(values),
      },
    ],
    meta: {
      type: 'timeseries-multi',
      typeVersion: [0, 1],
      executedQueryString,
      custom: { uplift },
      notices: index === 0 ? notices : undefined,
    },
  }));
}

/** The same question over the equal period before. */
function earlier(context: QueryContext): QueryContext {
  const { from, to } = context.range;
  return { ...context, range: { from: from - (to - from), to: from } };
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

const NOTHING = 'No source that holds this metric is configured.';

async function readTimeline(
  query: MonitorQuery,
  context: QueryContext,
  experiment: Experiment | null,
  failures: Failure[],
) {
  const { sources } = context.instance;
  const holders = ONLY_INFLUX.has(query.metric) ? [sources.influx] : [sources.prometheus, sources.influx];
  const configured = holders.filter(keepsTimelines);
  // No alert takes a stand-in's values for measured ones.
  const order = context.isAlert ? configured.slice(0, 1) : configured;
  const readings: SourceReading[] = [];
  const stepMs = stepOf(context);
  const period = { from: alignDown(context.range.from, stepMs), to: alignDown(context.range.to, stepMs) };
  for (const source of order) {
    try {
      const timeline = await source.timeline(
        {
          metric: query.metric,
          experiment: experiment && experimentAlias(experiment, source.name),
          by: query.by,
          filters: filtersFor(query, experiment, source.name),
          period,
          stepMs,
        },
        context.signal,
      );
      const reading = readingOf(source.name, timeline, period, context);
      readings.push(reading);
      if (reading.state === 'stale' && context.isAlert) {
        failures.push(tooOld(reading, context.instance.settings.freshness[source.name], context.now));
      } else if (reading.state !== 'empty') {
        return { timeline, source, readings, standsIn: source !== configured[0] };
      }
    } catch (error) {
      const failure = failureOf(error, source.name);
      failures.push(failure);
      readings.push({ source: source.name, state: 'down', endpoint: 'primary', asOf: null, reason: failure.message });
    }
  }
  return { timeline: null, source: null, readings, standsIn: false } satisfies {
    timeline: Timeline | null;
    source: null;
    readings: SourceReading[];
    standsIn: boolean;
  };
}

/** Whether a series is current is asked of a chart that ends now; one of last week is as old as it is meant to be. */
function readingOf(name: SourceName, timeline: Timeline, period: Period, { instance }: QueryContext): SourceReading {
  const { series, endpoint, newestSample } = timeline;
  if (series.length === 0) {
    return { source: name, state: 'empty', endpoint, asOf: null, reason: 'no samples in the range' };
  }
  const isStale = newestSample !== null && period.to - newestSample > instance.settings.freshness[name] * 1000;
  return { source: name, state: isStale ? 'stale' : 'ok', endpoint, asOf: newestSample };
}

/** The experiment's own names and order, so that colours stay; names no variant maps to come last. */
function order(series: TimelineSeries[], experiment: Experiment | null, source: Source['name']): TimelineSeries[] {
  if (!experiment) {
    return series;
  }
  const rank = new Map(experiment.variants.map(({ name }, index) => [name, index]));
  return series
    .map((one) => {
      const alias = one.labels.variant;
      const variant = alias === undefined ? undefined : variantByAlias(experiment, source, alias);
      return variant ? { ...one, labels: { ...one.labels, variant: variant.name } } : one;
    })
    .sort((a, b) => (rank.get(a.labels.variant ?? '') ?? rank.size) - (rank.get(b.labels.variant ?? '') ?? rank.size));
}

const gapsAsNull = (values: Float64Array): Array<number | null> =>
  Array.from(values, (value) => (Number.isFinite(value) ? value : null));

function lastFinite(values: Float64Array): number | null {
  return values.findLast((value) => Number.isFinite(value)) ?? null;
}
