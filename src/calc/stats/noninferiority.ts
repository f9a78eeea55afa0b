/** Guardrails: is the variant worse by less than a margin? A one-sided test, after gbstats' one-sided t tests. */
import { refuse, refuseAlpha, type Refusal } from './refusal';
import { studentUpperQuantile, studentUpperTail } from './special';
import type { Effect } from './welch';

export interface NonInferiority {
  /** P-value of “worse by the margin or more”. */
  pValue: number;
  /** One-sided bound of the effect towards harm. */
  bound: number;
  /** The bound stays within the margin. */
  isNonInferior: boolean;
  /** P-value of “not worse at all”: small when harm is shown. */
  harmPValue: number;
}

/**
 * One-sided test at `alpha` against a positive `margin` on the effect's own scale. Refuses `bad-alpha` outside of 0…1 and
 * `bad-parameter` for a margin that is not positive.
 */
export function testNonInferiority(
  effect: Effect,
  plan: { alpha: number; margin: number; better: 'lower' | 'higher' },
): NonInferiority | Refusal {
  const badAlpha = refuseAlpha(plan.alpha, 1);
  if (badAlpha !== null) {
    return badAlpha;
  }
  if (!(plan.margin > 0 && Number.isFinite(plan.margin))) {
    return refuse('bad-parameter', 'margin');
  }
  // Harm points up after this turn, so that both directions are one formula.
  const turn = plan.better === 'lower' ? 1 : -1;
  const { standardError, dof } = effect;
  const harm = turn * effect.estimate;
  const bound = harm + studentUpperQuantile(plan.alpha, dof) * standardError;
  return {
    pValue: studentUpperTail((plan.margin - harm) / standardError, dof),
    bound: turn * bound,
    isNonInferior: bound < plan.margin,
    harmPValue: studentUpperTail(harm / standardError, dof),
  };
}
