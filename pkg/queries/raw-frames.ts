/** Answers of the stores' own languages as frames, in the form asked for: what Grafana's own data sources make of them. */
import { FailureError } from '../../src/contract/failure';
import type { Format } from '../../src/contract/query';
import type { DataFrame, Field, FrameMeta } from '../sdk/frame';
import type { RawColumn, RawTable } from '../sources/capabilities/raw';

type NumberColumn = Extract<RawColumn, { type: 'time' | 'number' }> & { type: 'number' };

/** @param legend names of series, with `{{label}}` for a label's value @throws FailureError when numbers are asked for and there are none */
export function rawFrames(tables: readonly RawTable[], format: Format, legend: string, meta: FrameMeta): DataFrame[] {
  switch (format) {
    case 'table':
      return withMeta(
        tables.map(({ name, columns }) => ({ name, fields: columns.map((column) => fieldOf(column, legend)) })),
        { ...meta, type: 'table' },
      );
    case 'timeseries':
      return withMeta(
        tables.flatMap(seriesOf).map(({ name, columns }) => ({
          name,
          fields: columns.map((column) => fieldOf(column, legend)),
        })),
        { ...meta, type: 'timeseries-multi', typeVersion: [0, 1] },
      );
    case 'numeric':
      return withMeta(numericFrames(tables), { ...meta, type: 'numeric-multi', typeVersion: [0, 1] });
  }
}

/** Notices are said once. */
const withMeta = (frames: readonly DataFrame[], { notices, ...meta }: FrameMeta): DataFrame[] =>
  frames.map((frame, index) => ({ ...frame, meta: index === 0 ? { ...meta, notices } : meta }));

const isNumber = (column: RawColumn): column is NumberColumn => column.type === 'number';

/**
 * A table with times, numbers and texts (what SQL answers) as a series each: texts are its labels, and times ascend. A
 * table without times, or one that is a series already, stays as it is.
 */
function seriesOf(table: RawTable): RawTable[] {
  const time = table.columns.find((column) => column.type === 'time');
  const texts = table.columns.filter((column) => column.type === 'string');
  if (time?.type !== 'time') {
    return [table];
  }
  const order = [...time.values.keys()].sort((a, b) => (time.values[a] ?? 0) - (time.values[b] ?? 0));
  const groups = new Map<string, { labels: Record<string, string>; rows: number[] }>();
  for (const row of order) {
    const labels = Object.fromEntries(texts.map(({ name, values }) => [name, values[row] ?? '']));
    const key = JSON.stringify(labels);
    const group = groups.get(key) ?? { labels, rows: [] };
    groups.set(key, group);
    group.rows.push(row);
  }
  return [...groups.values()].flatMap(({ labels, rows }) =>
    table.columns.filter(isNumber).map((column): RawTable => {
      const own = { ...column.labels, ...labels };
      return {
        name: column.name,
        columns: [
          { name: time.name, type: 'time', values: rows.map((row) => time.values[row] ?? null) },
          {
            ...column,
            ...(Object.keys(own).length > 0 && { labels: own }),
            values: rows.map((row) => column.values[row] ?? null),
          },
        ],
      };
    }),
  );
}

/** One number each: of a series its last, of a table without times one a row, labelled with the row's texts. */
function numericFrames(tables: readonly RawTable[]): DataFrame[] {
  const hasNumbers = tables.some(({ columns }) => columns.some(isNumber));
  if (tables.length > 0 && !hasNumbers) {
    throw new FailureError({
      class: 'query',
      field: 'format',
      message: 'An alert rule needs a number, and this statement answers none.',
      fix: 'Select a numeric column.',
    });
  }
  return tables.flatMap((table) => {
    const hasTimes = table.columns.some(({ type }) => type === 'time');
    return hasTimes
      ? seriesOf(table).flatMap(lastNumber)
      : table.columns.filter(isNumber).flatMap((column) => numberARow(column, table));
  });
}

function lastNumber({ columns }: RawTable): DataFrame[] {
  return columns.filter(isNumber).map(({ name, labels, values }) => ({
    name,
    fields: [{ name, type: 'number', labels, values: [values.findLast((value) => value !== null) ?? null] }],
  }));
}

function numberARow({ name, labels, values }: NumberColumn, { columns }: RawTable): DataFrame[] {
  const texts = columns.filter((column) => column.type === 'string');
  return values.map((value, row) => {
    const own = Object.fromEntries(texts.map((text) => [text.name, text.values[row] ?? '']));
    return { name, fields: [{ name, type: 'number', labels: { ...labels, ...own }, values: [value] }] };
  });
}

function fieldOf(column: RawColumn, legend: string): Field {
  const { labels } = column;
  if (legend === '' || column.type === 'time' || !labels) {
    return column;
  }
  const displayNameFromDS = legend.replace(/\{\{\s*([^}\s]+)\s*\}\}/g, (_, label: string) => labels[label] ?? '');
  return { ...column, config: { displayNameFromDS } };
}
