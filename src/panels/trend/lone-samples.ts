/** Indices of values with a gap on both sides, which a line cannot show; `undefined` is a time of another series. */
export function loneSamples(values: ArrayLike<number | null | undefined>): number[] {
  const lone: number[] = [];
  let before: number | null | undefined = null;
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index];
    if (value === undefined) {
      continue;
    }
    if (value !== null && before === null) {
      let next = index + 1;
      while (next < values.length && values[next] === undefined) {
        next += 1;
      }
      if (values[next] == null) {
        lone.push(index);
      }
    }
    before = value;
  }
  return lone;
}
