/** Kinds `proportion`, `mean`, `ratio`, `quantile_ab`: the fixed test of one variant against the control. */
import { z } from 'zod';
import { quantileMoments } from '../../src/calc/stats/quantile';
import { isRefusal } from '../../src/calc/stats/refusal';
import { effectOf, testEffect, type EffectScale, type Moments } from '../../src/calc/stats/welch';
import { kind, numberSchema, type Answer, type Refusal } from './kind';
import { answerOf, bucketsSchema, codeOf, meanArm, proportionArm, ratioArm, twoArms } from './statistics';

interface FixedTest {
  a: Moments;
  b: Moments;
  alpha: number;
  difference: EffectScale;
}

function fixedTest({ a, b, alpha, difference }: FixedTest): Answer | Refusal {
  const effect = effectOf(a, b, difference);
  const test = isRefusal(effect) ? effect : testEffect(effect, alpha);
  return isRefusal(test) ? codeOf(test) : answerOf(test, a, b);
}

export const proportion = kind(z.object({ a: proportionArm, b: proportionArm, ...twoArms }), fixedTest);
export const mean = kind(z.object({ a: meanArm, b: meanArm, ...twoArms }), fixedTest);
export const ratio = kind(z.object({ a: ratioArm, b: ratioArm, ...twoArms }), fixedTest);

const histogramArm = z.object({ buckets: bucketsSchema });

export const quantileAb = kind(
  z.object({ q: numberSchema, a: histogramArm, b: histogramArm, ...twoArms }),
  ({ q, a, b, alpha, difference }) => {
    const control = quantileMoments(q, a.buckets);
    const variant = quantileMoments(q, b.buckets);
    if (isRefusal(control)) {
      return codeOf(control);
    }
    if (isRefusal(variant)) {
      return codeOf(variant);
    }
    const answer = fixedTest({ a: control, b: variant, alpha, difference });
    return {
      ...answer,
      q_a: control.mean,
      lo_a: control.low,
      hi_a: control.high,
      var_a: control.variance,
      q_b: variant.mean,
      lo_b: variant.low,
      hi_b: variant.high,
      var_b: variant.variance,
    };
  },
);
