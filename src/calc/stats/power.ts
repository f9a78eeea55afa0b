/**
 * Power, detectable effects and sample sizes before or during a test, for a relative effect with the delta-method standard
 * error (GrowthBook's power calculator) or an absolute one (statsmodels' NormalIndPower).
 */
import { findRoot } from '../find-root';
import { refuse, refuseAlpha, requireFinite, type Refusal } from './refusal';
import { sequentialHalfWidth } from './sequential';
import { normalCdf, normalUpperQuantile } from './special';

/** A metric as planned: mean and variance of one observation; the control's. */
export interface PlannedMetric {
  mean: number;
  variance: number;
}

/** Error rate per comparison, two-sided, and the wanted power. */
export interface PowerPlan {
  alpha: number;
  power: number;
}

/** Two-sided power of detecting `effect` when the interval is effect ± halfWidth: both tails. */
export const powerOf = (effect: number, standardError: number, halfWidth: number): number =>
  normalCdf((effect - halfWidth) / standardError) + normalCdf(-(halfWidth + effect) / standardError);

/** se of the relative effect e with n observations an arm: √(v/(m²n) + v(m(1 + e))²/(m⁴n)). */
function plannedStandardError({ mean, variance }: PlannedMetric, effect: number, n: number): number {
  return Math.sqrt((variance / (mean * mean * n)) * (1 + (1 + effect) ** 2));
}

/** Power of the fixed test with n observations an arm. Refuses `zero-control`, `zero-variance`, `not-finite` and `bad-parameter`. */
export function plannedPower(
  metric: PlannedMetric,
  plan: { effect: number; n: number; alpha: number },
): { standardError: number; power: number } | Refusal {
  const refusal = refuseMetric(metric) ?? refusePlan(plan);
  if (refusal !== null) {
    return refusal;
  }
  const standardError = plannedStandardError(metric, plan.effect, plan.n);
  const halfWidth = normalUpperQuantile(plan.alpha / 2) * standardError;
  return requireFinite({ standardError, power: powerOf(plan.effect, standardError, halfWidth) });
}

/** Power of the sequential test with n observations an arm. Refuses as `plannedPower`. */
export function plannedSequentialPower(
  metric: PlannedMetric,
  plan: { effect: number; n: number; alpha: number; tuning: number },
): { standardError: number; halfWidth: number; power: number } | Refusal {
  const refusal = refuseMetric(metric) ?? refusePlan(plan);
  if (refusal !== null) {
    return refusal;
  }
  const standardError = plannedStandardError(metric, plan.effect, plan.n);
  const halfWidth = sequentialHalfWidth({ standardError, n: 2 * plan.n, alpha: plan.alpha, tuning: plan.tuning });
  return requireFinite({ standardError, halfWidth, power: powerOf(plan.effect, standardError, halfWidth) });
}

function refuseMetric({ mean, variance }: PlannedMetric): Refusal | null {
  if (mean === 0) {
    return refuse('zero-control');
  }
  if (!Number.isFinite(mean) || !Number.isFinite(variance) || !Number.isFinite(variance / mean ** 2)) {
    return refuse('not-finite');
  }
  return variance > 0 ? null : refuse('zero-variance');
}

const isShare = (value: number): boolean => value > 0 && value < 1;
const isPositive = (value: number): boolean => value > 0 && Number.isFinite(value);

/** The parts of a plan, each with what it must be. */
const PARTS = [
  ['alpha', (alpha: number) => refuseAlpha(alpha, 1) === null],
  ['power', isShare],
  ['effect', Number.isFinite],
  ['n', isPositive],
  ['tuning', isPositive],
  ['ratio', isPositive],
  ['dailyControl', isPositive],
  ['dailyVariant', isPositive],
] as const;

const refuseNoEffect = ({ effect }: { effect: number }): Refusal | null =>
  effect === 0 ? refuse('bad-parameter', 'effect') : null;

/** The first part of a plan that is out of range, as a refusal. */
function refusePlan(plan: Partial<Record<(typeof PARTS)[number][0], number>>): Refusal | null {
  const bad = PARTS.find(([name, isSound]) => plan[name] !== undefined && !isSound(plan[name]));
  return bad === undefined ? null : refuse(bad[0] === 'alpha' ? 'bad-alpha' : 'bad-parameter', bad[0]);
}

const criticalSum = ({ alpha, power }: PowerPlan): number =>
  normalUpperQuantile(alpha / 2) - normalUpperQuantile(power);

/**
 * The smallest relative effect found with the wanted power at n observations an arm. Refuses `sample-too-small` when no
 * effect of any size would be: n ≤ v k²/m².
 */
export function minimumDetectableEffect(
  { mean, variance }: PlannedMetric,
  plan: PowerPlan & { n: number },
): number | Refusal {
  const refusal = refuseMetric({ mean, variance }) ?? refusePlan({ alpha: plan.alpha, power: plan.power });
  if (refusal !== null) {
    return refusal;
  }
  const k = criticalSum(plan);
  const noise = (k * k * variance) / (plan.n * mean * mean);
  if (noise >= 1 || !(plan.n > 0)) {
    return refuse('sample-too-small');
  }
  // With r = mean_b/m: (r − 1)² = noise·(1 + r²); the root of the larger mean_b, written so that nothing cancels.
  return (noise + Math.sign(mean) * Math.sqrt(noise * (2 - noise))) / (1 - noise);
}

/** Observations an arm that find the relative effect with the wanted power: k² (v/m²)(1 + (1 + e)²)/e². */
export function sampleSizePerArm(metric: PlannedMetric, plan: PowerPlan & { effect: number }): number | Refusal {
  return daysNeeded(metric, { ...plan, dailyControl: 1, dailyVariant: 1 });
}

/** Days until the relative effect is found with the wanted power: k² (v/m²)(1/daily_b + (1 + e)²/daily_a)/e². */
export function daysNeeded(
  metric: PlannedMetric,
  plan: PowerPlan & { effect: number; dailyControl: number; dailyVariant: number },
): number | Refusal {
  const refusal = refuseMetric(metric) ?? refusePlan(plan) ?? refuseNoEffect(plan);
  if (refusal !== null) {
    return refusal;
  }
  const spread = metric.variance / metric.mean ** 2;
  const flow = 1 / plan.dailyVariant + (1 + plan.effect) ** 2 / plan.dailyControl;
  const days = (criticalSum(plan) / plan.effect) ** 2 * spread * flow;
  return Number.isFinite(days) ? days : refuse('not-finite');
}

/**
 * Observations of control and variant (`ratio` as many) that find an absolute effect with the wanted power, both tails
 * counted. Refuses `zero-variance`, and `bad-parameter` for no effect or a power that alpha alone exceeds.
 */
export function sampleSizeAbsolute(
  variance: number,
  plan: PowerPlan & { effect: number; ratio: number },
): { control: number; variant: number } | Refusal {
  if (!(variance > 0)) {
    return refuse('zero-variance');
  }
  const refusal = Number.isFinite(variance) ? (refusePlan(plan) ?? refuseNoEffect(plan)) : refuse('not-finite');
  if (refusal !== null) {
    return refusal;
  }
  if (plan.power <= plan.alpha) {
    return refuse('bad-parameter', 'power');
  }
  const critical = normalUpperQuantile(plan.alpha / 2);
  // The other tail only adds power, so the shift lies between 0 and the one-tailed answer.
  const shift = findRoot((z) => powerOf(z, 1, critical) - plan.power, 0, Math.max(criticalSum(plan), 0) + 1);
  const control = (shift / plan.effect) ** 2 * variance * (1 + 1 / plan.ratio);
  return requireFinite({ control, variant: control * plan.ratio });
}
