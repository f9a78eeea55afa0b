/** One monitoring metric read from the first store that holds it. */
import type { SourceName, SourceReading } from '../../src/calc/provenance';
import type { Failure } from '../../src/contract/failure';
import type { MonitorMetric, MonitorQuery } from '../../src/contract/query';
import type { Experiment } from '../experiment/definition';
import { experimentAlias } from '../experiment/definition';
import { tooOld } from '../experiment/evidence';
import type { TimelineSource } from '../experiment/monitoring';
import { failureOf } from '../sources/thrown';
import type { Timeline, TimelineSeries } from '../sources/capabilities/timeline';
import type { Period } from '../sources/period';
import type { Source } from '../sources/source';
import type { QueryContext } from './context';
import { filtersFor } from './monitor-filters';
import { inVariantOrder, ownLabels } from './monitor-labels';

/** Metrics only InfluxDB keeps; the others are asked of Prometheus first. */
const ONLY_INFLUX: ReadonlySet<MonitorMetric> = new Set(['prediction', 'rows_scored', 'drift']);

const keepsTimelines = (source: Source | undefined): source is TimelineSource => source?.timeline !== undefined;

/** What a store answered, its series under the experiment's own names and in its order. */
export interface FoundTimeline {
  source: SourceName;
  series: TimelineSeries[];
  newestSample: number | null;
  warnings: string[];
  executed: string[];
  /** Another store than the one the metric belongs to. */
  standsIn: boolean;
}

export interface ReadTimeline {
  found: FoundTimeline | null;
  readings: SourceReading[];
  failures: Failure[];
  /** What stores say that hold nothing of it. */
  remarks: string[];
}

/** Never throws: a store that fails is a failure value, and the next is asked. */
export async function readTimeline(
  query: MonitorQuery,
  context: QueryContext,
  experiment: Experiment | null,
  period: Period,
  stepMs: number | null,
): Promise<ReadTimeline> {
  const { sources, settings, monitoring } = context.instance;
  const holders = ONLY_INFLUX.has(query.metric) ? [sources.influx] : [sources.prometheus, sources.influx];
  const configured = holders.filter(keepsTimelines);
  const [owner] = configured;
  const readings: SourceReading[] = [];
  const failures: Failure[] = [];
  const remarks: string[] = [];
  // No alert takes a stand-in's values for measured ones.
  for (const source of context.isAlert ? configured.slice(0, 1) : configured) {
    try {
      const timeline = await monitoring.timeline(
        source,
        {
          metric: query.metric,
          experiment: experiment && experimentAlias(experiment, source.name),
          by: query.by,
          filters: filtersFor(query, experiment, source.name),
          period,
          stepMs,
        },
        context,
      );
      const reading = readingOf(source.name, query.metric, timeline, period, context);
      readings.push(reading);
      if (reading.state === 'stale' && context.isAlert) {
        failures.push(tooOld(reading, settings.freshness[source.name], context.now));
      } else if (reading.state === 'empty') {
        remarks.push(...timeline.warnings);
      } else {
        const named = timeline.series.map((one) => ({
          ...one,
          labels: ownLabels(experiment, source.name, one.labels),
        }));
        const series = inVariantOrder(experiment, named);
        const found = { ...timeline, source: source.name, series, standsIn: source !== owner };
        return { found, readings, failures, remarks };
      }
    } catch (error) {
      const failure = failureOf(error, source.name);
      failures.push(failure);
      readings.push({ source: source.name, state: 'down', endpoint: 'primary', asOf: null, reason: failure.message });
    }
  }
  return { found: null, readings, failures, remarks };
}

/** Whether a series is current is asked of a chart that ends now; one of last week is as old as it is meant to be. */
function readingOf(
  name: SourceName,
  metric: MonitorMetric,
  timeline: Timeline,
  period: Period,
  { instance }: QueryContext,
): SourceReading {
  const { series, endpoint, newestSample } = timeline;
  if (series.length === 0) {
    return { source: name, state: 'empty', endpoint, asOf: null, reason: 'no samples in the range' };
  }
  const freshMs = instance.settings.freshness[name] * 1000;
  // A drift job reports at its own pace: what it said within the range asked for is its present answer.
  const limitMs = metric === 'drift' ? Math.max(freshMs, period.to - period.from) : freshMs;
  const isStale = newestSample !== null && period.to - newestSample > limitMs;
  return { source: name, state: isStale ? 'stale' : 'ok', endpoint, asOf: newestSample };
}
