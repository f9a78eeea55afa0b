/** Traffic as scoring points count it: rows, errors, and the latency of each point weighted by its rows. */
import { FailureError } from '../../../src/contract/failure';
import type { InfluxMapping } from '../../../src/contract/settings';
import { wholeBuckets } from '../period';
import type { CounterSeries, Traffic, TrafficRequest, VariantTraffic } from '../capabilities/traffic';
import type { Aggregate, AggregateRequest, AggregateSeries, InfluxDialect, TagFilter } from './dialect';
import { tagOf } from './mapping';

export interface InfluxReader {
  dialect: InfluxDialect;
  mapping: InfluxMapping;
  /** Most buckets a series. */
  maxPoints: number;
}

/** @throws FailureError */
export async function readTraffic(
  { dialect, mapping, maxPoints }: InfluxReader,
  request: TrafficRequest,
  signal: AbortSignal,
): Promise<Omit<Traffic, 'endpoint'>> {
  if (request.period.to <= request.period.from) {
    return { variants: [], firstSample: null, newestSample: null, warnings: [], executed: [] };
  }
  const { measurement } = mapping;
  const filters = subjectFilters(mapping, request.experiment, request.variants);
  const dimension = request.dimension === null ? null : tagOf(mapping, request.dimension);
  const question: AggregateRequest = {
    measurement,
    columns: columnsOf(mapping),
    filters,
    by: dimension === null ? [mapping.variant] : [mapping.variant, dimension],
    period: request.period,
    bucketMs: null,
  };
  const covered = request.bucketMs === null ? null : wholeBuckets(request.period, request.bucketMs);
  if (covered && request.bucketMs !== null && (covered.to - covered.from) / request.bucketMs > maxPoints) {
    throw tooManyBuckets(maxPoints);
  }
  const [totals, series, times] = await Promise.all([
    dialect.aggregate(question, signal),
    covered ? dialect.aggregate({ ...question, period: covered, bucketMs: request.bucketMs }, signal) : null,
    dialect.sampleTimes({ measurement, field: mapping.rows, filters, by: [], period: request.period }, signal),
  ]);
  const groupKey = ({ tags }: AggregateSeries) => JSON.stringify(question.by.map((tag) => tags[tag] ?? ''));
  const seriesOf = new Map(series?.value.map((group) => [groupKey(group), group]));
  const variants = totals.value
    .map((group): VariantTraffic => {
      const requests = first(group, 'requests');
      const inBuckets = seriesOf.get(groupKey(group));
      return {
        variant: group.tags[mapping.variant] ?? '',
        segment: dimension === null ? null : (group.tags[dimension] ?? ''),
        totals: {
          requests,
          // Points without the errors field saw none.
          errors: requests === null ? null : (first(group, 'errors') ?? 0),
          latencySumMs: first(group, 'latencySum'),
          latencyCount: first(group, 'latencyCount'),
          labelled: null,
          correct: null,
        },
        histogram: null,
        series: inBuckets ? counterSeries(inBuckets) : null,
      };
    })
    .filter(({ variant, totals: { requests } }) => variant !== '' && requests !== null);
  const warnings = [...totals.warnings, ...(series?.warnings ?? []), ...times.warnings];
  if (variants.length > 0) {
    warnings.push('InfluxDB keeps one latency a point and no histogram: only the mean is known, no p95.');
  }
  return {
    variants,
    firstSample: times.value[0]?.first ?? null,
    newestSample: times.value[0]?.newest ?? null,
    warnings: [...new Set(warnings)],
    executed: [...totals.executed, ...(series?.executed ?? []), ...times.executed],
  };
}

export function tooManyBuckets(maxPoints: number): FailureError {
  return new FailureError({
    class: 'limit',
    source: 'influx',
    message: `The time buckets are more than ${String(maxPoints)} over this period.`,
    fix: 'Use wider time buckets or a shorter period.',
  });
}

/** Filters that pick an experiment and its variants. */
export function subjectFilters(
  mapping: InfluxMapping,
  experiment: string | null,
  variants: readonly string[],
): TagFilter[] {
  return [
    ...(mapping.experiment !== null && experiment !== null ? [{ tag: mapping.experiment, values: [experiment] }] : []),
    ...(variants.length > 0 ? [{ tag: mapping.variant, values: variants }] : []),
  ];
}

/** Those, and filters by dimension as a monitoring question has them. */
export function tagFilters(
  mapping: InfluxMapping,
  experiment: string | null,
  filters: Readonly<Record<string, readonly string[]>>,
): TagFilter[] {
  const own = Object.entries(filters).map(([dimension, values]) => ({ tag: tagOf(mapping, dimension), values }));
  return [...subjectFilters(mapping, experiment, []), ...own];
}

function columnsOf({ rows, errors, latencyMean }: InfluxMapping): Aggregate[] {
  return [
    { as: 'requests', kind: 'sum', field: rows },
    { as: 'errors', kind: 'sum', field: errors },
    { as: 'latencySum', kind: 'weighted-sum', field: latencyMean, weight: rows },
    { as: 'latencyCount', kind: 'weight-sum', field: latencyMean, weight: rows },
  ];
}

function first(group: AggregateSeries, column: string): number | null {
  const value = group.columns[column]?.[0];
  return value === undefined || Number.isNaN(value) ? null : value;
}

/** Buckets without rows are left out. */
function counterSeries({ times, columns }: AggregateSeries): CounterSeries {
  const kept = Array.from(times.keys()).filter((index) => Number.isFinite(columns.requests?.[index] ?? Number.NaN));
  const pick = (values: Float64Array | undefined, missing: number) =>
    values
      ? Float64Array.from(kept, (index) =>
          Number.isNaN(values[index] ?? Number.NaN) ? missing : (values[index] ?? missing),
        )
      : null;
  return {
    times: Float64Array.from(kept, (index) => times[index] ?? 0),
    requests: pick(columns.requests, 0),
    errors: pick(columns.errors, 0) ?? new Float64Array(kept.length),
    latencySumMs: pick(columns.latencySum, 0),
    labelled: null,
    correct: null,
  };
}
