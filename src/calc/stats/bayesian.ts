/** The Gaussian posterior of a lift: probability to win and what a wrong choice is expected to cost. */
import { refuse, type Refusal } from './refusal';
import { normalCdf, normalPositivePart, normalUpperQuantile } from './special';

/** A normal prior on the lift. */
export interface GaussianPrior {
  mean: number;
  variance: number;
}

export interface GaussianPosterior {
  mean: number;
  sd: number;
}

/**
 * Posterior of the lift; a flat prior (null) leaves estimate and standard error as they are, else precision-weighted. Refuses
 * `bad-parameter` for a prior without a positive variance.
 */
export function gaussianPosterior(
  estimate: number,
  standardError: number,
  prior: GaussianPrior | null,
): GaussianPosterior | Refusal {
  if (prior === null) {
    return { mean: estimate, sd: standardError };
  }
  if (!(Number.isFinite(prior.mean) && prior.variance > 0)) {
    return refuse('bad-parameter', 'prior');
  }
  const data = 1 / standardError ** 2;
  const belief = 1 / prior.variance;
  const precision = data + belief;
  return { mean: (data * estimate + belief * prior.mean) / precision, sd: Math.sqrt(1 / precision) };
}

/** P(lift > 0), or P(lift < 0) where lower is better. */
export function chanceToWin({ mean, sd }: GaussianPosterior, isLowerBetter: boolean): number {
  return normalCdf((isLowerBetter ? -mean : mean) / sd);
}

/** What choosing the control, or the variant, is expected to cost, in the lift's unit: E max(±lift, 0). */
export function expectedLosses(
  { mean, sd }: GaussianPosterior,
  isLowerBetter: boolean,
): { control: number; variant: number } {
  const gained = normalPositivePart(mean, sd);
  const lost = normalPositivePart(-mean, sd);
  return isLowerBetter ? { control: lost, variant: gained } : { control: gained, variant: lost };
}

/** Equal-tailed credible interval at 1 − alpha. */
export function credibleInterval({ mean, sd }: GaussianPosterior, alpha: number): [low: number, high: number] {
  const halfWidth = normalUpperQuantile(alpha / 2) * sd;
  return [mean - halfWidth, mean + halfWidth];
}
