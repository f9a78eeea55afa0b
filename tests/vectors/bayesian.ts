/** Kinds `bayesian` (Gaussian posterior of the lift) and `bayesian_beta` (Beta posteriors of two rates). */
import { z } from 'zod';
import {
  chanceToWin,
  credibleInterval,
  expectedLosses,
  gaussianPosterior,
  type GaussianPrior,
} from '../../src/calc/stats/bayesian';
import { betaInterval, betaMean, betaPosterior, compareBetas } from '../../src/calc/stats/beta-binomial';
import { isRefusal } from '../../src/calc/stats/refusal';
import { refuseCounts } from '../../src/calc/stats/small-counts';
import { changeOf, type EffectScale } from '../../src/calc/stats/welch';
import { kind, numberSchema } from './kind';
import { alphaSchema, armSchema, codeOf, countsSchema, twoArms } from './statistics';

const priorSchema = z
  .object({ proper: z.boolean().default(false), mean: numberSchema.default(0), variance: numberSchema.default(1) })
  .prefault({});

/** A prior stated on one scale, on the scale of the difference; null for a flat one. */
function priorOn(
  scale: EffectScale,
  base: number,
  prior: z.output<typeof priorSchema>,
  priorType: EffectScale,
): GaussianPrior | null {
  if (!prior.proper) {
    return null;
  }
  const factor = scale === priorType ? 1 : scale === 'absolute' ? base : 1 / base;
  return { mean: prior.mean * factor, variance: prior.variance * factor ** 2 };
}

export const bayesian = kind(
  z.object({
    a: armSchema,
    b: armSchema,
    ...twoArms,
    inverse: z.boolean().default(false),
    prior: priorSchema,
    prior_type: z.enum(['relative', 'absolute']).default('relative'),
  }),
  ({ a, b, alpha, difference, inverse, prior, prior_type }) => {
    const effect = changeOf(a, b, difference);
    if (isRefusal(effect)) {
      return effect.refused === 'no-data' ? { error: 'NO_UNITS_IN_VARIATION' } : codeOf(effect);
    }
    const onScale = priorOn(difference, Math.abs(a.mean), prior, prior_type);
    const posterior = gaussianPosterior(effect.estimate, effect.standardError, onScale);
    if (isRefusal(posterior)) {
      return codeOf(posterior);
    }
    const losses = expectedLosses(posterior, inverse);
    return {
      mean_a: a.mean,
      mean_b: b.mean,
      estimate: posterior.mean,
      se: posterior.sd,
      chance_to_win: chanceToWin(posterior, inverse),
      ci: credibleInterval(posterior, alpha),
      risk: [losses.control, losses.variant],
    };
  },
);

export const bayesianBeta = kind(
  z.object({
    a: countsSchema,
    b: countsSchema,
    prior: z.tuple([numberSchema, numberSchema]).default([1, 1]),
    alpha: alphaSchema,
  }),
  ({ a, b, prior: [first, second], alpha }) => {
    const refusal = refuseCounts(a, 'a') ?? refuseCounts(b, 'b');
    if (refusal !== null) {
      return codeOf(refusal);
    }
    const control = betaPosterior(a, { a: first, b: second });
    const variant = betaPosterior(b, { a: first, b: second });
    const comparison = compareBetas(control, variant);
    return {
      p_b_gt_a: comparison.chanceHigher,
      loss_choose_b: comparison.lossOfVariant,
      loss_choose_a: comparison.lossOfControl,
      mean_a: betaMean(control),
      mean_b: betaMean(variant),
      ci_a: betaInterval(control, alpha),
      ci_b: betaInterval(variant, alpha),
    };
  },
);
