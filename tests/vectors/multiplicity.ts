/** Kinds `holm`, `bh` and `multi_variant`. */
import { z } from 'zod';
import { benjaminiHochberg, holm as adjustHolm } from '../../src/calc/stats/multiplicity';
import { testVariants } from '../../src/calc/stats/multi-variant';
import { isRefusal } from '../../src/calc/stats/refusal';
import { testSrm } from '../../src/calc/stats/srm';
import { kind } from './kind';
import { answerOf, armSchema, codeOf, twoArms } from './statistics';

const familySchema = z.object({ p: z.array(z.number()) });

export const holm = kind(familySchema, ({ p }) => ({ adjusted: adjustHolm(p) }));
export const bh = kind(familySchema, ({ p }) => ({ adjusted: benjaminiHochberg(p) }));

export const multiVariant = kind(
  z.object({ variants: z.array(armSchema), control: z.number().int().default(0), ...twoArms }),
  ({ variants, control, alpha, difference }) => {
    const baseline = variants[control];
    const tests = testVariants(variants, control, { alpha, scale: difference });
    const split = testSrm(
      variants.map(({ n }) => n),
      variants.map(() => 1),
    );
    return {
      comparisons: tests.map(({ variant, test, holm: p_holm, benjaminiHochberg: p_bh }) => {
        const arm = variants[variant];
        if (isRefusal(test) || !baseline || !arm) {
          return { variant, ...(isRefusal(test) ? codeOf(test) : {}), p_holm, p_bh };
        }
        return { variant, ...answerOf(test, baseline, arm), p_holm, p_bh };
      }),
      srm_p: isRefusal(split) ? null : split.pValue,
    };
  },
);
