import { betaCdf, betaQuantile } from './beta-distribution';
import { logistic } from './special';

/** Agreement to `digits` significant digits, however small the number. */
function expectDigits(got: number, expected: number, digits: number): void {
  expect(Math.abs(got - expected)).toBeLessThanOrEqual(Math.abs(expected) * 10 ** -digits);
}

describe('the Beta distribution', () => {
  it.each([
    [0.025, 38, 9964, 0.00269019801058529],
    [0.025, 1, 10001, 2.53152444135101e-6],
    [1e-10, 3, 5, 0.000141918481480725],
  ])('has its %p-quantile for (%p, %p), from either side', (tail, a, b, expected) => {
    expectDigits(logistic(betaQuantile({ a, b }, tail)), expected, 10);
    expectDigits(logistic(-betaQuantile({ a: b, b: a }, tail, true)), expected, 10);
    expectDigits(betaCdf({ a, b }, betaQuantile({ a, b }, tail)), tail, 10);
  });

  // By quadrature with 30 digits.
  it.each([
    [5e8, 7e8, -0.336647898634, 0.001349977362989675],
    [3.78e8, 3.39e9, -2.19370185001, 0.4207460396723489],
    [1000, 2_000_000, -7.75905586608, 5.837963874089451e-7],
    [2500, 1200, 0.786647443844, 0.9320312703705159],
  ])('of (%p, %p) keeps its digits where the parameters are large', (a, b, logOdds, expected) => {
    expectDigits(betaCdf({ a, b }, logOdds), expected, 11);
    expectDigits(1 - betaCdf({ a: b, b: a }, -logOdds), expected, 10);
  });

  it('is the same on both sides of the size at which the method changes', () => {
    const [below, above] = [betaCdf({ a: 999.999_999, b: 4000 }, -1.4), betaCdf({ a: 1000, b: 4000 }, -1.4)];
    expect(below).toBeCloseTo(above, 7);
  });

  it.each([0.01, 0.5, 1, 1e5, 1e9])('has no tail outside of 0…1 for parameters of %p', (size) => {
    for (const logOdds of [-800, -700, -30, -1e-9, 0, 1e-9, 30, 700, 800]) {
      const share = betaCdf({ a: size, b: size * 3 }, logOdds);
      expect(share).toBeGreaterThanOrEqual(0);
      expect(share).toBeLessThanOrEqual(1);
    }
  });
});
