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
  const steps = time.slice(1).map((at, index) => at - (time[index] ?? at));
  const median = steps.toSorted((a, b) => a - b)[Math.floor(steps.length / 2)] ?? 0;
  const alike = steps.filter((step) => Math.abs(step - median) <= ALIKE * median).length;
  return median > 0 && alike >= REGULAR_SHARE * steps.length ? median : null;
}

/** Where a hole starts: the indices of the samples before one. */
function holesIn(time: readonly number[]): { after: number[]; step: number } {
  const step = regularStep(time);
  if (step === null) {
    return { after: [], step: 0 };
  }
  const after = time.flatMap((at, index) => ((time[index + 1] ?? at) - at > HOLE * step ? [index] : []));
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
