/** Series of an aggregate, put together from cells that arrive in any order, statement by statement. */
import { FailureError } from '../../../src/contract/failure';
import type { AggregateSeries } from './dialect';

/** More are a tag that means something else, like a request's id; nobody can read them, and memory could not hold them. */
export const MOST_SERIES = 100_000;

export function tooManySeries(): FailureError {
  return new FailureError({
    class: 'limit',
    source: 'influx',
    message: `InfluxDB’s answer has more than ${MOST_SERIES.toLocaleString('en-US')} series.`,
    fix: 'Group by fewer tags, or by one with fewer values.',
  });
}

interface Group {
  tags: Record<string, string>;
  rows: Map<number, Map<string, number>>;
}

export class SeriesCollector {
  readonly #groups = new Map<string, Group>();

  /** @param by tags that make a group @param columns names of all columns */
  constructor(
    private readonly by: readonly string[],
    private readonly columns: readonly string[],
  ) {}

  /**
   * A later cell of the same group, time and column replaces an earlier one. @param time epoch ms
   * @throws FailureError class `limit` for more than `MOST_SERIES` groups
   */
  add(tags: Readonly<Record<string, string>>, time: number, column: string, value: number): void {
    const own = Object.fromEntries(this.by.map((tag) => [tag, tags[tag] ?? '']));
    const key = JSON.stringify(Object.values(own));
    if (this.#groups.size >= MOST_SERIES && !this.#groups.has(key)) {
      throw tooManySeries();
    }
    const group = this.#groups.get(key) ?? { tags: own, rows: new Map<number, Map<string, number>>() };
    this.#groups.set(key, group);
    const row = group.rows.get(time) ?? new Map<string, number>();
    group.rows.set(time, row);
    row.set(column, value);
  }

  /** Times ascending, NaN where a row lacks a column's value. */
  finish(): AggregateSeries[] {
    return [...this.#groups.values()].map(({ tags, rows }) => {
      const sorted = [...rows].sort(([a], [b]) => a - b);
      const column = (name: string) => Float64Array.from(sorted, ([, row]) => row.get(name) ?? Number.NaN);
      return {
        tags,
        times: Float64Array.from(sorted, ([time]) => time),
        columns: Object.fromEntries(this.columns.map((name) => [name, column(name)])),
      };
    });
  }
}
