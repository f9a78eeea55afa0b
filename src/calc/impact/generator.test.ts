import { createGenerator, createNormalDraw, drawBeta, drawGamma } from './generator';

const DRAWS = 50_000;
const draw = (next: () => number) => Float64Array.from({ length: DRAWS }, next);
const meanOf = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
const varianceOf = (values: Float64Array) => {
  const mean = meanOf(values);
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
};

describe('createGenerator', () => {
  it('repeats itself for the same seed and differs for another', () => {
    const first = createGenerator(11);
    const again = createGenerator(11);
    const other = createGenerator(12);
    const numbers = [first(), first(), first()];
    expect([again(), again(), again()]).toEqual(numbers);
    expect([other(), other(), other()]).not.toEqual(numbers);
  });

  it('draws uniform numbers strictly between 0 and 1', () => {
    const values = draw(createGenerator(3));
    expect(Math.min(...values)).toBeGreaterThan(0);
    expect(Math.max(...values)).toBeLessThan(1);
    expect(Math.abs(meanOf(values) - 0.5)).toBeLessThan(4 * Math.sqrt(1 / 12 / DRAWS));
  });
});

describe.each([
  ['normal', (_: () => number, normal: () => number) => draw(normal), 0, 1],
  ['gamma of shape 7', (u: () => number, n: () => number) => draw(() => drawGamma(7, u, n)), 7, 7],
  ['beta of 3 and 5', (u: () => number, n: () => number) => draw(() => drawBeta(3, 5, u, n)), 3 / 8, 15 / 576],
] as const)('a draw from the %s distribution', (_, sample, mean, variance) => {
  it('has its mean and variance', () => {
    const uniform = createGenerator(5);
    const values = sample(uniform, createNormalDraw(uniform));
    expect(Math.abs(meanOf(values) - mean)).toBeLessThan(4 * Math.sqrt(variance / DRAWS));
    expect(Math.abs(varianceOf(values) / variance - 1)).toBeLessThan(0.04);
  });
});
