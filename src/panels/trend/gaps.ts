/** Gaps a store left out of its answer: a regular series that skips samples has a hole, not a straight line. */
import type { Alignable } from './aligned';

/** Share of the steps that must be alike for a series to count as regular; scrapes and runs may come at any time. */
const REGULAR_SHARE = 0.9;
/** Steps differ by rounding, and a sample may come late; one that is this much longer than usual lacks one. */
const HOLE = 1.6;
const ALIKE = 0.05;

/** The step most samples are apart, ms; null for an irregular or too short series. */
function regularStep(time: readonly number[]): number | null {
  if (time.length < 4) {
    return null;
  }
  // Typed: ten thousand numbers are sorted in a millisecond.
  const steps = Float64Array.from(
    { length: time.length - 1 },
    (_, index) => (time[index + 1] ?? 0) - (time[index] ?? 0),
  );
  const median = steps.toSorted()[Math.floor(steps.length / 2)] ?? 0;
  let alike = 0;
  for (const step of steps) {
    alike += Math.abs(step - median) <= ALIKE * median ? 1 : 0;
  }
  return median > 0 && alike >= REGULAR_SHARE * steps.length ? median : null;
}

/** Where a hole starts: the indices of the samples before one. */
function holesIn(time: readonly number[]): { after: number[]; step: number } {
  const step = regularStep(time);
  if (step === null) {
    return { after: [], step: 0 };
  }
  const after: number[] = [];
  for (let index = 0; index + 1 < time.length; index += 1) {
    if ((time[index + 1] ?? 0) - (time[index] ?? 0) > HOLE * step) {
      after.push(index);
    }
  }
  return { after, step };
}

/** The series with one empty sample in each of its holes, one step after the sample before it. Times in epoch ms. */
export function openGaps(series: Alignable): Alignable {
  const { after, step } = holesIn(series.time);
  if (after.length === 0) {
    return series;
  }
  const withHoles = <T>(values: readonly T[], fill: (before: number) => T): T[] => {
    const out: T[] = [];
    let from = 0;
    for (const index of after) {
      out.push(...values.slice(from, index + 1), fill(index));
      from = index + 1;
    }
    out.push(...values.slice(from));
    return out;
  };
  return {
    time: withHoles(series.time, (before) => (series.time[before] ?? 0) + step),
    columns: series.columns.map((column) => withHoles(column, () => null)),
  };
}
