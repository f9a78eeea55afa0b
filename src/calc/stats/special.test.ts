/** Reference values: mpmath at 40 digits. */
import {
  chiSquareUpperTail,
  deviance,
  lnBinomialProbability,
  normalCdf,
  normalPositivePart,
  normalUpperQuantile,
  stirlingError,
  studentUpperQuantile,
  studentUpperTail,
} from './special';

/** Agreement to `digits` significant digits, however small the number. */
function expectDigits(got: number, expected: number, digits: number): void {
  expect(Math.abs(got - expected)).toBeLessThanOrEqual(Math.abs(expected) * 10 ** -digits);
}

describe('the normal distribution', () => {
  it.each([
    [-37, 5.7255712225245768e-300],
    [-8, 6.2209605742717841e-16],
    [-1, 0.15865525393145705],
    [0, 0.5],
    [3, 0.99865010196836991],
  ])('Φ(%p) keeps its digits far into the tail', (z, expected) => {
    expectDigits(normalCdf(z), expected, 12);
  });

  it.each([
    [1e-300, 37.047096299361199],
    [1e-17, 8.4937932241095981],
    [0.025, 1.9599639845400542],
    [0.4, 0.25334710313579974],
  ])('the quantile of tail %p is exact', (tail, expected) => {
    expectDigits(normalUpperQuantile(tail), expected, 14);
  });

  it('turns the sign of the quantile above one half', () => {
    expect(normalUpperQuantile(0.8)).toBeCloseTo(-0.8416212335729143, 14);
    expect(normalUpperQuantile(0.5)).toBeCloseTo(0, 15);
  });

  it.each([
    [-30, 1.6319567340914012e-199],
    [-8, 7.5502624119464989e-17],
    [-1, 0.083315470587686298],
    [0, 0.39894228040143268],
    [2, 2.0084907026168296],
  ])('E max(Z, 0) at mean %p survives the cancellation of its two terms', (mean, expected) => {
    expectDigits(normalPositivePart(mean, 1), expected, 9);
    expectDigits(normalPositivePart(mean * 3, 3), expected * 3, 9);
  });
});

describe("Student's t", () => {
  it.each([
    [3, 1.3, 0.078172295440489284],
    [40, 50, 6.2062118921863528e-40],
    [1e-9, 50, 0.49999999960304732],
    [5, 1e6, 2.8669989354453708e-7],
    [0.5, 2, 1 / 3],
  ])('P(T > %p) at %p degrees of freedom', (t, dof, expected) => {
    expectDigits(studentUpperTail(t, dof), expected, 11);
    expect(studentUpperTail(-t, dof)).toBeCloseTo(1 - expected, 14);
  });

  it.each([
    [0.025, 1, 12.706204736174704],
    [0.025, 2.5, 3.5746548420036831],
    [0.025, 6.99293702177766, 2.3651084908028001],
    [1e-10, 1, 3183098861.8379066],
    [0.4, 3, 0.27667066233268985],
    [0.005, 1e9, 2.5758293084654484],
    [0.025, Number.POSITIVE_INFINITY, 1.9599639845400542],
  ])('the quantile of tail %p at %p degrees of freedom', (tail, dof, expected) => {
    expectDigits(studentUpperQuantile(tail, dof), expected, 12);
  });
});

describe('χ², Beta and the pieces of exact probabilities', () => {
  it.each([
    [3.84, 1, 0.050043521248705103],
    [1000, 2, 7.1245764067412855e-218],
    [0.1, 5, 0.99983768338807738],
    [1400, 1, 2.1010145162642175e-306],
  ])('P(χ² > %p) at %p degrees of freedom', (x, dof, expected) => {
    expectDigits(chiSquareUpperTail(x, dof), expected, 10);
  });

  it.each([
    [3, 10, 0.25, -1.3851658477400924],
    [500_000_100, 1_000_000_000, 0.5, -10.587444271367913],
    [0, 50, 0.01, -0.50251679267507207],
    [50, 50, 0.99, -0.50251679267507251],
  ])('ln P(X = %p) of Binomial(%p, %p), at any size', (x, n, p, expected) => {
    expectDigits(lnBinomialProbability(x, n, p, 1 - p), expected, 13);
  });

  it.each([
    [0.5, 0.15342640972002735],
    [10, 0.0083305634333628713],
    [15.9, 0.0052403998807561082],
    [16, 0.0052076559196096404],
    [1e6, 8.3333333333330556e-8],
  ])("Stirling's error at %p, on both sides of the switch", (x, expected) => {
    expect(Math.abs(stirlingError(x) - expected)).toBeLessThan(2e-14);
  });

  it('measures deviance near and far from the mean alike', () => {
    expect(deviance(0, 7)).toBe(7);
    expectDigits(deviance(20, 7), 20 * Math.log(20 / 7) - 13, 14);
    // x ln(x/m) + m − x ≈ (x − m)²/2m − (x − m)³/6m² next to the mean.
    expectDigits(deviance(1e9 + 1, 1e9), 1 / 2e9 - 1 / 6e18, 12);
  });
});
