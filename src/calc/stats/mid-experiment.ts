/**
 * How much more data a running test needs, from the standard error it has now (GrowthBook's mid-experiment power; flat prior).
 */
import { findRoot } from '../find-root';
import { powerOf } from './power';
import { refuse, refuseAlpha, type Refusal } from './refusal';
import { sequentialHalfWidth } from './sequential';
import { normalUpperQuantile } from './special';

export interface MidExperimentPlan {
  /** Two-sided error rate of one comparison, already divided by their number where that is wanted. */
  alpha: number;
  /** Power wanted of one comparison. */
  targetPower: number;
  /** The effect worth finding, on the standard error's scale. */
  targetEffect: number;
  /** Null for the fixed test. */
  tuning: number | null;
}

export interface MidExperimentPower {
  powerNow: number;
  /** Multiple of the present sample that is still missing; 0 when the power is there. */
  scalingFactor: number;
}

/** Beyond this multiple of the present sample a forecast has no meaning. */
const FARTHEST = 1e12;

/**
 * Power now, and the smallest s ≥ 0 at which s times more data reach the target power.
 *
 * Refuses `bad-parameter` when the target effect is 0 or the target cannot be reached, and for a plan out of range.
 */
export function midExperimentPower(
  present: { standardError: number; n: number },
  plan: MidExperimentPlan,
): MidExperimentPower | Refusal {
  const refusal = refusePlan(present, plan);
  if (refusal !== null) {
    return refusal;
  }
  const powerAt = (scalingFactor: number): number => {
    const standardError = present.standardError / Math.sqrt(1 + scalingFactor);
    const n = present.n * (1 + scalingFactor);
    const halfWidth =
      plan.tuning === null
        ? normalUpperQuantile(plan.alpha / 2) * standardError
        : sequentialHalfWidth({ standardError, n, alpha: plan.alpha, tuning: plan.tuning });
    return powerOf(Math.abs(plan.targetEffect), standardError, halfWidth);
  };
  const powerNow = powerAt(0);
  if (!Number.isFinite(powerNow)) {
    return refuse('not-finite');
  }
  if (powerNow >= plan.targetPower) {
    return { powerNow, scalingFactor: 0 };
  }
  let reach = 1;
  while (powerAt(reach) < plan.targetPower) {
    reach *= 2;
    if (reach > FARTHEST) {
      return refuse('bad-parameter', 'targetEffect');
    }
  }
  return { powerNow, scalingFactor: findRoot((s) => powerAt(s) - plan.targetPower, 0, reach) };
}

function refusePlan(present: { standardError: number; n: number }, plan: MidExperimentPlan): Refusal | null {
  const badAlpha = refuseAlpha(plan.alpha, 1);
  if (badAlpha !== null) {
    return badAlpha;
  }
  const positives = { standardError: present.standardError, n: present.n, tuning: plan.tuning ?? 1 };
  const bad = Object.entries(positives).find(([, value]) => !(value > 0 && Number.isFinite(value)));
  if (bad !== undefined) {
    return refuse('bad-parameter', bad[0]);
  }
  const isReachable = plan.targetPower > 0 && plan.targetPower < 1 && Number.isFinite(plan.targetEffect);
  return isReachable ? null : refuse('bad-parameter', 'target');
}
