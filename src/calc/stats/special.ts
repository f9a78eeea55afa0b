/**
 * Special functions, the one door to @stdlib: tails that hold where others underflow or lose digits. A tail is always asked
 * for as a tail, never as one minus its complement. Quantiles are inverted here: the library's weigh 17 kB gzipped in a
 * browser and are no more exact.
 */
import betainc from '@stdlib/math-base-special-betainc';
import erfc from '@stdlib/math-base-special-erfc';
import gammainc from '@stdlib/math-base-special-gammainc';
import gammaln from '@stdlib/math-base-special-gammaln';

/** Degrees of freedom from which on two terms of Student's density at zero are exact. */
const NEARLY_NORMAL = 1e6;
/** Degrees of freedom from which on Student's quantile differs from the normal one by less than a double shows. */
const AS_GOOD_AS_NORMAL = 1e16;

const LN_SQRT_TWO_PI = 0.9189385332046728;

/** 1/(1 + e⁻ˣ): the probability of log-odds x. */
export const logistic = (x: number): number => 1 / (1 + Math.exp(-x));

/** Φ(x), the standard normal distribution; the upper tail is Φ(−x). */
export const normalCdf = (x: number): number => erfc(-x * Math.SQRT1_2) / 2;

/** The standard normal density. */
const normalDensity = (x: number): number => Math.exp(-(x * x) / 2 - LN_SQRT_TWO_PI);

/**
 * The z with Φ(−z) = tail, for 0 < tail < 1. Newton's method on ln Φ(−z), to the last digits even at tails of 1e-300, from
 * the rational approximation 26.2.23 of Abramowitz and Stegun.
 */
export function normalUpperQuantile(tail: number): number {
  if (tail > 0.5) {
    return -normalUpperQuantile(1 - tail);
  }
  const s = Math.sqrt(-2 * Math.log(tail));
  let z = s - (2.515517 + s * (0.802853 + s * 0.010328)) / (1 + s * (1.432788 + s * (0.189269 + s * 0.001308)));
  for (let iteration = 0; iteration < 3; iteration++) {
    const reached = normalCdf(-z);
    z += (Math.log(reached / tail) * reached) / normalDensity(z);
  }
  return z;
}

/** E max(Z, 0) of Z ~ N(mean, sd²): mean·Φ(mean/sd) + sd·φ(mean/sd). Keeps nine digits down to 1e-300. */
export function normalPositivePart(mean: number, sd: number): number {
  const z = mean / sd;
  return Math.max(0, mean * normalCdf(z) + sd * normalDensity(z));
}

/** I_x(a, b), the regularised incomplete beta function; 1 − I_x(a, b) when `upper`. */
export const incompleteBeta = (x: number, a: number, b: number, tail: 'lower' | 'upper' = 'lower'): number =>
  betainc(x, a, b, true, tail === 'upper');

/** P(T > t) of Student's t with ν degrees of freedom: ½ I_{ν/(ν + t²)}(ν/2, ½) for t ≥ 0. */
export function studentUpperTail(t: number, dof: number): number {
  if (t < 0) {
    return 1 - studentUpperTail(-t, dof);
  }
  const square = t * t;
  // Whichever of the two arguments is the small one keeps its digits.
  return square < dof
    ? incompleteBeta(square / (dof + square), 0.5, dof / 2, 'upper') / 2
    : incompleteBeta(dof / (dof + square), dof / 2, 0.5) / 2;
}

/**
 * The t with P(T > t) = tail, 0 < tail < 1, of Student's t. Newton's method on ln P against ln t, which is concave, so that
 * it converges from anywhere; it starts from the first terms of Cornish and Fisher's expansion.
 */
export function studentUpperQuantile(tail: number, dof: number): number {
  if (tail >= 0.5) {
    return tail === 0.5 ? 0 : -studentUpperQuantile(1 - tail, dof);
  }
  const z = normalUpperQuantile(tail);
  if (dof > AS_GOOD_AS_NORMAL) {
    return z;
  }
  // Next to the normal density the difference of the two large logarithms would be roundoff.
  const lnDensityAtZero =
    dof > NEARLY_NORMAL
      ? -LN_SQRT_TWO_PI - 1 / (4 * dof)
      : gammaln((dof + 1) / 2) - gammaln(dof / 2) - Math.log(dof * Math.PI) / 2;
  let t = z + (z * z * z + z) / (4 * dof);
  for (let iteration = 0; iteration < 100; iteration++) {
    const reached = studentUpperTail(t, dof);
    const density = Math.exp(lnDensityAtZero - ((dof + 1) / 2) * Math.log1p((t * t) / dof));
    const step = (Math.log(reached / tail) * reached) / (t * density);
    t *= Math.exp(Math.min(step, 50));
    if (Math.abs(step) < 1e-15) {
      break;
    }
  }
  return t;
}

/** P(X > x) of χ² with `dof` degrees of freedom. */
export const chiSquareUpperTail = (x: number, dof: number): number => gammainc(x / 2, dof / 2, true, true);

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
