/** InfluxQL as somebody typed it: one table a series, for reading statements bounded in time. */
import { FailureError } from '../../../../src/contract/failure';
import { maskStatement } from '../../../../src/contract/statement-text';
import type { RawAnswer, RawColumn, RawRequest } from '../../capabilities/raw';
import type { Period } from '../../period';
import { expandMacros } from '../../macros';
import type { RawLimits } from '../dialect';
import { requireReading } from './statement';
import type { Statement } from './statement';
import type { QueryReply, QuerySeries } from './wire';

export type Run = (statement: Statement, signal: AbortSignal) => Promise<{ reply: QueryReply; warnings: string[] }>;

/** @throws FailureError */
export async function answerInfluxql(
  run: Run,
  limits: RawLimits,
  { statement, period, stepMs }: RawRequest,
  signal: AbortSignal,
): Promise<Omit<RawAnswer, 'endpoint'>> {
  const text = withMacros(statement, period, stepMs);
  requireReading(text);
  requireBoundedBuckets(text, period, limits.points);
  const { reply, warnings } = await run({ text, parameters: {} }, signal);
  const shown: QuerySeries[] = [];
  let rows = 0;
  for (const series of reply.series) {
    rows += series.values.length;
    if (rows > limits.rows) {
      warnings.push(
        `Only ${String(shown.length)} of ${String(reply.series.length)} series are shown: limits.rows is ${String(limits.rows)}.`,
      );
      break;
    }
    shown.push(series);
  }
  return {
    tables: shown.map((series) => ({
      name: series.name,
      columns: series.columns.map((name, index) => columnOf(series, name, index)),
    })),
    warnings,
    executed: [text],
  };
}

/** Grafana's own variables of an InfluxQL query. */
function withMacros(statement: string, { from, to }: Period, stepMs: number): string {
  const timeFilter = () => `time >= ${String(from)}ms AND time < ${String(to)}ms`;
  const interval = () => `${String(stepMs)}ms`;
  return expandMacros({ language: 'influxql', source: 'influx', field: 'query' }, statement, {
    timeFilter,
    __timeFilter: timeFilter,
    __interval: interval,
    interval,
    __interval_ms: () => String(stepMs),
  });
}

const UNIT_MS: Record<string, number> = {
  ns: 1e-6,
  u: 1e-3,
  µ: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/**
 * `GROUP BY time(1ms)` over everything never returns, and the server does not defend itself: such a statement needs a
 * bound on time, and no more buckets over the dashboard's range than a series may have.
 */
function requireBoundedBuckets(text: string, period: Period, maxPoints: number): void {
  const code = maskStatement('influxql', text);
  const widths = [...code.matchAll(/\btime\s*\(\s*(\d+)(ns|u|µ|ms|s|m|h|d|w)/gi)].map(
    ([, magnitude, unit]) => Number(magnitude) * (UNIT_MS[unit?.toLowerCase() ?? ''] ?? Number.NaN),
  );
  if (widths.length === 0) {
    return;
  }
  const widthMs = Math.min(...widths);
  const isBounded = /\btime\s*>=?/i.test(code);
  if (!isBounded || (period.to - period.from) / widthMs > maxPoints) {
    throw new FailureError({
      class: 'limit',
      source: 'influx',
      field: 'query',
      message: isBounded
        ? `Groups of this width are more than ${String(maxPoints)} over the time range.`
        : 'GROUP BY time needs a bound on time.',
      fix: isBounded ? 'Write GROUP BY time($__interval), or shorten the range.' : 'Write WHERE $timeFilter.',
    });
  }
}

function columnOf({ tags, values }: QuerySeries, name: string, index: number): RawColumn {
  const cells = values.map((row) => row[index] ?? null);
  const labels = Object.keys(tags).length > 0 ? { labels: tags } : {};
  const kind = typeof cells.find((cell) => cell !== null);
  if (name === 'time' && kind === 'number') {
    return { name, type: 'time', values: cells.map((cell) => (typeof cell === 'number' ? cell : null)) };
  }
  switch (kind) {
    case 'number':
      return { name, type: 'number', ...labels, values: cells.map((cell) => (typeof cell === 'number' ? cell : null)) };
    case 'boolean':
      return {
        name,
        type: 'boolean',
        ...labels,
        values: cells.map((cell) => (typeof cell === 'boolean' ? cell : null)),
      };
    default:
      return { name, type: 'string', ...labels, values: cells.map(textOf) };
  }
}

/** Columns of mixed types, which InfluxDB allows, are shown as text. */
function textOf(cell: unknown): string | null {
  return cell === null ? null : typeof cell === 'string' ? cell : JSON.stringify(cell);
}
