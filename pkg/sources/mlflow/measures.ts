/** Reading what a run logged: fractions on whichever scale, and the size of its test set. */
import type { MlflowMapping } from '../../../src/contract/settings';

export interface Measure {
  run: string;
  kind: 'metric' | 'param';
  key: string;
  value: number;
}

/** MLflow stores ±Infinity as the largest double. */
const STORED_INFINITY = Number.MAX_VALUE;

/** The first key, in the mapping's order, with a usable value, as a fraction; null when there is none in [0, 1]. */
export function readFraction(
  measures: readonly Measure[],
  keys: readonly string[],
  scale: MlflowMapping['accuracyScale'],
): number | null {
  for (const key of keys) {
    const found = measures.find((measure) => measure.kind === 'metric' && measure.key === key);
    if (found && Number.isFinite(found.value) && Math.abs(found.value) < STORED_INFINITY) {
      const value = scale === 'percent' || (scale === 'auto' && found.value > 1) ? found.value / 100 : found.value;
      return value >= 0 && value <= 1 ? value : null;
    }
  }
  return null;
}

/**
 * Rows in the test set: `test_size` itself where it is a count, else the row count logged beside it. A share alone says
 * nothing about the number of rows.
 */
export function readTestRows(
  measures: readonly Measure[],
  mapping: Pick<MlflowMapping, 'testSizeParam' | 'testRows'>,
): number | null {
  const valuesOf = (key: string) => measures.filter((measure) => measure.key === key).map(({ value }) => value);
  const counts = [...valuesOf(mapping.testRows), ...valuesOf(mapping.testSizeParam)];
  return counts.find((value) => Number.isInteger(value) && value >= 1) ?? null;
}
