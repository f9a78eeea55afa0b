/** Kind `power`, in all its modes. */
import { z } from 'zod';
import { midExperimentPower } from '../../src/calc/stats/mid-experiment';
import {
  daysNeeded,
  minimumDetectableEffect,
  plannedPower,
  plannedSequentialPower,
  sampleSizeAbsolute,
  sampleSizePerArm,
} from '../../src/calc/stats/power';
import { isRefusal, type Refusal as EngineRefusal } from '../../src/calc/stats/refusal';
import { effectOf } from '../../src/calc/stats/welch';
import { kind, numberSchema, type Answer, type Refusal } from './kind';
import { alphaSchema, armSchema, codeOf, scaleSchema } from './statistics';

const planned = {
  mean: numberSchema,
  variance: numberSchema,
  alpha: alphaSchema,
  comparisons: numberSchema.default(1),
};
const target = { power: numberSchema.default(0.8) };

const modeSchema = z.discriminatedUnion('mode', [
  z.object({ mode: z.literal('power'), ...planned, effect: numberSchema, n_per_arm: numberSchema }),
  z.object({ mode: z.literal('mde'), ...planned, ...target, n_per_arm: numberSchema }),
  z.object({ mode: z.literal('sample_size'), ...planned, ...target, effect: numberSchema }),
  z.object({
    mode: z.literal('days'),
    ...planned,
    ...target,
    effect: numberSchema,
    daily_a: numberSchema,
    daily_b: numberSchema,
  }),
  z.object({
    mode: z.literal('sample_size_absolute'),
    variance: numberSchema,
    effect_absolute: numberSchema,
    alpha: alphaSchema,
    comparisons: numberSchema.default(1),
    ...target,
    ratio: numberSchema.default(1),
  }),
  z.object({
    mode: z.literal('sequential_power'),
    ...planned,
    effect: numberSchema,
    n_per_arm: numberSchema,
    tuning: numberSchema.default(5000),
  }),
  z.object({
    mode: z.literal('mid_experiment'),
    a: armSchema,
    b: armSchema,
    alpha: alphaSchema,
    difference: scaleSchema,
    target_power: numberSchema.default(0.8),
    target_mde: numberSchema,
    num_goal_metrics: numberSchema.default(1),
    num_variations: numberSchema.default(2),
    p_value_corrected: z.boolean().default(false),
    sequential: z.boolean().default(false),
    tuning: numberSchema.default(5000),
  }),
]);
type Mode = z.output<typeof modeSchema>;

/** The power modes have a code of their own for a sample that is too small. */
const powerCodeOf = (refusal: EngineRefusal): Refusal =>
  refusal.refused === 'sample-too-small' ? { error: 'SAMPLE_TOO_SMALL_FOR_MDE' } : codeOf(refusal);

function answer(input: Mode): Answer | EngineRefusal {
  switch (input.mode) {
    case 'power': {
      const { alpha, comparisons, effect, n_per_arm: n } = input;
      const power = plannedPower(input, { effect, n, alpha: alpha / comparisons });
      return isRefusal(power) ? power : { se: power.standardError, power: power.power };
    }
    case 'mde': {
      const { alpha, comparisons, power, n_per_arm: n } = input;
      const mde = minimumDetectableEffect(input, { alpha: alpha / comparisons, power, n });
      return typeof mde === 'number' ? { mde } : mde;
    }
    case 'sample_size': {
      const { alpha, comparisons, power, effect } = input;
      const n = sampleSizePerArm(input, { alpha: alpha / comparisons, power, effect });
      return typeof n === 'number' ? { n_per_arm: n, n_per_arm_ceil: Math.ceil(n) } : n;
    }
    case 'days': {
      const { alpha, comparisons, power, effect, daily_a: dailyControl, daily_b: dailyVariant } = input;
      const days = daysNeeded(input, { alpha: alpha / comparisons, power, effect, dailyControl, dailyVariant });
      return typeof days === 'number' ? { days, days_ceil: Math.ceil(days) } : days;
    }
    case 'sample_size_absolute': {
      const { alpha, comparisons, power, effect_absolute: effect, ratio } = input;
      const size = sampleSizeAbsolute(input.variance, { alpha: alpha / comparisons, power, effect, ratio });
      return isRefusal(size) ? size : { n_a: size.control, n_b: size.variant };
    }
    case 'sequential_power': {
      const { alpha, comparisons, effect, n_per_arm: n, tuning } = input;
      const power = plannedSequentialPower(input, { effect, n, alpha: alpha / comparisons, tuning });
      return isRefusal(power) ? power : { se: power.standardError, halfwidth: power.halfWidth, power: power.power };
    }
    case 'mid_experiment': {
      const effect = effectOf(input.a, input.b, input.difference);
      if (isRefusal(effect)) {
        return effect;
      }
      const n = input.a.n + input.b.n;
      const tests = input.p_value_corrected ? (input.num_variations - 1) * input.num_goal_metrics : 1;
      const power = midExperimentPower(
        { standardError: effect.standardError, n },
        {
          alpha: input.alpha / tests,
          targetPower: input.target_power ** (1 / input.num_goal_metrics),
          targetEffect: input.target_mde,
          tuning: input.sequential ? input.tuning : null,
        },
      );
      return isRefusal(power)
        ? power
        : {
            se: effect.standardError,
            scaling_factor: power.scalingFactor,
            additional_users: power.scalingFactor * n,
            power_now: power.powerNow,
          };
    }
  }
}

export const power = kind(modeSchema, (input) => {
  const answered = answer(input);
  return isRefusal(answered) ? powerCodeOf(answered) : answered;
});
