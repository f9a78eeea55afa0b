import { kolmogorovUpperTail } from './kolmogorov-smirnov';

describe("Kolmogorov's limit distribution", () => {
  // The alternating series to 200 terms; the first and last also by scipy.stats.kstwobign.sf.
  it.each([
    [0.3, 0.9999906941986655],
    [0.8276, 0.4999584165635472],
    [1.3581015, 0.049999223025212404],
    [3, 3.045995948942526e-8],
  ])('has P(K > %p) = %p', (x, tail) => {
    expect(Math.abs(kolmogorovUpperTail(x) / tail - 1)).toBeLessThan(1e-10);
  });

  it('joins its two series without a step', () => {
    expect(kolmogorovUpperTail(1 - 1e-12)).toBeCloseTo(kolmogorovUpperTail(1), 10);
  });

  it('stays between 0 and 1 and falls', () => {
    const tails = Array.from({ length: 400 }, (_, index) => kolmogorovUpperTail(index / 100));
    expect(tails.every((tail, index) => tail >= 0 && tail <= (tails[index - 1] ?? 1))).toBe(true);
  });
});
