/**
 * Two proportions with independent Beta posteriors: chance to win and expected losses where counts are too small for the
 * Gaussian form.
 */
import { betaCdf, betaDensity, betaQuantile, type Beta } from './beta-distribution';
import { integrate } from './quadrature';
import type { Counts } from './small-counts';
import { logistic, stirlingError } from './special';

/** The posterior after `counts`, from the prior Beta(a, b), by default uniform. */
export const betaPosterior = ({ n, x }: Counts, prior: Beta = { a: 1, b: 1 }): Beta => ({
  a: prior.a + x,
  b: prior.b + n - x,
});

export const betaMean = ({ a, b }: Beta): number => a / (a + b);

/** Equal-tailed credible interval at 1 − alpha. */
export const betaInterval = (posterior: Beta, alpha: number): [low: number, high: number] => [
  logistic(betaQuantile(posterior, alpha / 2)),
  logistic(betaQuantile(posterior, alpha / 2, true)),
];

/** Tail probabilities between whose quantiles a posterior is smooth enough for one panel of the quadrature. */
const CUTS = [1e-17, 1e-11, 1e-7, 1e-4, 0.01, 0.1, 0.3] as const;

/** Panel wide enough for a posterior's middle and narrow enough for the step from log-odds to probability. */
const WIDEST_PANEL = 3;

/** Log-odds where the densities and distributions of both posteriors change: the ends of the quadrature's panels. */
function cutsOf(posteriors: readonly Beta[]): number[] {
  const quantiles = posteriors.flatMap((posterior) =>
    CUTS.flatMap((tail) => [betaQuantile(posterior, tail), betaQuantile(posterior, tail, true)]),
  );
  const ends = [...new Set(quantiles)].sort((first, second) => first - second);
  return ends.flatMap((end, index) => {
    const next = ends[index + 1] ?? end;
    const panels = Math.max(1, Math.ceil((next - end) / WIDEST_PANEL));
    return Array.from({ length: panels }, (_, panel) => end + ((next - end) * panel) / panels);
  });
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

/** ∫ f_variant F_control, ∫ F_variant (1 − F_control) dp and ∫ F_control (1 − F_variant) dp, over the log-odds of p. */
export function compareBetasByQuadrature(control: Beta, variant: Beta): BetaComparison {
  const cuts = cutsOf([control, variant]);
  const above = ({ a, b }: Beta, logOdds: number) => betaCdf({ a: b, b: a }, -logOdds);
  const width = (logOdds: number) => logistic(logOdds) * logistic(-logOdds);
  return {
    chanceHigher: Math.min(
      1,
      integrate((at) => betaDensity(variant, at) * betaCdf(control, at), cuts),
    ),
    lossOfVariant: integrate((at) => betaCdf(variant, at) * above(control, at) * width(at), cuts),
    lossOfControl: integrate((at) => betaCdf(control, at) * above(variant, at) * width(at), cuts),
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
