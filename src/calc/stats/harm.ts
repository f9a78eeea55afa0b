/**
 * How surely a variant is worse *now*: the one-sided exact p-value over a short window. Exact, because a rule that looks
 * every minute works at 1e-6, where a normal approximation of a few events is wrong by orders of magnitude.
 */
import { readArm } from './arms';
import type { ComparedMetric, Stratum } from './comparison';
import type { CountStratum } from './event-sequence';
import { requireBuckets } from './histogram';
import { isRefusal } from './refusal';
import { nearestBoundary, onSharedBoundaries, sharesSlower, type HistogramStratum } from './share-slower';
import type { Counts } from './small-counts';
import { stratifiedUpperTail } from './stratified-counts';
import type { ProportionStatistic } from './sufficient';

/**
 * Probability of at least this much harm if the variant were no worse than the control by more than the metric's margin
 * (none: by nothing). For one look: who looks often divides the error rate among the looks.
 *
 * Harm is counted in events: failures, wrong predictions, or, for a quantile, requests slower than a bucket boundary. Without
 * a margin the test is Fisher's, one-sided, and holds its level at any count; the boundary is the one nearest to the quantile
 * of both arms together, whose choice knows nothing of the difference. A margin moves the control: its events by `margin` of
 * its observations, the variant's boundary by `margin` from the one at the control's quantile, both rounded against a finding.
 *
 * @param inflation factor from the A/A calibration; counts are divided by its square
 * @returns null where there is nothing to count: an arm without traffic or with counts that can be none, a mean, buckets that
 *   end before the margin
 */
export function harmPValue(metric: ComparedMetric, strata: readonly Stratum[], inflation = 1): number | null {
  if (metric.margin !== undefined && !(metric.margin > 0)) {
    return null;
  }
  const counts = strata.flatMap((stratum): CountStratum[] => {
    const counted = harmCounts(metric, stratum);
    return counted ? [counted] : [];
  });
  if (counts.length === 0) {
    return null;
  }
  const deflated = inflation > 1 ? counts.map((stratum) => deflate(stratum, inflation ** 2)) : counts;
  return stratifiedUpperTail(deflated);
}

function harmCounts(metric: ComparedMetric, { control, variant }: Stratum): CountStratum | null {
  if (control.kind === 'proportion' && variant.kind === 'proportion') {
    const [a, b] = [eventsOfHarm(control, metric), eventsOfHarm(variant, metric)];
    if (a === null || b === null) {
      return null;
    }
    const tolerated = Math.min(a.n, a.x + Math.ceil((metric.margin ?? 0) * a.n));
    return a.n > 0 && b.n > 0 ? { control: { n: a.n, x: tolerated }, variant: b } : null;
  }
  if (control.kind === 'quantile' && variant.kind === 'quantile' && metric.direction === 'lower') {
    const [a, b] = [requireBuckets(control.buckets, 'control'), requireBuckets(variant.buckets, 'variant')];
    const shared = isRefusal(a) || isRefusal(b) ? null : onSharedBoundaries({ control: a.buckets, variant: b.buckets });
    return shared && slowerCounts(control.q, shared, metric);
  }
  return null;
}

function eventsOfHarm(statistic: ProportionStatistic, { direction }: ComparedMetric): Counts | null {
  const arm = readArm(statistic, true, 'arm');
  if (isRefusal(arm) || arm.counts === null) {
    return null;
  }
  const { n, x } = arm.counts;
  return { n, x: direction === 'lower' ? x : n - x };
}

function slowerCounts(q: number, histogram: HistogramStratum, metric: ComparedMetric): CountStratum | null {
  if (!(q > 0 && q < 1)) {
    return null;
  }
  const boundary =
    metric.boundary ??
    (metric.margin === undefined ? nearestBoundary(q, [histogram]) : boundaryAt(q, histogram.control));
  const least = (boundary ?? Infinity) + (metric.margin ?? 0);
  const limit = histogram.variant.find(({ le }) => le >= least)?.le;
  if (boundary === null || limit === undefined || !Number.isFinite(limit)) {
    return null;
  }
  const [atBoundary] = sharesSlower([histogram], boundary);
  const [atLimit] = sharesSlower([histogram], limit);
  const isCounted = atBoundary && atLimit && atBoundary.control.n > 0 && atLimit.variant.n > 0;
  return isCounted ? { control: atBoundary.control, variant: atLimit.variant } : null;
}

/**
 * The highest boundary that at least 1 − q of an arm's own observations exceed: beside a much slower variant, the quantile of
 * both arms together would lie where the control has nothing.
 */
function boundaryAt(q: number, buckets: HistogramStratum['control']): number | null {
  const n = buckets.at(-1)?.count ?? 0;
  return buckets.findLast(({ le, count }) => Number.isFinite(le) && n - count >= (1 - q) * n)?.le ?? null;
}

/** Rounded against the finding. */
function deflate({ control, variant }: CountStratum, factor: number): CountStratum {
  const n = Math.floor(variant.n / factor);
  const nControl = Math.floor(control.n / factor);
  return {
    control: { n: nControl, x: Math.min(nControl, Math.ceil(control.x / factor)) },
    variant: { n, x: Math.min(n, Math.floor(variant.x / factor)) },
  };
}
