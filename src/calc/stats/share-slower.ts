/**
 * The share of observations slower than a bucket boundary: a count, and so exact, where a quantile read from buckets carries
 * their width as error (a true +20 % of p95 reads +13 % on Prometheus' default buckets, and no interval covers it).
 */
import type { CountStratum } from './event-sequence';
import { observationsOf, type Bucket } from './histogram';

/** Tidy histograms of both arms in one stratum, with the same boundaries. */
export interface HistogramStratum {
  control: readonly Bucket[];
  variant: readonly Bucket[];
}

/** Cuts both histograms down to the boundaries they share: cumulative counts stay exact. Null when only +Inf is shared. */
export function onSharedBoundaries({ control, variant }: HistogramStratum): HistogramStratum | null {
  const inVariant = new Set(variant.map(({ le }) => le));
  const inControl = new Set(control.map(({ le }) => le));
  const shared = {
    control: control.filter(({ le }) => inVariant.has(le)),
    variant: variant.filter(({ le }) => inControl.has(le)),
  };
  return shared.control.length < 2 ? null : shared;
}

/** How many observations lie above a boundary of the histogram. */
function slowerThan(buckets: readonly Bucket[], boundary: number): { n: number; x: number } {
  const n = observationsOf(buckets);
  const atMost = buckets.find(({ le }) => le === boundary)?.count ?? 0;
  return { n: Math.round(n), x: Math.round(n - atMost) };
}

/** Finite boundaries that every stratum has. */
function commonBoundaries(strata: readonly HistogramStratum[]): number[] {
  const [first, ...others] = strata;
  const finite = (first?.control ?? []).map(({ le }) => le).filter(Number.isFinite);
  return finite.filter((boundary) => others.every(({ control }) => control.some(({ le }) => le === boundary)));
}

/**
 * The boundary above which the share of all observations, of both arms together, is nearest to 1 − q. Which arm is slower
 * plays no part in the choice, so it does not bias the test. Null when the strata share no boundary.
 */
export function nearestBoundary(q: number, strata: readonly HistogramStratum[]): number | null {
  let nearest: number | null = null;
  let smallest = Number.POSITIVE_INFINITY;
  for (const boundary of commonBoundaries(strata)) {
    const counts = sharesSlower(strata, boundary).flatMap(({ control, variant }) => [control, variant]);
    const n = counts.reduce((sum, arm) => sum + arm.n, 0);
    const x = counts.reduce((sum, arm) => sum + arm.x, 0);
    const distance = Math.abs(x / n - (1 - q));
    if (distance < smallest) {
      [nearest, smallest] = [boundary, distance];
    }
  }
  return nearest;
}

/** Counts of observations slower than `boundary`, stratum by stratum. */
export function sharesSlower(strata: readonly HistogramStratum[], boundary: number): CountStratum[] {
  return strata.map(({ control, variant }) => ({
    control: slowerThan(control, boundary),
    variant: slowerThan(variant, boundary),
  }));
}
