/** What the legend says of a series. */
import type { TrendSeries } from './trend-series';

export interface Summary {
  last: number | null;
  mean: number | null;
  /**
   * A fraction: the mean against the mean of the period before where that is drawn, else the last value against the first.
   * Null where there is nothing to divide by.
   */
  change: number | null;
}

const presentIn = (values: ReadonlyArray<number | null>) => values.filter((value) => value !== null);
const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const against = (value: number, base: number) => (base === 0 ? null : (value - base) / Math.abs(base));

/** Gaps count as nothing, not as zero. `before`: the same series one period earlier, where that is known. */
export function summarise(
  values: ReadonlyArray<number | null>,
  before: ReadonlyArray<number | null> | null = null,
): Summary {
  const present = presentIn(values);
  const [first] = present;
  const last = present[present.length - 1];
  if (first === undefined || last === undefined) {
    return { last: null, mean: null, change: null };
  }
  const mean = meanOf(present);
  const earlier = before === null ? [] : presentIn(before);
  return { last, mean, change: earlier.length > 0 ? against(mean, meanOf(earlier)) : against(last, first) };
}

/** The ghost that stands behind a series. */
export function ghostBehind({ subject, isGhost }: TrendSeries, all: readonly TrendSeries[]): TrendSeries | null {
  return (isGhost ? undefined : all.find((other) => other.isGhost && other.subject === subject)) ?? null;
}
