/** Kinds `srm` and `srm_sequential`. */
import { z } from 'zod';
import { isRefusal } from '../../src/calc/stats/refusal';
import { testSrm } from '../../src/calc/stats/srm';
import { SRM_CONCENTRATION, testSrmSequentially } from '../../src/calc/stats/srm-sequential';
import { kind, numberSchema } from './kind';
import { codeOf } from './statistics';

const countsSchema = z.array(numberSchema);

export const srm = kind(z.object({ observed: countsSchema, weights: countsSchema }), ({ observed, weights }) => {
  const test = testSrm(observed, weights, 'counted');
  return isRefusal(test) ? codeOf(test) : { chi2: test.chiSquare, df: test.dof, p_value: test.pValue };
});

export const srmSequential = kind(
  z.object({
    batches: z.array(countsSchema),
    weights: countsSchema,
    concentration: numberSchema.default(SRM_CONCENTRATION),
  }),
  ({ batches, weights, concentration }) => {
    const test = testSrmSequentially(batches, weights, concentration);
    return isRefusal(test) ? codeOf(test) : { log_bayes_factor: test.logBayesFactor, p_value: test.pValue };
  },
);
