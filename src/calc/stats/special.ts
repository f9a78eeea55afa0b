/**
 * Special functions, the one door to @stdlib: tails that hold where others underflow or lose digits. A tail is always asked
 * for as a tail, never as one minus its complement.
 */
import betainc from '@stdlib/math-base-special-betainc';
import betaincinv from '@stdlib/math-base-special-betaincinv';
import erfc from '@stdlib/math-base-special-erfc';
import erfcinv from '@stdlib/math-base-special-erfcinv';
import erfcx from '@stdlib/math-base-special-erfcx';
import gammainc from '@stdlib/math-base-special-gammainc';
import gammaln from '@stdlib/math-base-special-gammaln';
import tCdf from '@stdlib/stats-base-dists-t-cdf';
import tQuantile from '@stdlib/stats-base-dists-t-quantile';

const LN_SQRT_TWO_PI = 0.9189385332046728;

/** Φ(x), the standard normal distribution; the upper tail is Φ(−x). */
export const normalCdf = (x: number): number => erfc(-x * Math.SQRT1_2) / 2;

/** The standard normal density. */
export const normalDensity = (x: number): number => Math.exp(-(x * x) / 2 - LN_SQRT_TWO_PI);

/** The z with Φ(−z) = tail. By erfcinv: the usual normal quantile is −∞ below 5e-17. */
export const normalUpperQuantile = (tail: number): number => Math.SQRT2 * erfcinv(2 * tail);

/**
 * E max(Z, 0) of Z ~ N(mean, sd²): mean·Φ(mean/sd) + sd·φ(mean/sd), written with erfcx where the two terms would cancel.
 */
export function normalPositivePart(mean: number, sd: number): number {
  const z = mean / sd;
  if (z > -1) {
    return mean * normalCdf(z) + sd * normalDensity(z);
  }
  const mills = Math.sqrt(Math.PI / 2) * erfcx(-z * Math.SQRT1_2);
  return sd * normalDensity(z) * (1 + z * mills);
}

/** P(T > t) of Student's t. */
export const studentUpperTail = (t: number, dof: number): number => (t >= 0 ? tCdf(-t, dof) : 1 - tCdf(t, dof));

/** The t with P(T > t) = tail of Student's t. */
export const studentUpperQuantile = (tail: number, dof: number): number => -tQuantile(tail, dof);

/** P(X > x) of χ² with `dof` degrees of freedom. */
export const chiSquareUpperTail = (x: number, dof: number): number => gammainc(x / 2, dof / 2, true, true);

/** P(X ≤ x) of Beta(a, b). */
export const betaCdf = (x: number, a: number, b: number): number => betainc(x, a, b);

/** The x with P(X ≤ x) = tail, or P(X > x) = tail when `upper`, of Beta(a, b). */
export const betaQuantile = (tail: number, a: number, b: number, upper = false): number =>
  betaincinv(tail, a, b, upper);

/** ln Γ(x). */
export const lnGamma = (x: number): number => gammaln(x);

/** ln Γ(x) less Stirling's (x − ½) ln x − x + ½ ln 2π; what remains when large terms are made to cancel on paper. */
export function stirlingError(x: number): number {
  if (x < 16) {
    return gammaln(x) - ((x - 0.5) * Math.log(x) - x + LN_SQRT_TWO_PI);
  }
  const inverse = 1 / x;
  const square = inverse * inverse;
  return inverse * (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square * (1 / 1680 - square / 1188))));
}

/** x ln(x/m) + m − x without cancellation near x = m; Loader (2000), “Fast and accurate computation of binomial probabilities”. */
export function deviance(x: number, m: number): number {
  if (x === 0) {
    return m;
  }
  const difference = x - m;
  if (Math.abs(difference) > 0.1 * (x + m)) {
    return x * Math.log(x / m) - difference;
  }
  const v = difference / (x + m);
  const square = v * v;
  let sum = difference * v;
  let term = 2 * x * v;
  for (let k = 3; k < 1000; k += 2) {
    term *= square;
    const next = sum + term / k;
    if (next === sum) {
      break;
    }
    sum = next;
  }
  return sum;
}

/**
 * ln P(X = x) of Binomial(n, p) by Loader's saddle point, exact to the last digits for any n; `q` = 1 − p is given apart so
 * that a p near 1 keeps its digits. 0 ≤ x ≤ n, not necessarily integer.
 */
export function lnBinomialProbability(x: number, n: number, p: number, q: number): number {
  if (x <= 0) {
    return n * (p > 0.1 ? Math.log(q) : Math.log1p(-p));
  }
  if (x >= n) {
    return n * (q > 0.1 ? Math.log(p) : Math.log1p(-q));
  }
  const rest = n - x;
  return (
    stirlingError(n) - stirlingError(x) - stirlingError(rest) - deviance(x, n * p) - deviance(rest, n * q) +
    0.5 * Math.log(n / (x * rest)) - LN_SQRT_TWO_PI
  ); // prettier-ignore
}
