/** Frames from rows: a column is a name, a type and how to read a row. */
import type { DataFrame, Field, FieldConfig, FrameMeta } from '../sdk/frame';

interface ColumnBase {
  name: string;
  config?: FieldConfig;
}
export type Column<Row> = ColumnBase &
  (
    | { type: 'string'; of: (row: Row) => string | null }
    | { type: 'number'; of: (row: Row) => number | null }
    | { type: 'time'; of: (row: Row) => number | null }
    | { type: 'boolean'; of: (row: Row) => boolean | null }
  );

/** What is not a finite number is missing: NaN would make an alert fire, null is no data. */
const finite = (value: number | null): number | null => (value !== null && Number.isFinite(value) ? value : null);

/** A table with one field a column, in the order given. */
export function tableOf<Row>(
  name: string,
  rows: readonly Row[],
  columns: ReadonlyArray<Column<Row>>,
  meta: FrameMeta,
): DataFrame {
  const fields = columns.map((column): Field => {
    const { name: field, config } = column;
    switch (column.type) {
      case 'string':
        return { name: field, config, type: 'string', values: rows.map(column.of) };
      case 'number':
        return { name: field, config, type: 'number', values: rows.map((row) => finite(column.of(row))) };
      case 'time':
        return { name: field, config, type: 'time', values: rows.map((row) => finite(column.of(row))) };
      case 'boolean':
        return { name: field, config, type: 'boolean', values: rows.map(column.of) };
    }
  });
  return { name, fields, meta };
}

/** Of one of several series' frames: what is said of the whole answer is said once, in the first. */
export const seriesMeta = (index: number, { notices, ...meta }: FrameMeta): FrameMeta => ({
  ...meta,
  type: 'timeseries-multi',
  typeVersion: [0, 1],
  notices: index === 0 ? notices : undefined,
});

/** One number for alerting: its own frame, one nullable value, labels that never change while the thing is the same. */
export function numericFrame(
  name: string,
  labels: Record<string, string>,
  value: number | null,
  meta: FrameMeta = {},
): DataFrame {
  return {
    name,
    meta: { ...meta, type: 'numeric-multi', typeVersion: [0, 1] },
    fields: [{ name, type: 'number', labels, values: [finite(value)] }],
  };
}
