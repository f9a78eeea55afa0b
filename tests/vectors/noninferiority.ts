/** Kind `noninferiority`. */
import { z } from 'zod';
import { testNonInferiority } from '../../src/calc/stats/noninferiority';
import { isRefusal } from '../../src/calc/stats/refusal';
import { effectOf } from '../../src/calc/stats/welch';
import { kind, numberSchema } from './kind';
import { armSchema, codeOf, twoArms } from './statistics';

export const noninferiority = kind(
  z.object({
    a: armSchema,
    b: armSchema,
    ...twoArms,
    margin: numberSchema,
    direction: z.enum(['lower_is_better', 'higher_is_better']),
  }),
  ({ a, b, alpha, difference, margin, direction }) => {
    const effect = effectOf(a, b, difference);
    if (isRefusal(effect)) {
      return codeOf(effect);
    }
    const better = direction === 'lower_is_better' ? 'lower' : 'higher';
    const test = testNonInferiority(effect, { alpha, margin, better });
    if (isRefusal(test)) {
      return codeOf(test);
    }
    return {
      estimate: effect.estimate,
      se: effect.standardError,
      dof: effect.dof,
      p_value: test.pValue,
      bound: test.bound,
      non_inferior: test.isNonInferior,
      p_harm: test.harmPValue,
    };
  },
);
