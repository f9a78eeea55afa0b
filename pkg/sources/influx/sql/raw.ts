/** SQL as somebody typed it: one table. */
import type { RawAnswer, RawColumn, RawRequest } from '../../capabilities/raw';
import type { Period } from '../../period';
import { expandMacros, readColumn, readGroupWidth } from '../../macros';
import type { RawLimits } from '../dialect';
import { requireReadingSql } from './statement';
import type { SqlStatement } from './statement';
import type { SqlRow } from './wire';
import { columnsOf, readSqlTime } from './wire';

export type RunSql = (statement: SqlStatement, signal: AbortSignal) => Promise<SqlRow[]>;

/** @throws FailureError */
export async function answerSql(
  run: RunSql,
  limits: RawLimits,
  { statement, period, stepMs }: RawRequest,
  signal: AbortSignal,
): Promise<Omit<RawAnswer, 'endpoint'>> {
  const text = withMacros(statement, period, stepMs);
  requireReadingSql(text);
  const rows = await run({ text, parameters: {} }, signal);
  const shown = rows.slice(0, limits.rows);
  const warnings =
    rows.length > shown.length
      ? [
          `Only ${String(shown.length)} of ${String(rows.length)} rows are shown: limits.rows is ${String(limits.rows)}.`,
        ]
      : [];
  return {
    tables: [{ name: 'rows', columns: columnsOf(shown).map((name) => columnOf(shown, name)) }],
    warnings,
    executed: [text],
  };
}

/** Grafana's own variables of an SQL query. */
function withMacros(statement: string, { from, to }: Period, stepMs: number): string {
  const instant = (ms: number) => `TIMESTAMP '${new Date(ms).toISOString()}'`;
  const width = (ms: number) => `INTERVAL '${String(ms)} milliseconds'`;
  const column = (name: string | undefined, macro: string) => readColumn(name ?? 'time', macro, 'influx', 'query');
  const timeFilter = ([name]: readonly string[]) => {
    const time = column(name, '__timeFilter');
    return `${time} >= ${instant(from)} AND ${time} < ${instant(to)}`;
  };
  return expandMacros({ language: 'sql', source: 'influx', field: 'query' }, statement, {
    timeFilter: () => timeFilter([]),
    __timeFilter: timeFilter,
    __timeGroup: ([name, group]) =>
      `date_bin(${width(readGroupWidth(group, stepMs, 'influx', 'query'))}, ${column(name, '__timeGroup')})`,
    __timeFrom: () => instant(from),
    __timeTo: () => instant(to),
    __interval: () => width(stepMs),
    __interval_ms: () => String(stepMs),
  });
}

function columnOf(rows: readonly SqlRow[], name: string): RawColumn {
  const cells = rows.map((row) => row[name] ?? null);
  const known = cells.filter((cell) => cell !== null);
  if (known.length > 0 && known.every((cell) => readSqlTime(cell) !== null)) {
    return { name, type: 'time', values: cells.map(readSqlTime) };
  }
  switch (typeof known[0]) {
    case 'number':
      return { name, type: 'number', values: cells.map((cell) => (typeof cell === 'number' ? cell : null)) };
    case 'boolean':
      return { name, type: 'boolean', values: cells.map((cell) => (typeof cell === 'boolean' ? cell : null)) };
    default:
      return {
        name,
        type: 'string',
        values: cells.map((cell) => (cell === null ? null : typeof cell === 'string' ? cell : JSON.stringify(cell))),
      };
  }
}
