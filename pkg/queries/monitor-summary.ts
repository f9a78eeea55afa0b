/** `monitor` as a table: one number a series over the whole period, and its change against the equal period before. */
import type { UpliftMeta } from '../../src/contract/frames';
import type { MonitorMetric, MonitorQuery } from '../../src/contract/query';
import type { DataFrame, FieldConfig, FrameMeta } from '../sdk/frame';
import type { TimelineSeries } from '../sources/source';
import { tableOf } from './table';

export interface Summary {
  labels: Record<string, string>;
  value: number | null;
  previous: number | null;
  /** (value − previous) ÷ |previous|; null without a previous value, or where that is 0. */
  change: number | null;
}

/** Counts add up; drift is the latest; everything else is the mean over the period's buckets. */
export function summarise(metric: MonitorMetric, values: Float64Array): number | null {
  const present = values.filter((value) => Number.isFinite(value));
  if (present.length === 0) {
    return null;
  }
  const sum = present.reduce((total, value) => total + value, 0);
  switch (metric) {
    case 'rows_scored':
    case 'errors':
      return sum;
    case 'drift':
      return present.at(-1) ?? null;
    case 'requests':
    case 'error_rate':
    case 'latency_mean_ms':
    case 'latency_p95_ms':
    case 'accuracy':
    case 'prediction':
      return sum / present.length;
  }
}

/** Series of both periods, matched by their labels. */
export function summariesOf(
  metric: MonitorMetric,
  series: readonly TimelineSeries[],
  before: readonly TimelineSeries[],
): Summary[] {
  const keyOf = (labels: Record<string, string>) => JSON.stringify(Object.entries(labels).sort());
  const earlier = new Map(before.map(({ labels, values }) => [keyOf(labels), summarise(metric, values)]));
  return series.map(({ labels, values }) => {
    const value = summarise(metric, values);
    const previous = earlier.get(keyOf(labels)) ?? null;
    const change =
      value === null || previous === null || previous === 0 ? null : (value - previous) / Math.abs(previous);
    return { labels, value, previous, change };
  });
}

export function summaryFrame(
  query: MonitorQuery,
  summaries: readonly Summary[],
  config: FieldConfig,
  uplift: UpliftMeta,
  meta: FrameMeta,
): DataFrame {
  const dimensions = query.by.map((name) => ({ name, type: 'string' as const, of: ({ labels }: Summary) => labels[name] ?? null })); // prettier-ignore
  const compared = query.change
    ? [
        { name: 'previous', type: 'number' as const, config, of: ({ previous }: Summary) => previous },
        {
          name: 'change',
          type: 'number' as const,
          config: { unit: 'percentunit' },
          of: ({ change }: Summary) => change,
        },
      ]
    : [];
  const value = { name: 'value', type: 'number' as const, config, of: ({ value: own }: Summary) => own };
  return tableOf(`monitor:${query.metric}`, summaries, [...dimensions, value, ...compared], {
    ...meta,
    custom: { uplift },
  });
}
