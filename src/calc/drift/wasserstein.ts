/** Wasserstein distance: how far, in the value's own unit, mass must move to turn one distribution into the other. */
import { refuse } from '../stats/refusal';
import type { Refusal } from '../stats/refusal';
import type { Shares } from './binned';

export interface Wasserstein {
  /** In the unit of the edges. */
  distance: number;
  /** Distance ÷ the reference's standard deviation (at least 0.001). */
  normalised: number;
}

const LEAST_DEVIATION = 0.001;

/**
 * ∫|F − G|, exact when values are spread evenly within each bin. An open end bin that is empty in both is left out;
 * one with observations has no width, so the distance is refused with `quantile-in-inf-bucket`.
 */
export function wasserstein({ reference, current }: Shares, edges: readonly number[]): Wasserstein | Refusal {
  let distance = 0;
  let gap = 0;
  const bins: Array<{ share: number; middle: number; width: number }> = [];
  for (const [bin, share] of reference.entries()) {
    const [from, to] = [edges[bin] ?? Number.NaN, edges[bin + 1] ?? Number.NaN];
    const other = current[bin] ?? 0;
    if (!Number.isFinite(to - from)) {
      if (share + other > 0) {
        return refuse('quantile-in-inf-bucket', 'edges');
      }
      continue;
    }
    const next = gap + share - other;
    distance += areaBetween(gap, next, to - from);
    gap = next;
    bins.push({ share, middle: from + (to - from) / 2, width: to - from });
  }
  const mean = bins.reduce((sum, { share, middle }) => sum + share * middle, 0);
  const variance = bins.reduce(
    (sum, { share, middle, width }) => sum + share * ((middle - mean) ** 2 + width ** 2 / 12),
    0,
  );
  return { distance, normalised: distance / Math.max(Math.sqrt(variance), LEAST_DEVIATION) };
}

/** Area under |a straight line from `from` to `to`| over `width`; it may cross zero on the way. */
function areaBetween(from: number, to: number, width: number): number {
  const crosses = from * to < 0;
  const height = crosses ? (from ** 2 + to ** 2) / (Math.abs(from) + Math.abs(to)) : Math.abs(from) + Math.abs(to);
  return (width * height) / 2;
}
