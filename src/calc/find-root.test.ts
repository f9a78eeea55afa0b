import { findRoot } from './find-root';

describe('findRoot', () => {
  it.each<[string, (x: number) => number, number, number, number]>([
    ['a line', (x) => x - 3, -100, 100, 3],
    ['a cubic', (x) => x ** 3 - 2, 0, 10, Math.cbrt(2)],
    ['a step smoothed to nothing', (x) => Math.tanh(1e6 * (x - 0.3)), 0, 1, 0.3],
    ['a root at an end', (x) => x, 0, 5, 0],
    ['a flat tail', (x) => Math.exp(-x) - 1e-6, 0, 1e6, 6 * Math.LN10],
  ])('finds the root of %s', (_, value, from, to, root) => {
    expect(Math.abs(findRoot(value, from, to) - root)).toBeLessThan(1e-7);
  });

  it('needs few evaluations for a smooth function', () => {
    let evaluations = 0;
    findRoot(
      (x) => {
        evaluations++;
        return Math.exp(x) - 5;
      },
      -10,
      10,
    );
    expect(evaluations).toBeLessThan(20);
  });
});
