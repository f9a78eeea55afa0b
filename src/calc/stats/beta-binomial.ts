/**
 * Two proportions with independent Beta posteriors: chance to win and expected losses where counts are too small for the
 * Gaussian form.
 */
import { betaCdf, betaQuantile, lnBinomialProbability, stirlingError } from './special';
import type { Counts } from './small-counts';

export interface Beta {
  a: number;
  b: number;
}

/** The posterior after `counts`, from the prior Beta(a, b), by default uniform. */
export const betaPosterior = ({ n, x }: Counts, prior: Beta = { a: 1, b: 1 }): Beta => ({
  a: prior.a + x,
  b: prior.b + n - x,
});

export const betaMean = ({ a, b }: Beta): number => a / (a + b);

/** Equal-tailed credible interval at 1 − alpha. */
export const betaInterval = ({ a, b }: Beta, alpha: number): [low: number, high: number] => [
  betaQuantile(alpha / 2, a, b),
  betaQuantile(alpha / 2, a, b, true),
];

/** Density of Beta(a, b): (n + 1) times a binomial probability with n = a + b − 2, exact for any size. */
function betaDensity({ a, b }: Beta, p: number): number {
  const n = a + b - 2;
  if (a < 1 || b < 1 || n <= 0) {
    // Beta(a, b) from Beta(a + 1, b + 1), whose density is bounded: B(a, b) = B(a + 1, b + 1)·(a + b)(a + b + 1)/(ab).
    const raised = (n + 3) * Math.exp(lnBinomialProbability(a, a + b, p, 1 - p));
    return (raised * a * b) / ((a + b) * (a + b + 1) * p * (1 - p));
  }
  return (n + 1) * Math.exp(lnBinomialProbability(a - 1, n, p, 1 - p));
}

/** Nodes and weights of 16-point Gauss–Legendre on [−1, 1], one half; the other is its mirror. */
const GAUSS_LEGENDRE: readonly (readonly [node: number, weight: number])[] = [
  [0.09501250983763744, 0.1894506104550685],
  [0.2816035507792589, 0.1826034150449236],
  [0.45801677765722737, 0.16915651939500254],
  [0.6178762444026438, 0.14959598881657673],
  [0.755404408355003, 0.12462897125553387],
  [0.8656312023878318, 0.09515851168249279],
  [0.9445750230732326, 0.062253523938647894],
  [0.9894009349916499, 0.027152459411754095],
];

function integrate(integrand: (p: number) => number, cuts: readonly number[]): number {
  let sum = 0;
  for (let index = 1; index < cuts.length; index++) {
    const low = cuts[index - 1] ?? 0;
    const high = cuts[index] ?? 0;
    const middle = (low + high) / 2;
    const half = (high - low) / 2;
    for (const [node, weight] of GAUSS_LEGENDRE) {
      sum += half * weight * (integrand(middle - half * node) + integrand(middle + half * node));
    }
  }
  return sum;
}

/** Tail probabilities between whose quantiles a posterior is smooth enough for one panel of the quadrature. */
const CUTS = [1e-17, 1e-11, 1e-7, 1e-4, 0.01, 0.1, 0.3] as const;

/** Where the densities and distributions of both posteriors change: the ends of the quadrature's panels. */
function cutsOf(posteriors: readonly Beta[]): number[] {
  const quantiles = posteriors.flatMap(({ a, b }) =>
    CUTS.flatMap((tail) => [betaQuantile(tail, a, b), betaQuantile(tail, a, b, true)]),
  );
  return [...new Set(quantiles)].sort((first, second) => first - second);
}

export interface BetaComparison {
  /** P(variant's rate > control's rate). */
  chanceHigher: number;
  /** E max(control − variant, 0): the cost of choosing the variant where higher is better. */
  lossOfVariant: number;
  /** E max(variant − control, 0): the cost of choosing the control where higher is better. */
  lossOfControl: number;
}

/** Up to this many terms the closed form is the faster one. */
const MOST_TERMS = 2000;

/** Both comparisons of two rates: in closed form where one parameter is a small integer, else by quadrature. */
export function compareBetas(control: Beta, variant: Beta): BetaComparison {
  const parameters = [control.a, control.b, variant.a, variant.b];
  const isIntegral = parameters.every(Number.isInteger);
  return isIntegral && Math.min(...parameters) < MOST_TERMS
    ? compareBetasInClosedForm(control, variant)
    : compareBetasByQuadrature(control, variant);
}

/** ∫ f_variant F_control, ∫ F_variant (1 − F_control) and ∫ F_control (1 − F_variant). */
export function compareBetasByQuadrature(control: Beta, variant: Beta): BetaComparison {
  const cuts = cutsOf([control, variant]);
  const below = ({ a, b }: Beta, p: number) => betaCdf(p, a, b);
  const above = ({ a, b }: Beta, p: number) => betaCdf(1 - p, b, a);
  return {
    chanceHigher: integrate((p) => betaDensity(variant, p) * below(control, p), cuts),
    lossOfVariant: integrate((p) => below(variant, p) * above(control, p), cuts),
    lossOfControl: integrate((p) => below(control, p) * above(variant, p), cuts),
  };
}

/** E max(y − x, 0) = E y·P(y⁺ > x) − E x·P(y > x⁺), where ⁺ has one event more; one parameter is a positive integer. */
export function compareBetasInClosedForm(control: Beta, variant: Beta): BetaComparison {
  const more = ({ a, b }: Beta): Beta => ({ a: a + 1, b });
  const cost = (chosen: Beta, other: Beta) =>
    Math.max(
      0,
      betaMean(other) * chanceHigher(chosen, more(other)) - betaMean(chosen) * chanceHigher(more(chosen), other),
    );
  return {
    chanceHigher: chanceHigher(control, variant),
    lossOfVariant: cost(variant, control),
    lossOfControl: cost(control, variant),
  };
}

/** P(y > x), from whichever of the four parameters is the smallest. */
function chanceHigher(x: Beta, y: Beta): number {
  const mirror = ({ a, b }: Beta): Beta => ({ a: b, b: a });
  switch (Math.min(x.a, x.b, y.a, y.b)) {
    case y.a:
      return sumChance(x, y);
    case x.b:
      return sumChance(mirror(y), mirror(x));
    case x.a:
      return 1 - sumChance(y, x);
    default:
      return 1 - sumChance(mirror(x), mirror(y));
  }
}

/** P(y > x) = Σ_{i < y.a} B(x.a + i, x.b + y.b) / ((y.b + i) B(1 + i, y.b) B(x.a, x.b)), term by term (Miller 2015). */
function sumChance(x: Beta, y: Beta): number {
  const all = x.a + x.b + y.b;
  // The first term, Γ(x.b + y.b) Γ(x.a + x.b) / (Γ(all) Γ(x.b)), by Stirling's formula with its large parts cancelled on paper.
  const first =
    (x.b - 0.5) * Math.log1p((x.a * y.b) / (all * x.b)) + y.b * Math.log1p(-x.a / all) + x.a * Math.log1p(-y.b / all) +
    stirlingError(x.b + y.b) + stirlingError(x.a + x.b) - stirlingError(all) - stirlingError(x.b); // prettier-ignore
  // Terms grow from far below the smallest double where the rates differ much, so the sum is kept relative to the largest.
  let logTerm = first;
  let logPeak = first;
  let sum = 1;
  for (let i = 0; i < y.a - 1; i++) {
    logTerm += Math.log(((x.a + i) / (all + i)) * ((y.b + i) / (i + 1)));
    if (logTerm > logPeak) {
      sum = sum * Math.exp(logPeak - logTerm) + 1;
      logPeak = logTerm;
    } else {
      sum += Math.exp(logTerm - logPeak);
    }
  }
  return Math.min(1, sum * Math.exp(logPeak));
}
