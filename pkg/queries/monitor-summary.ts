/** `monitor` as a table: one number a series over the whole period, and its change against the equal period before. */
import type { UpliftMeta } from '../../src/contract/frames';
import type { MonitorQuery } from '../../src/contract/query';
import type { DataFrame, FieldConfig, FrameMeta } from '../sdk/frame';
import type { TimelineSeries } from '../sources/capabilities/timeline';
import { labelsKey } from './monitor-labels';
import type { Column } from './table';
import { tableOf } from './table';

export interface Summary {
  labels: Record<string, string>;
  value: number | null;
  previous: number | null;
  /** (value − previous) ÷ |previous|; null without a previous value, or where that is 0. */
  change: number | null;
}

/** Of an answer without steps: its one value. */
export function numberOf({ values }: Pick<TimelineSeries, 'values'>): number | null {
  const value = values.at(-1);
  return value === undefined || !Number.isFinite(value) ? null : value;
}

/** Numbers of both periods, matched by their labels. */
export function summariesOf(series: readonly TimelineSeries[], before: readonly TimelineSeries[]): Summary[] {
  const earlier = new Map(before.map((one) => [labelsKey(one.labels), numberOf(one)]));
  return series.map((one) => {
    const value = numberOf(one);
    const previous = earlier.get(labelsKey(one.labels)) ?? null;
    const change =
      value === null || previous === null || previous === 0 ? null : (value - previous) / Math.abs(previous);
    return { labels: one.labels, value, previous, change };
  });
}

export function summaryFrame(
  query: MonitorQuery,
  summaries: readonly Summary[],
  config: FieldConfig,
  uplift: UpliftMeta,
  meta: FrameMeta,
): DataFrame {
  const columns: Array<Column<Summary>> = [
    ...query.by.map((name): Column<Summary> => ({ name, type: 'string', of: ({ labels }) => labels[name] ?? null })),
    { name: 'value', type: 'number', config, of: ({ value }) => value },
  ];
  if (query.change) {
    columns.push(
      { name: 'previous', type: 'number', config, of: ({ previous }) => previous },
      { name: 'change', type: 'number', config: { unit: 'percentunit' }, of: ({ change }) => change },
    );
  }
  return tableOf(`monitor:${query.metric}`, summaries, columns, { ...meta, custom: { uplift } });
}
