/**
 * Estimates stratified by phase. Under a ramp the pooled rates of two identical variants differ, because the new one got its
 * traffic later, when everything was different; within a phase both ran side by side.
 *
 * Strata are weighted by size, Mantel–Haenszel's n_a n_b/(n_a + n_b): nearly as sharp as inverse variances, but not drawn
 * from the outcomes, so the estimate stays unbiased at rare events. The same weights standardise both arms' values, variances
 * and intervals; the lift is the difference of the values shown. One stratum is the plain two-arm formula.
 */
import type { ArmEstimate, Moments } from './welch';

/** Moments of one arm in one stratum; `size` is the traffic that weighs it. */
export interface ArmMoments extends Moments {
  size: number;
}

export interface StratumMoments {
  control: ArmMoments;
  variant: ArmMoments;
}

export interface Standardised {
  control: ArmEstimate;
  variant: ArmEstimate;
  /** Welch–Satterthwaite over all arms of all strata; infinite when nothing varies. */
  dof: number;
}

/** Weights of the strata, adding up to 1; 0 where an arm is empty. Null when no stratum holds both arms. */
export function strataWeights(sizes: readonly { control: number; variant: number }[]): number[] | null {
  const raw = sizes.map(({ control, variant }) =>
    control > 0 && variant > 0 ? (control * variant) / (control + variant) : 0,
  );
  const total = raw.reduce((sum, weight) => sum + weight, 0);
  return total > 0 ? raw.map((weight) => weight / total) : null;
}

/** Both arms' values as they would be with the same mix of strata, with their squared errors. */
export function standardise(strata: readonly StratumMoments[], weights: readonly number[]): Standardised {
  const control = { mean: 0, squaredError: 0 };
  const variant = { mean: 0, squaredError: 0 };
  let errorSpread = 0;
  for (const [index, stratum] of strata.entries()) {
    const weight = weights[index] ?? 0;
    if (weight === 0) {
      continue;
    }
    for (const [total, arm] of [
      [control, stratum.control],
      [variant, stratum.variant],
    ] as const) {
      const squaredError = (weight * weight * arm.variance) / arm.n;
      total.mean += weight * arm.mean;
      total.squaredError += squaredError;
      errorSpread += squaredError > 0 ? squaredError ** 2 / (arm.n - 1) : 0;
    }
  }
  return { control, variant, dof: (control.squaredError + variant.squaredError) ** 2 / errorSpread };
}
