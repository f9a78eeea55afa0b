/** How far the y axis reaches. */
import { roundAxis, type Axis } from './ticks';
import type { Threshold } from './thresholds';

export interface Extent {
  values: ReadonlyArray<number | null>;
  low?: ReadonlyArray<number | null> | undefined;
  high?: ReadonlyArray<number | null> | undefined;
}

/** The y axis for these series: thresholds are always in view, bars stand on zero, a field's min and max are kept to. */
export function axisFor(
  extents: readonly Extent[],
  thresholds: readonly Threshold[],
  options: { fromZero: boolean; min: number | null | undefined; max: number | null | undefined },
): Axis {
  let low = Infinity;
  let high = -Infinity;
  const include = (value: number | null | undefined) => {
    if (value != null) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  };
  for (const extent of extents) {
    extent.values.forEach(include);
    extent.low?.forEach(include);
    extent.high?.forEach(include);
  }
  thresholds.forEach(({ value }) => include(value));
  if (options.fromZero) {
    include(0);
  }
  if (low > high) {
    return roundAxis(0, 1);
  }
  // A threshold at the very top would hide its own name.
  const top = thresholds.some(({ value }) => value === high) ? high + (high - low) * 0.15 : high;
  return roundAxis(low, top, { min: options.min ?? null, max: options.max ?? null });
}
