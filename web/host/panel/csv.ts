/** A panel's data as CSV, as a spreadsheet opens it: one table of all series by time, else one table a frame. */
import { FieldType, getFieldDisplayName, outerJoinDataFrames, type DataFrame, type Field } from '@grafana/data';
import { unparse } from 'papaparse';

type Cell = string | number | boolean | null;
type Table = Cell[][];

/** An array, a record or anything else that is no plain cell, in JSON. */
function cellOf(value: unknown, { type }: Field): Cell {
  if (value === null || value === undefined) {
    return null;
  }
  switch (typeof value) {
    case 'number':
      if (!Number.isFinite(value)) {
        return null;
      }
      return type === FieldType.time ? new Date(value).toISOString() : value;
    case 'string':
    case 'boolean':
      return value;
    default:
      return JSON.stringify(value);
  }
}

/** `name (unit)`; units of Grafana are ids such as `ms` or `percentunit`. */
function headerOf(field: Field, frame: DataFrame, frames: DataFrame[]): string {
  const name = getFieldDisplayName(field, frame, frames);
  const { unit } = field.config;
  return unit === undefined || unit === '' || unit === 'none' ? name : `${name} (${unit})`;
}

function tableOf(frame: DataFrame, frames: DataFrame[]): Table {
  const rows = Array.from({ length: frame.length }, (_, row) =>
    frame.fields.map((field) => cellOf(field.values[row], field)),
  );
  return [frame.fields.map((field) => headerOf(field, frame, frames)), ...rows];
}

const isSeries = ({ fields }: DataFrame): boolean =>
  fields[0]?.type === FieldType.time && fields.slice(1).every(({ type }) => type === FieldType.number);

/** All series as one frame on one time axis; undefined where they are no series. */
function joined(frames: DataFrame[]): DataFrame | undefined {
  return frames.length > 1 && frames.every(isSeries) ? outerJoinDataFrames({ frames }) : undefined;
}

/**
 * Writes the frames. Times are ISO 8601, numbers unrounded, missing cells empty. A text that a spreadsheet would take for
 * a formula (it starts with `=`, `+`, `-`, `@`, a tab or a line break) is quoted with an apostrophe.
 */
export function toCsv(series: readonly DataFrame[]): string {
  const frames = series.filter(({ fields }) => fields.length > 0);
  const together = joined(frames);
  const tables = together === undefined ? frames.map((frame) => tableOf(frame, frames)) : [tableOf(together, frames)];
  const newline = '\r\n';
  return tables
    .map((table) => unparse(table, { escapeFormulae: /^[=+\-@\t\r\n]/, newline }))
    .join(`${newline}${newline}`)
    .concat(newline);
}
