/**
 * The t test of Welch on two arms' moments, on the absolute or the relative scale: what proportions, means, ratios and
 * quantiles have in common. Formulas as in GrowthBook's gbstats 0.8.0.
 */
import { refuse, type Refusal } from './refusal';
import { studentUpperQuantile, studentUpperTail } from './special';

/** What a test needs of one arm. */
export interface Moments {
  n: number;
  mean: number;
  /** Variance of a single observation: the squared standard error is variance / n. */
  variance: number;
}

/** `absolute`: b − a. `relative`: (b − a) / |a|, a fraction. */
export type EffectScale = 'absolute' | 'relative';

/** A change from control to variant with its standard error. */
export interface Effect {
  estimate: number;
  standardError: number;
  /** Welch–Satterthwaite; the same on both scales. */
  dof: number;
}

export interface EffectTest extends Effect {
  /** Two-sided. */
  pValue: number;
  interval: [low: number, high: number];
  isSignificant: boolean;
}

/** What an arm is estimated to be, and how surely. */
export interface ArmEstimate {
  mean: number;
  /** Squared standard error of the mean. */
  squaredError: number;
}

/**
 * The change between two arms and its standard error: √(va/na + vb/nb), or by the delta method √(vb/(ma² nb) + va mb²/(ma⁴ na)).
 *
 * Refuses `zero-control` when the control's mean is 0 and `zero-variance` when either arm does not vary.
 */
export function effectOf(control: Moments, variant: Moments, scale: EffectScale): Effect | Refusal {
  if (control.mean === 0) {
    return refuse('zero-control');
  }
  if (!(control.variance > 0 && variant.variance > 0)) {
    return refuse('zero-variance');
  }
  const a = control.variance / control.n;
  const b = variant.variance / variant.n;
  const dof = (a + b) ** 2 / (a ** 2 / (control.n - 1) + b ** 2 / (variant.n - 1));
  const estimates = [
    { mean: control.mean, squaredError: a },
    { mean: variant.mean, squaredError: b },
  ] as const;
  return scale === 'absolute' ? absoluteEffect(...estimates, dof) : relativeEffect(...estimates, dof);
}

/** The difference variant − control of two independent estimates. */
export function absoluteEffect(control: ArmEstimate, variant: ArmEstimate, dof: number): Effect {
  const standardError = Math.sqrt(control.squaredError + variant.squaredError);
  return { estimate: variant.mean - control.mean, standardError, dof };
}

/** The change relative to the control, with its delta-method error; the control's mean is not 0. */
export function relativeEffect(control: ArmEstimate, variant: ArmEstimate, dof: number): Effect {
  const base = Math.abs(control.mean);
  const ratio = variant.mean / control.mean;
  const standardError = Math.sqrt(variant.squaredError + control.squaredError * ratio * ratio) / base;
  return { estimate: (variant.mean - control.mean) / base, standardError, dof };
}

/** Two-sided t test of no change, and the interval estimate ± t(1 − alpha/2, dof)·se. */
export function testEffect(effect: Effect, alpha: number): EffectTest {
  const { estimate, standardError, dof } = effect;
  const pValue = 2 * studentUpperTail(Math.abs(estimate) / standardError, dof);
  const halfWidth = studentUpperQuantile(alpha / 2, dof) * standardError;
  return { ...effect, pValue, interval: [estimate - halfWidth, estimate + halfWidth], isSignificant: pValue < alpha };
}
