/** Series on one time axis, as uPlot wants them. */

export type Column = Array<number | null | undefined>;

export interface Alignable {
  time: readonly number[];
  columns: ReadonlyArray<ReadonlyArray<number | null>>;
}

/**
 * Joins series by time. `null` stays a gap; a time that a series does not have at all becomes `undefined`, which uPlot
 * draws across, so that series of different steps do not tear each other apart.
 */
export function alignByTime(groups: readonly Alignable[]): { time: number[]; columns: Column[][] } {
  const [first] = groups;
  if (first && groups.every((group) => group.time.length === first.time.length && group.time.every((at, index) => at === first.time[index]))) {
    return { time: [...first.time], columns: groups.map((group) => group.columns.map((column) => [...column])) };
  } // prettier-ignore
  const time = [...new Set(groups.flatMap((group) => [...group.time]))].filter(Number.isFinite).sort((a, b) => a - b);
  const place = new Map(time.map((at, index) => [at, index]));
  const columns = groups.map((group) =>
    group.columns.map((column) => {
      const aligned: Column = new Array<number | null | undefined>(time.length).fill(undefined);
      group.time.forEach((at, index) => {
        const target = place.get(at);
        if (target !== undefined) {
          aligned[target] = column[index];
        }
      });
      return aligned;
    }),
  );
  return { time, columns };
}
