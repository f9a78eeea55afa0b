/** Kinds `holm`, `bh` and `multi_variant`. */
import { z } from 'zod';
import { benjaminiHochberg, holm as adjustHolm } from '../../src/calc/stats/multiplicity';
import { testVariants } from '../../src/calc/stats/multi-variant';
import { isRefusal, refuse } from '../../src/calc/stats/refusal';
import { testSrm } from '../../src/calc/stats/srm';
import { kind, numberSchema } from './kind';
import { answerOf, armSchema, codeOf, twoArms } from './statistics';

const familySchema = z.object({ p: z.array(numberSchema) });

const adjusted = (adjust: (p: readonly number[]) => number[]) =>
  kind(familySchema, ({ p }) =>
    p.every((value) => value >= 0 && value <= 1) ? { adjusted: adjust(p) } : codeOf(refuse('bad-parameter', 'p')),
  );

export const holm = adjusted(adjustHolm);
export const bh = adjusted(benjaminiHochberg);

/** What a refused comparison has instead of figures. */
const NO_ANSWER = { estimate: null, se: null, p_value: null, ci: null };

export const multiVariant = kind(
  z.object({ variants: z.array(armSchema), control: z.number().int().default(0), ...twoArms }),
  ({ variants, control, alpha, difference }) => {
    const baseline = variants[control];
    if (baseline === undefined) {
      return codeOf(refuse('bad-parameter', 'control'));
    }
    const tests = testVariants(variants, control, { alpha, scale: difference });
    const split = testSrm(
      variants.map(({ n }) => n),
      variants.map(() => 1),
    );
    const refusals = tests.flatMap(({ test }) => (isRefusal(test) ? [codeOf(test)] : []));
    return {
      // No comparison with an answer is no answer.
      ...(refusals.length === tests.length ? refusals[0] : {}),
      comparisons: tests.map(({ variant, test, holm: p_holm, benjaminiHochberg: p_bh }) => ({
        variant,
        ...(isRefusal(test)
          ? { ...codeOf(test), ...NO_ANSWER }
          : answerOf(test, baseline, variants[variant] ?? baseline)),
        p_holm,
        p_bh,
      })),
      srm_p: isRefusal(split) ? null : split.pValue,
    };
  },
);
