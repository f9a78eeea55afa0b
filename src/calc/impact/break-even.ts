/** The revenue multiplier at which a year's net just pays a year's infrastructure. */
import type { ImpactInput, Term } from './impact';
import { DAYS_A_YEAR } from './money';

/**
 * “Pays back if the multiplier is really at least x”. Zero or below: it pays back without any revenue. Null when the
 * treatment is not more accurate (no multiplier would do it) or a term is not known.
 */
export function breakEvenMultiplier({ parameters, accuracy }: ImpactInput, terms: readonly Term[]): number | null {
  const gain = parameters.baseVolume * (accuracy?.difference ?? 0);
  if (!(gain > 0)) {
    return null;
  }
  let needed = parameters.infrastructure / DAYS_A_YEAR;
  for (const { name, daily } of terms) {
    if (name !== 'revenue') {
      if (daily === null) {
        return null;
      }
      needed -= daily;
    }
  }
  const multiplier = needed / gain;
  return Number.isFinite(multiplier) ? multiplier : null;
}
