/**
 * The Beta distribution, read at log-odds: there a share next to 1 keeps its digits as one next to 0 does, and the density is
 * bounded whatever the parameters.
 */
import { findRoot } from '../find-root';
import { integrate } from './quadrature';
import { incompleteBeta, lnBinomialProbability, logistic } from './special';

/** Beta(a, b), a and b > 0. */
export interface Beta {
  a: number;
  b: number;
}

/** Beyond it a share is below the smallest double. */
const FARTHEST_LOG_ODDS = 700;
/** From parameters of this size on, the library's incomplete beta loses digits (at 1e8 all but five) and quadrature loses none. */
const LARGE = 1000;
/** ln of what no longer changes a sum. */
const LN_NEGLIGIBLE = 42;
/** Standard deviations of log-odds that hold all of a large posterior on one side. */
const REACH = 12;
const PANELS = 4;

/** Density of the log-odds: pᵃ(1 − p)ᵇ/B(a, b), that is ab/(a + b) times a binomial probability, exact for any size. */
export function betaDensity({ a, b }: Beta, logOdds: number): number {
  return ((a * b) / (a + b)) * Math.exp(lnBinomialProbability(a, a + b, logistic(logOdds), logistic(-logOdds)));
}

/** P(X ≤ x) at x = logistic(logOdds); P(X > x) is `betaCdf({ a: b, b: a }, -logOdds)`. */
export function betaCdf({ a, b }: Beta, logOdds: number): number {
  if (Math.min(a, b) >= LARGE) {
    return logOdds <= Math.log(a / b) ? lowerTail({ a, b }, logOdds) : 1 - lowerTail({ a: b, b: a }, -logOdds);
  }
  // Whichever share is the small one keeps its digits.
  return logOdds <= 0 ? incompleteBeta(logistic(logOdds), a, b) : incompleteBeta(logistic(-logOdds), b, a, 'upper');
}

/** ∫ of the density from below up to log-odds not above the mode: as far down as it matters, for it falls at least as fast as at the end. */
function lowerTail(posterior: Beta, logOdds: number): number {
  const { a, b } = posterior;
  const slope = a * logistic(-logOdds) - b * logistic(logOdds);
  const length = Math.min(REACH * Math.sqrt(1 / a + 1 / b), LN_NEGLIGIBLE / Math.max(slope, Number.MIN_VALUE));
  const cuts = Array.from({ length: PANELS + 1 }, (_, index) => logOdds - length * (1 - index / PANELS));
  return Math.min(
    1,
    integrate((at) => betaDensity(posterior, at), cuts),
  );
}

/** The log-odds below which a share `tail` of Beta(a, b) lies; above which, when `upper`. */
export function betaQuantile({ a, b }: Beta, tail: number, upper = false): number {
  if (upper) {
    return -betaQuantile({ a: b, b: a }, tail);
  }
  return findRoot((logOdds) => betaCdf({ a, b }, logOdds) - tail, -FARTHEST_LOG_ODDS, FARTHEST_LOG_ODDS);
}
