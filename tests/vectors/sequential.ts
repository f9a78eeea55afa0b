/** Kind `sequential`: the test that holds at every look, two-sided or as one bound. */
import { z } from 'zod';
import { isRefusal } from '../../src/calc/stats/refusal';
import {
  sequentialBoundDistance,
  sequentialHalfWidth,
  sequentialPValue,
  sequentialRho,
} from '../../src/calc/stats/sequential';
import { effectOf } from '../../src/calc/stats/welch';
import { kind, numberSchema } from './kind';
import { armSchema, codeOf, twoArms } from './statistics';

const sidedSchema = z.enum(['two', 'lesser', 'greater']).default('two');

export const sequential = kind(
  z.object({ a: armSchema, b: armSchema, ...twoArms, tuning: numberSchema.default(5000), sided: sidedSchema }),
  ({ a, b, alpha, difference, tuning, sided }) => {
    const effect = effectOf(a, b, difference);
    if (isRefusal(effect)) {
      return codeOf(effect);
    }
    const { estimate, standardError } = effect;
    const input = { estimate, standardError, n: a.n + b.n, alpha, tuning };
    const common = { mean_a: a.mean, mean_b: b.mean, estimate, se: standardError, n_total: input.n };
    switch (sided) {
      case 'two': {
        const halfWidth = sequentialHalfWidth(input);
        const pValue = sequentialPValue(input);
        const ci = [estimate - halfWidth, estimate + halfWidth];
        return { ...common, rho: sequentialRho(alpha, tuning), ci, p_value: pValue, significant: pValue < alpha };
      }
      case 'lesser':
      case 'greater': {
        const distance = sequentialBoundDistance(input);
        const ci =
          sided === 'lesser'
            ? [Number.NEGATIVE_INFINITY, estimate + distance]
            : [estimate - distance, Number.POSITIVE_INFINITY];
        return { ...common, rho: sequentialRho(2 * alpha, tuning), ci };
      }
    }
  },
);
