/** The usual measurement: Welch's test and the asymptotic sequence on moments standardised over the strata. */
import { chanceToWin, expectedLosses } from './bayesian';
import type { Lift, TestedLift } from './comparison';
import { intervalAround, isSequential, type MeasuringPlan, type Measurement } from './measurement';
import { refuse, type Refusal } from './refusal';
import { sequentialBoundDistance, sequentialHalfWidth, sequentialPValue } from './sequential';
import { studentUpperQuantile, studentUpperTail } from './special';
import type { Standardised } from './strata';
import { absoluteEffect, relativeEffect, type Effect } from './welch';

/** Observations of both arms; they are the clock of the sequential interval, whatever the unit of analysis. */
export interface Observations {
  control: number;
  variant: number;
}

/**
 * Tests the difference of two standardised arms; the relative change stands beside it. Refuses `zero-variance`, and
 * `not-finite` where sums contradict each other so much that no number is left.
 */
export function measureMoments(
  arms: Standardised,
  observations: Observations,
  plan: MeasuringPlan,
): Measurement | Refusal {
  if (!(arms.control.squaredError > 0 && arms.variant.squaredError > 0)) {
    return refuse('zero-variance');
  }
  const { control, variant, dof } = arms;
  if (![control.mean, variant.mean, control.squaredError, variant.squaredError].every(Number.isFinite) || !(dof > 0)) {
    return refuse('not-finite');
  }
  const n = observations.control + observations.variant;
  const critical = studentUpperQuantile(plan.alpha / 2, arms.dof);
  const liftOf = (effect: Effect): Lift => ({
    estimate: effect.estimate,
    fixed: intervalAround(effect.estimate, critical * effect.standardError),
    sequential: plan.isAnchored
      ? intervalAround(
          effect.estimate,
          sequentialHalfWidth({ standardError: effect.standardError, n, alpha: plan.alpha, tuning: plan.plannedTotal }),
        )
      : null,
  });
  const absolute = widen(absoluteEffect(arms.control, arms.variant, arms.dof), plan.inflation);
  const { estimate, standardError } = absolute;
  const sequence = { standardError, n, alpha: plan.alpha, tuning: plan.plannedTotal };
  const tested: TestedLift = {
    ...liftOf(absolute),
    standardError,
    pValue: 2 * studentUpperTail(Math.abs(estimate) / standardError, arms.dof),
    sequentialPValue: plan.isAnchored ? sequentialPValue({ estimate, ...sequence }) : null,
  };
  const change = relativeEffect(arms.control, arms.variant, arms.dof);
  const relative =
    Number.isFinite(change.estimate) && Number.isFinite(change.standardError)
      ? liftOf(widen(change, plan.inflation))
      : null;
  const distance = isSequential(plan)
    ? sequentialBoundDistance(sequence)
    : studentUpperQuantile(plan.alpha, arms.dof) * standardError;
  const posterior = { mean: estimate, sd: standardError };
  return {
    nControl: observations.control,
    nVariant: observations.variant,
    valueControl: arms.control.mean,
    valueVariant: arms.variant.mean,
    method: 'welch',
    absolute: tested,
    relative,
    bounds: intervalAround(estimate, distance),
    chanceToWin: chanceToWin(posterior, plan.isLowerBetter),
    expectedLoss: expectedLosses(posterior, plan.isLowerBetter).variant,
    notes: [],
  };
}

const widen = (effect: Effect, inflation: number): Effect => ({
  ...effect,
  standardError: effect.standardError * inflation,
});
