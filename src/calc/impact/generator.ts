/**
 * A small seeded generator: xoshiro128++ (Blackman & Vigna 2021), its state filled by splitmix32. Same seed, same
 * numbers, on every machine.
 */

/** Uniform numbers in (0, 1) with 32 random bits; never 0 or 1, so that logarithms are safe. */
export type Generator = () => number;

const rotateLeft = (value: number, by: number): number => (value << by) | (value >>> (32 - by));

function splitmix32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) | 0;
  };
}

/** A generator from a 32-bit integer seed. */
export function createGenerator(seed: number): Generator {
  const next = splitmix32(seed);
  let [a, b, c, d] = [next(), next(), next(), next()];
  return () => {
    const word = (rotateLeft((a + d) | 0, 7) + a) | 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotateLeft(d, 11);
    return ((word >>> 0) + 0.5) / 2 ** 32;
  };
}

/** Standard normal draws (Marsaglia's polar method). */
export function createNormalDraw(uniform: Generator): Generator {
  let kept: number | null = null;
  return () => {
    if (kept !== null) {
      const spare = kept;
      kept = null;
      return spare;
    }
    for (;;) {
      const x = 2 * uniform() - 1;
      const y = 2 * uniform() - 1;
      const square = x * x + y * y;
      if (square > 0 && square < 1) {
        const scale = Math.sqrt((-2 * Math.log(square)) / square);
        kept = y * scale;
        return x * scale;
      }
    }
  };
}

/** A gamma draw with shape ≥ 1 and scale 1 (Marsaglia & Tsang 2000). */
export function drawGamma(shape: number, uniform: Generator, normal: Generator): number {
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normal();
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(uniform()) < (x * x) / 2 + d * (1 - v + Math.log(v))) {
      return d * v;
    }
  }
}

/** A beta draw with both shapes ≥ 1. */
export function drawBeta(alpha: number, beta: number, uniform: Generator, normal: Generator): number {
  const successes = drawGamma(alpha, uniform, normal);
  return successes / (successes + drawGamma(beta, uniform, normal));
}
