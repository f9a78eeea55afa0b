/** PromQL as somebody typed it: one table a series. */
import { expandMacros } from '../macros';
import type { RawAnswer, RawRequest, RawTable } from '../capabilities/raw';
import { chartGrid } from './grid';
import { duration } from './promql';
import type { TrafficReader } from './traffic-question';

/** @throws FailureError */
export async function answerPromql(
  { api, maxPoints }: TrafficReader,
  maxRows: number,
  { statement, period, stepMs, isInstant }: RawRequest,
  signal: AbortSignal,
): Promise<Omit<RawAnswer, 'endpoint'>> {
  const grid = chartGrid(period, stepMs, maxPoints);
  const expr = withMacros(statement, period.to - period.from, grid.stepMs);
  const { value, warnings } = isInstant
    ? await api.query(expr, period.to, signal).then((reply) => ({
        ...reply,
        value: reply.value.map(({ labels, time, value: number }) => ({ labels, times: [time], values: [number] })),
      }))
    : await api.queryRange(expr, grid, signal);
  const tables: RawTable[] = [];
  let rows = 0;
  for (const { labels, times, values } of value) {
    rows += times.length;
    if (rows > maxRows) {
      warnings.push(
        `Only ${String(tables.length)} of ${String(value.length)} series are shown: limits.rows is ${String(maxRows)}.`,
      );
      break;
    }
    const { __name__: name = 'value', ...others } = labels;
    tables.push({
      name,
      columns: [
        { name: 'time', type: 'time', values: Array.from(times) },
        {
          name,
          type: 'number',
          labels: others,
          values: Array.from(values, (number) => (Number.isFinite(number) ? number : null)),
        },
      ],
    });
  }
  return { tables, warnings, executed: [expr] };
}

/** Grafana's own variables of a Prometheus query. */
function withMacros(statement: string, rangeMs: number, stepMs: number): string {
  return expandMacros({ language: 'promql', source: 'prometheus', field: 'expr' }, statement, {
    __interval: () => duration(stepMs),
    __interval_ms: () => String(stepMs),
    __rate_interval: () => duration(Math.max(4 * 30_000, stepMs + 30_000)),
    __range: () => duration(rangeMs),
    __range_s: () => String(Math.round(rangeMs / 1000)),
    __range_ms: () => String(rangeMs),
  });
}
