/** What `/api/v3/query_sql` answers: a flat array of rows, in which a column that is null may be absent. */
import { z } from 'zod';

export type SqlRow = Readonly<Record<string, unknown>>;

const rowsSchema = z.array(z.record(z.string(), z.unknown()));

/** @throws SyntaxError, ZodError when the body is no array of rows */
export function readRows(body: string): SqlRow[] {
  return rowsSchema.parse(JSON.parse(body));
}

/** Times come without a zone and are UTC, with up to nine digits after the point. Null for anything else. */
export function readSqlTime(value: unknown): number | null {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/.test(value)) {
    return null;
  }
  const text = value.replace(' ', 'T').replace(/(\.\d{3})\d+/, '$1');
  const time = Date.parse(/(Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`);
  return Number.isNaN(time) ? null : time;
}

/** The union of the rows' columns, in the order they first appear. */
export function columnsOf(rows: readonly SqlRow[]): string[] {
  return [...new Set(rows.flatMap((row) => Object.keys(row)))];
}
