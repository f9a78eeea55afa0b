/** Series of an aggregate, put together from cells that arrive in any order, statement by statement. */
import type { AggregateSeries } from './dialect';

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

  /** A later cell of the same group, time and column replaces an earlier one. @param time epoch ms */
  add(tags: Readonly<Record<string, string>>, time: number, column: string, value: number): void {
    const own = Object.fromEntries(this.by.map((tag) => [tag, tags[tag] ?? '']));
    const key = JSON.stringify(Object.values(own));
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
