/**
 * The t test of Welch on two arms' moments, on the absolute or the relative scale: what proportions, means, ratios and
 * quantiles have in common. Formulas as in GrowthBook's gbstats 0.8.0.
 */
import { refuse, refuseAlpha, requireFinite, type Refusal } from './refusal';
import { studentUpperQuantile, studentUpperTail } from './special';

/** Two observations an arm have one degree of freedom at least, but for rounding. */
const LEAST_DOF = 1 - 1e-9;

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
 * Refuses as `changeOf` does, and `zero-control` on the absolute scale, too, as gbstats' t tests do.
 */
export function effectOf(control: Moments, variant: Moments, scale: EffectScale): Effect | Refusal {
  return control.mean === 0 ? refuse('zero-control') : changeOf(control, variant, scale);
}

/**
 * The change of `effectOf`, on the absolute scale from a control of zero, too.
 *
 * Refuses `zero-control` when the control's mean is 0 and the scale relative, `no-data` when an arm is empty, `zero-variance`
 * when an arm does not vary, `sample-too-small` below one degree of freedom, and `not-finite` when its figures are, or are too extreme for, no numbers.
 */
export function changeOf(control: Moments, variant: Moments, scale: EffectScale): Effect | Refusal {
  if (control.mean === 0 && scale === 'relative') {
    return refuse('zero-control');
  }
  if (control.n === 0 || variant.n === 0) {
    return refuse('no-data');
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
  const effect = scale === 'absolute' ? absoluteEffect(...estimates, dof) : relativeEffect(...estimates, dof);
  if (dof < LEAST_DOF) {
    return refuse('sample-too-small');
  }
  return effect.standardError > 0 ? requireFinite(effect) : refuse('not-finite');
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

/** Two-sided t test of no change, and the interval estimate ± t(1 − alpha/2, dof)·se. Refuses `bad-alpha` outside of 0…1. */
export function testEffect(effect: Effect, alpha: number): EffectTest | Refusal {
  const badAlpha = refuseAlpha(alpha, 1);
  if (badAlpha !== null) {
    return badAlpha;
  }
  const { estimate, standardError, dof } = effect;
  const pValue = 2 * studentUpperTail(Math.abs(estimate) / standardError, dof);
  const halfWidth = studentUpperQuantile(alpha / 2, dof) * standardError;
  return { ...effect, pValue, interval: [estimate - halfWidth, estimate + halfWidth], isSignificant: pValue < alpha };
}
