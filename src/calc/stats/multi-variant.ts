/** Several variants against one control, with p-values adjusted over those comparisons that produced one. */
import { adjustFamily } from './multiplicity';
import { isRefusal, type Refusal } from './refusal';
import { effectOf, testEffect, type EffectScale, type EffectTest, type Moments } from './welch';

export interface VariantTest {
  /** Index of the variant in the input. */
  variant: number;
  test: EffectTest | Refusal;
  holm: number | null;
  benjaminiHochberg: number | null;
}

/** Tests each variant but the control, in input order; a refused comparison takes no part in the adjustment. */
export function testVariants(
  variants: readonly Moments[],
  controlIndex: number,
  plan: { alpha: number; scale: EffectScale },
): VariantTest[] {
  const control = variants[controlIndex];
  if (control === undefined) {
    return [];
  }
  const tests = variants.flatMap((moments, variant) => {
    if (variant === controlIndex) {
      return [];
    }
    const effect = effectOf(control, moments, plan.scale);
    return [{ variant, test: isRefusal(effect) ? effect : testEffect(effect, plan.alpha) }];
  });
  const pValues = tests.map(({ test }) => (isRefusal(test) ? null : test.pValue));
  const holm = adjustFamily(pValues, 'holm');
  const benjaminiHochberg = adjustFamily(pValues, 'bh');
  return tests.map((entry, index) => ({
    ...entry,
    holm: holm[index] ?? null,
    benjaminiHochberg: benjaminiHochberg[index] ?? null,
  }));
}
