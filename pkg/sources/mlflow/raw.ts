/**
 * SQL as somebody typed it. It becomes the query of a cursor: PostgreSQL then takes nothing but one reading statement
 * (a cursor has no other), inside the read-only transaction, and rows are fetched in portions until a limit is met.
 */
import pg from 'pg';
import type { RawAnswer, RawColumn, RawRequest } from '../capabilities/raw';
import type { Period } from '../period';
import { expandMacros, readColumn, readGroupWidth } from '../macros';
import type { QueryTable } from './connection';

const ROWS_AT_A_TIME = 5000;

export interface RawLimits {
  rows: number;
  bytes: number;
}

/** @throws whatever the driver throws; the connection classifies it */
export async function answerSql(
  queryTable: QueryTable,
  limits: RawLimits,
  { statement, period, stepMs }: RawRequest,
): Promise<Omit<RawAnswer, 'endpoint'>> {
  const text = withMacros(statement, period, stepMs).replace(/;\s*$/, '');
  await queryTable(`DECLARE uplift NO SCROLL CURSOR FOR ${text}`);
  const warnings: string[] = [];
  const rows: unknown[][] = [];
  let bytes = 0;
  for (;;) {
    const wanted = Math.min(ROWS_AT_A_TIME, limits.rows + 1 - rows.length);
    const portion = await queryTable(`FETCH FORWARD ${String(wanted)} FROM uplift`);
    rows.push(...portion.rows);
    bytes += portion.rows.reduce((so, row) => so + sizeOf(row), 0);
    const isOver = rows.length > limits.rows || bytes > limits.bytes;
    if (isOver) {
      rows.length = Math.min(rows.length, limits.rows);
      warnings.push(`Only the first ${String(rows.length)} rows are shown: limits.rows or limits.bytes is reached.`);
    }
    if (isOver || portion.rows.length < wanted) {
      const columns = portion.fields.map(({ name, dataTypeID }, index) =>
        columnOf(
          name,
          dataTypeID,
          rows.map((row) => row[index] ?? null),
        ),
      );
      return { tables: [{ name: 'mlflow', columns }], warnings, executed: [text] };
    }
  }
}

/** MLflow's times are epoch milliseconds, and so are these macros: a bare comparison can use an index. */
function withMacros(statement: string, { from, to }: Period, stepMs: number): string {
  const column = (name: string | undefined, macro: string) => readColumn(name, macro, 'mlflow', 'rawSql');
  return expandMacros({ language: 'sql', source: 'mlflow', field: 'rawSql' }, statement, {
    __timeFilter: ([name]) => {
      const time = column(name, '__timeFilter');
      return `(${time} >= ${String(from)} AND ${time} < ${String(to)})`;
    },
    __timeGroup: ([name, width]) => {
      const widthMs = String(readGroupWidth(width, stepMs, 'mlflow', 'rawSql'));
      return `(${column(name, '__timeGroup')} / ${widthMs} * ${widthMs})`;
    },
    __timeFrom: () => String(from),
    __timeTo: () => String(to),
    __from: () => String(from),
    __to: () => String(to),
    __interval: () => `interval '${String(stepMs)} milliseconds'`,
    __interval_ms: () => String(stepMs),
  });
}

const { builtins } = pg.types;
const NUMBERS: ReadonlySet<number> = new Set([
  builtins.INT2,
  builtins.INT4,
  builtins.INT8,
  builtins.FLOAT4,
  builtins.FLOAT8,
  builtins.NUMERIC,
]);
const BOOLEANS: ReadonlySet<number> = new Set([builtins.BOOL]);
const TIMES: ReadonlySet<number> = new Set([builtins.TIMESTAMP, builtins.TIMESTAMPTZ, builtins.DATE]);

function columnOf(name: string, type: number, cells: readonly unknown[]): RawColumn {
  if (TIMES.has(type)) {
    return { name, type: 'time', values: cells.map((cell) => (cell instanceof Date ? cell.getTime() : null)) };
  }
  if (NUMBERS.has(type)) {
    // A column called `time` is one: MLflow keeps its times as numbers.
    return { name, type: name === 'time' ? 'time' : 'number', values: cells.map(numberOf) };
  }
  if (BOOLEANS.has(type)) {
    return { name, type: 'boolean', values: cells.map((cell) => (typeof cell === 'boolean' ? cell : null)) };
  }
  return { name, type: 'string', values: cells.map(textOf) };
}

/** bigint and numeric arrive as text, so that no digit is lost on the way. */
function numberOf(cell: unknown): number | null {
  const value = typeof cell === 'string' ? Number(cell) : cell;
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

function textOf(cell: unknown): string | null {
  return cell === null ? null : typeof cell === 'string' ? cell : JSON.stringify(cell);
}

function sizeOf(row: readonly unknown[]): number {
  return row.reduce<number>((so, cell) => so + (typeof cell === 'string' ? cell.length : 8), 0);
}
