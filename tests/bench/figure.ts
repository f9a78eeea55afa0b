/** One measured figure, with the goal it is held to. */
export interface Figure {
  what: string;
  value: number;
  unit: string;
  goal?: { atMost: number; atLeast?: undefined } | { atLeast: number; atMost?: undefined };
}

/** The median: half of the values are smaller. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? (sorted[middle] ?? NaN) : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
}

/** Milliseconds each of `times` runs takes, one after the other. */
export async function timeRuns(times: number, run: () => Promise<unknown>): Promise<number[]> {
  const taken: number[] = [];
  for (let i = 0; i < times; i++) {
    const began = performance.now();
    await run();
    taken.push(performance.now() - began);
  }
  return taken;
}
