/** A monitoring metric over time, aggregated by the store into the chart's buckets. */
import type { InfluxMapping } from '../../../src/contract/settings';
import { chartStep } from '../period';
import type { Timeline, TimelineRequest, TimelineSeries } from '../capabilities/timeline';
import type { Period } from '../period';
import type { Aggregate, AggregateSeries, InfluxDialect } from './dialect';
import { tagOf } from './mapping';
import type { InfluxReader } from './traffic';
import { tagFilters } from './traffic';

const MS_PER_MINUTE = 60_000;
/** The feature under which drift over all features is written. */
const ALL_FEATURES = '__all__';

interface Plan {
  measurement: string;
  columns: Aggregate[];
  /** From a bucket's columns to the metric. */
  value: (column: (name: string) => number, stepMs: number) => number;
  note?: string;
}

/** @throws FailureError */
export async function readTimeline(
  { dialect, mapping, maxPoints }: InfluxReader,
  request: TimelineRequest,
  signal: AbortSignal,
): Promise<Omit<Timeline, 'endpoint'>> {
  const plan = planOf(mapping, request.metric);
  if (!plan) {
    const warnings = [`InfluxDB holds no ${request.metric.replaceAll('_', ' ')}.`];
    return { series: [], newestSample: null, warnings, executed: [] };
  }
  const { period } = request;
  const bucketMs = request.stepMs === null ? null : chartStep(period, request.stepMs, maxPoints);
  const stepMs = bucketMs ?? period.to - period.from;
  const by = request.by.map((dimension) => ({ dimension, tag: tagOf(mapping, dimension) }));
  const isByFeature = request.by.includes('feature') || (request.filters.feature?.length ?? 0) > 0;
  const filters = [
    ...tagFilters(mapping, request.experiment, request.filters),
    ...(request.metric === 'drift' && !isByFeature ? [{ tag: 'feature', values: [ALL_FEATURES] }] : []),
  ];
  const { measurement, columns } = plan;
  const field = columns[0]?.field ?? mapping.rows;
  const newestIn = (part: Period) => dialect.newestSample({ measurement, field, filters, period: part }, signal);
  // A bucket's start is older than what is in it: with buckets of an hour a chart would always look stale. The newest point
  // is nearly always in the last bucket or behind it, and looked for there alone it costs next to nothing.
  const late = { from: Math.max(period.from, period.to - stepMs), to: period.to + (bucketMs ?? 0) };
  const [answer, newestLately] = await Promise.all([
    dialect.aggregate({ measurement, columns, filters, by: by.map(({ tag }) => tag), period, bucketMs }, signal),
    newestIn(late),
  ]);
  const missing = answer.value.length === 0 ? await missingMeasurement(dialect, measurement, signal) : [];
  const lastBucket = Math.max(...answer.value.map(({ times }) => times.at(-1) ?? -Infinity));
  const isOlder = newestLately === null && bucketMs !== null && Number.isFinite(lastBucket);
  const newestSample = isOlder ? await newestIn({ from: lastBucket, to: lastBucket + bucketMs }) : newestLately;
  const series = answer.value.map((group): TimelineSeries => ({
    labels: Object.fromEntries(by.map(({ dimension, tag }) => [dimension, group.tags[tag] ?? ''])),
    times: bucketMs === null ? Float64Array.of(period.to) : group.times,
    values: valuesOf(group, plan, stepMs),
  }));
  return {
    series,
    newestSample,
    warnings: [...answer.warnings, ...missing, ...(plan.note ? [plan.note] : [])],
    executed: answer.executed,
  };
}

/** Why there is nothing, where that is known: asked only then, and of the index alone. */
async function missingMeasurement(dialect: InfluxDialect, measurement: string, signal: AbortSignal): Promise<string[]> {
  const known = await dialect.measurements(signal);
  return known.includes(measurement)
    ? []
    : [`InfluxDB has no measurement “${measurement}”: name another in mapping.influx, or let the job write it.`];
}

function valuesOf(group: AggregateSeries, plan: Plan, stepMs: number): Float64Array {
  return Float64Array.from(group.times.keys(), (index) => {
    const value = plan.value((name) => group.columns[name]?.[index] ?? Number.NaN, stepMs);
    return Number.isFinite(value) ? value : Number.NaN;
  });
}

/** Null for what scoring points do not hold. */
function planOf(mapping: InfluxMapping, metric: TimelineRequest['metric']): Plan | null {
  const { measurement, rows } = mapping;
  const sum = (as: string, field: string): Aggregate => ({ as, kind: 'sum', field });
  const orZero = (value: number) => (Number.isNaN(value) ? 0 : value);
  const weightedMean = (field: string): Plan => ({
    measurement,
    columns: [
      { as: 'sum', kind: 'weighted-sum', field, weight: rows },
      { as: 'rows', kind: 'weight-sum', field, weight: rows },
    ],
    value: (column) => column('sum') / column('rows'),
  });
  switch (metric) {
    case 'requests':
      return {
        measurement,
        columns: [sum('rows', rows)],
        value: (column, stepMs) => (column('rows') * MS_PER_MINUTE) / stepMs,
      };
    case 'rows_scored':
      return { measurement, columns: [sum('rows', rows)], value: (column) => column('rows') };
    case 'errors':
      return {
        measurement,
        columns: [sum('errors', mapping.errors)],
        value: (column) => column('errors'),
      };
    case 'error_rate':
      return {
        measurement,
        columns: [sum('errors', mapping.errors), sum('rows', rows)],
        value: (column) => orZero(column('errors')) / column('rows'),
      };
    case 'latency_mean_ms':
      return weightedMean(mapping.latencyMean);
    case 'latency_p95_ms':
      return {
        ...weightedMean(mapping.latencyP95),
        note: 'p95 is the mean of the points’ own p95, weighted by rows: InfluxDB keeps no histogram.',
      };
    case 'prediction':
      return weightedMean(mapping.prediction);
    case 'drift':
      return {
        measurement: mapping.drift,
        columns: [{ as: 'value', kind: 'last', field: 'value' }],
        value: (column) => column('value'),
      };
    case 'accuracy':
      return null;
  }
}
