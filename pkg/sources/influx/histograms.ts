/** Histograms as a scoring job writes them: a point a feature and bin, holding the rows scored in it. */
import type { Histogram } from '../../../src/calc/drift/align';
import type { FeatureHistogram, Histograms, HistogramsRequest } from '../capabilities/histograms';
import type { AggregateSeries } from './dialect';
import { tagOf } from './mapping';
import type { InfluxReader } from './traffic';
import { tagFilters } from './traffic';

const FEATURE = 'feature';
const BIN = 'bin';
const ROWS = 'rows';

/** @throws FailureError */
export async function readHistograms(
  { dialect, mapping }: InfluxReader,
  { experiment, by, filters, period, bucketMs }: HistogramsRequest,
  signal: AbortSignal,
): Promise<Omit<Histograms, 'endpoint'>> {
  const measurement = mapping.bins;
  const dimensions = [...by.filter((dimension) => dimension !== FEATURE), FEATURE];
  const question = {
    measurement,
    columns: [{ as: ROWS, kind: 'sum' as const, field: mapping.rows }],
    filters: tagFilters(mapping, experiment, filters),
    by: [...dimensions.map((dimension) => tagOf(mapping, dimension)), BIN],
    period,
    bucketMs,
  };
  const [answer, newestSample] = await Promise.all([
    dialect.aggregate(question, signal),
    dialect.newestSample({ measurement, field: mapping.rows, filters: question.filters, period }, signal),
  ]);
  const groups = new Map<string, AggregateSeries[]>();
  for (const series of answer.value) {
    const key = JSON.stringify(dimensions.map((dimension) => series.tags[tagOf(mapping, dimension)] ?? ''));
    groups.set(key, [...(groups.get(key) ?? []), series]);
  }
  return {
    histograms: [...groups.values()].map((bins) => {
      const tags = bins[0]?.tags ?? {};
      const labels = Object.fromEntries(dimensions.map((dimension) => [dimension, tags[tagOf(mapping, dimension)] ?? ''])); // prettier-ignore
      return histogramOf(labels, bins, bucketMs !== null);
    }),
    newestSample,
    warnings: answer.warnings,
    executed: answer.executed,
  };
}

/** Bins that are all numbers are upper bounds; anything else among them makes all of them categories. */
function histogramOf(labels: Record<string, string>, series: AggregateSeries[], isBucketed: boolean): FeatureHistogram {
  const bounds = new Map(series.map(({ tags }) => [tags[BIN] ?? '', readBound(tags[BIN] ?? '')]));
  const isNumeric = [...bounds.values()].every((bound) => !Number.isNaN(bound));
  const nameOf = ({ tags }: AggregateSeries) => tags[BIN] ?? '';
  const sorted = series.toSorted((a, b) =>
    isNumeric ? (bounds.get(nameOf(a)) ?? 0) - (bounds.get(nameOf(b)) ?? 0) : nameOf(a) < nameOf(b) ? -1 : 1,
  );
  const rowsOf = ({ columns }: AggregateSeries) => columns[ROWS] ?? new Float64Array();
  const counts = sorted.map((bin) => rowsOf(bin).reduce((sum, rows) => sum + (Number.isFinite(rows) ? rows : 0), 0));
  const total: Histogram = isNumeric
    ? { kind: 'numeric', bounds: sorted.map((bin) => bounds.get(nameOf(bin)) ?? Infinity), counts }
    : { kind: 'categorical', categories: sorted.map(nameOf), counts };
  if (!isBucketed) {
    return { labels, total, buckets: [] };
  }
  const byTime = new Map<number, number[]>();
  sorted.forEach((bin, index) => {
    bin.times.forEach((time, at) => {
      const row = byTime.get(time) ?? sorted.map(() => 0);
      row[index] = rowsOf(bin)[at] ?? 0;
      byTime.set(time, row);
    });
  });
  const buckets = [...byTime].sort(([a], [b]) => a - b).map(([time, row]) => ({ time, counts: row }));
  return { labels, total, buckets };
}

function readBound(bin: string): number {
  return /^\+?inf$/i.test(bin) ? Infinity : bin.trim() === '' ? Number.NaN : Number(bin);
}
