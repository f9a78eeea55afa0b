/** Input of the vector files' statistics, read into the engine's moments, and the engine's refusals under their codes. */
import { z } from 'zod';
import type { Bucket } from '../../src/calc/stats/histogram';
import { meanMoments } from '../../src/calc/stats/mean';
import { proportionMoments } from '../../src/calc/stats/proportion';
import { ratioMoments } from '../../src/calc/stats/ratio';
import type { Refusal as EngineRefusal } from '../../src/calc/stats/refusal';
import type { EffectTest, Moments } from '../../src/calc/stats/welch';
import { numberSchema, type Answer, type Refusal } from './kind';

export const countsSchema = z.object({ n: numberSchema, x: numberSchema });
const sumsSchema = z.object({ n: numberSchema, sum: numberSchema, sum_squares: numberSchema });
const ratioSchema = z.object({
  n: numberSchema,
  m_sum: numberSchema,
  m_sum_squares: numberSchema,
  d_sum: numberSchema,
  d_sum_squares: numberSchema,
  md_sum_products: numberSchema,
});

export const proportionArm = countsSchema.transform(proportionMoments);
export const meanArm = sumsSchema.transform(({ n, sum, sum_squares }) =>
  meanMoments({ n, sum, sumSquares: sum_squares }),
);
export const ratioArm = ratioSchema.transform((arm) =>
  ratioMoments({
    n: arm.n,
    mSum: arm.m_sum,
    mSumSquares: arm.m_sum_squares,
    dSum: arm.d_sum,
    dSumSquares: arm.d_sum_squares,
    mdSumProducts: arm.md_sum_products,
  }),
);

/** An arm of any of the three kinds; which one its fields tell. */
export const armSchema = z.union([ratioArm, meanArm, proportionArm]);

export const bucketsSchema = z
  .array(z.tuple([numberSchema, numberSchema]))
  .transform((buckets): Bucket[] => buckets.map(([le, count]) => ({ le, count })));

export const alphaSchema = numberSchema.default(0.05);
export const scaleSchema = z.enum(['relative', 'absolute']).default('relative');

/** What is common to every test of two arms. */
export const twoArms = { alpha: alphaSchema, difference: scaleSchema };

/** The code a vector file gives to one of the engine's refusals. */
export function codeOf({ refused }: EngineRefusal): Refusal {
  switch (refused) {
    case 'zero-control':
      return { error: 'ZERO_NEGATIVE_BASELINE_VARIATION' };
    case 'zero-variance':
    case 'zero-denominator':
    case 'no-data':
    case 'sample-too-small':
    case 'events-exceed-trials':
      return { error: 'ZERO_NEGATIVE_VARIANCE' };
    case 'quantile-in-inf-bucket':
      return { error: 'QUANTILE_IN_INF_BUCKET' };
    default:
      return { error: refused.toUpperCase().replaceAll('-', '_') };
  }
}

/** A test's figures under the names of the vector files. */
export function answerOf(test: EffectTest, control: Moments, variant: Moments): Answer {
  return {
    mean_a: control.mean,
    mean_b: variant.mean,
    estimate: test.estimate,
    se: test.standardError,
    dof: test.dof,
    p_value: test.pValue,
    ci: test.interval,
    significant: test.isSignificant,
  };
}
