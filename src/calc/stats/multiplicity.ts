/** Adjusted p-values for a family of tests. Holm bounds the chance of any false alarm, Benjamini–Hochberg their share. */

/** The indices of `p` by ascending value. */
const ascending = (p: readonly number[]): number[] =>
  p.map((_, index) => index).sort((i, j) => (p[i] ?? 0) - (p[j] ?? 0));

/** Holm (1979), step-down: p₍ᵢ₎·(m − i + 1), running maximum, at most 1; in input order. */
export function holm(p: readonly number[]): number[] {
  const adjusted = new Array<number>(p.length).fill(1);
  let running = 0;
  for (const [rank, index] of ascending(p).entries()) {
    running = Math.max(running, (p[index] ?? 1) * (p.length - rank));
    adjusted[index] = Math.min(1, running);
  }
  return adjusted;
}

/** Benjamini, Hochberg (1995), step-up: p₍ᵢ₎·m/i, running minimum from the largest, at most 1; in input order. */
export function benjaminiHochberg(p: readonly number[]): number[] {
  const adjusted = new Array<number>(p.length).fill(1);
  let running = 1;
  for (const [rank, index] of [...ascending(p).entries()].reverse()) {
    running = Math.min(running, ((p[index] ?? 1) * p.length) / (rank + 1));
    adjusted[index] = running;
  }
  return adjusted;
}

export type Correction = 'holm' | 'bh' | 'none';

/** Adjusts those of a family that have a p-value; the others stay null and do not count. */
export function adjustFamily(p: readonly (number | null)[], correction: Correction): (number | null)[] {
  const given = p.filter((value) => value !== null);
  const adjusted = correction === 'holm' ? holm(given) : correction === 'bh' ? benjaminiHochberg(given) : given;
  let next = 0;
  return p.map((value) => (value === null ? null : (adjusted[next++] ?? null)));
}
