/** Flux as somebody typed it: one table a series, for scripts that only read. */
import type { RawAnswer, RawColumn, RawRequest, RawTable } from '../../capabilities/raw';
import type { RawLimits } from '../dialect';
import type { Cell, FluxReply, FluxTable } from './annotated-csv';
import { requireBoundedWindows, requireReadingFlux } from './reading';
import type { Script } from './script';

export type RunFlux = (script: Script, signal: AbortSignal) => Promise<FluxReply>;

/** @throws FailureError */
export async function answerFlux(
  run: RunFlux,
  target: { bucket: string; organisation: string },
  limits: RawLimits,
  { statement, period, stepMs }: RawRequest,
  signal: AbortSignal,
): Promise<Omit<RawAnswer, 'endpoint'>> {
  requireReadingFlux(statement);
  requireBoundedWindows(statement, period, limits.points);
  // The members that Flux scripts in dashboards know `v` by.
  const values: Script['values'] = {
    timeRangeStart: { kind: 'time', ms: period.from },
    timeRangeStop: { kind: 'time', ms: period.to },
    windowPeriod: { kind: 'duration', ms: stepMs },
    bucket: { kind: 'string', value: target.bucket },
    defaultBucket: { kind: 'string', value: target.bucket },
    organization: { kind: 'string', value: target.organisation },
  };
  const { tables, isCut } = await run({ text: statement, values }, signal);
  const warnings = isCut ? ['InfluxDB cut its answer short: the numbers are partial.'] : [];
  const shown: FluxTable[] = [];
  const series = tables.flatMap(logicalTables);
  let rows = 0;
  for (const table of series) {
    rows += table.rows.length;
    if (rows > limits.rows) {
      warnings.push(
        `Only ${String(shown.length)} of ${String(series.length)} series are shown: limits.rows is ${String(limits.rows)}.`,
      );
      break;
    }
    shown.push(table);
  }
  return { tables: shown.map(rawTable), warnings, executed: [statement] };
}

/** Rows of one schema, told apart by the column `table`. */
function logicalTables(table: FluxTable): FluxTable[] {
  const byNumber = new Map<Cell, FluxTable>();
  for (const row of table.rows) {
    const number = row[2] ?? null;
    const own = byNumber.get(number) ?? { ...table, rows: [] };
    byNumber.set(number, own);
    own.rows.push(row);
  }
  return [...byNumber.values()];
}

const BOUNDS: ReadonlySet<string> = new Set(['', 'result', 'table', '_start', '_stop']);

/** Columns of the group key become labels, the others columns. */
function rawTable({ result, columns, rows }: FluxTable): RawTable {
  const keys = columns.flatMap(({ name, isKey }, index): Array<[string, string]> => {
    const cell = rows[0]?.[index] ?? '';
    return isKey && !BOUNDS.has(name) ? [[name, String(cell)]] : [];
  });
  const labels = keys.length > 0 ? { labels: Object.fromEntries(keys) } : {};
  const shown = columns.flatMap(({ name, datatype, isKey }, index): RawColumn[] => {
    if (isKey || BOUNDS.has(name)) {
      return [];
    }
    const cells = rows.map((row) => row[index] ?? null);
    return [columnOf(name === '_time' ? 'time' : name, datatype, cells, labels)];
  });
  return { name: result, columns: shown };
}

function columnOf(
  name: string,
  datatype: string,
  cells: Cell[],
  labels: { labels?: Record<string, string> },
): RawColumn {
  const numbers = () => cells.map((cell) => (typeof cell === 'number' ? cell : null));
  switch (datatype) {
    case 'dateTime:RFC3339':
    case 'dateTime:RFC3339Nano':
      return { name, type: 'time', values: numbers() };
    case 'double':
    case 'long':
    case 'unsignedLong':
      return { name, type: 'number', ...labels, values: numbers() };
    case 'boolean':
      return {
        name,
        type: 'boolean',
        ...labels,
        values: cells.map((cell) => (typeof cell === 'boolean' ? cell : null)),
      };
    default:
      return { name, type: 'string', ...labels, values: cells.map((cell) => (cell === null ? null : String(cell))) };
  }
}
