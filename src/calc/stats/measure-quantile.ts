/** Quantiles from histograms: the difference as read from the buckets, and beside it the exact share slower than a boundary. */
import { requireBuckets } from './histogram';
import { measureMoments } from './measure-moments';
import { measureProportion } from './measure-proportion';
import type { MeasuringPlan, Measurement } from './measurement';
import { quantileMoments } from './quantile';
import { isRefusal, refuse, type Refusal } from './refusal';
import { nearestBoundary, onSharedBoundaries, sharesSlower, type HistogramStratum } from './share-slower';
import { standardise, strataWeights, type ArmMoments, type StratumMoments } from './strata';
import type { QuantileStatistic } from './sufficient';

export interface QuantileStratum {
  control: QuantileStatistic;
  variant: QuantileStatistic;
}

export interface QuantileMeasurement {
  /** The quantile's difference; refused where the buckets do not allow it. */
  quantile: Measurement | Refusal;
  /** The exact test; null when the buckets allow not even that. */
  shareSlower: { boundary: number; measurement: Measurement } | null;
}

/**
 * Measures a quantile over strata. Histograms whose buckets changed are cut down to the boundaries both arms share. Refuses
 * `bad-parameter`, `kinds-differ` (two quantiles), `bad-buckets`, `buckets-differ` and `no-data`.
 */
export function measureQuantile(
  strata: readonly QuantileStratum[],
  boundary: number | undefined,
  plan: MeasuringPlan,
): QuantileMeasurement | Refusal {
  const [first] = strata;
  if (first === undefined) {
    return refuse('no-data');
  }
  const { q } = first.control;
  if (!strata.every(({ control, variant }) => control.q === q && variant.q === q)) {
    return refuse('kinds-differ', 'q');
  }
  const histograms: HistogramStratum[] = [];
  for (const { control, variant } of strata) {
    const tidyControl = requireBuckets(control.buckets, 'control.buckets');
    const tidyVariant = requireBuckets(variant.buckets, 'variant.buckets');
    const refusal = [tidyControl, tidyVariant].find(isRefusal);
    if (refusal !== undefined && refusal.refused !== 'no-data') {
      return refusal;
    }
    if (isRefusal(tidyControl) || isRefusal(tidyVariant)) {
      continue;
    }
    const shared = onSharedBoundaries({ control: tidyControl.buckets, variant: tidyVariant.buckets });
    if (shared === null) {
      return refuse('buckets-differ');
    }
    histograms.push(shared);
  }
  if (histograms.length === 0) {
    return refuse('no-data');
  }
  return { quantile: differenceOf(q, histograms, plan), shareSlower: shareSlowerOf(q, histograms, boundary, plan) };
}

function differenceOf(q: number, histograms: readonly HistogramStratum[], plan: MeasuringPlan): Measurement | Refusal {
  const moments: StratumMoments[] = [];
  for (const histogram of histograms) {
    const control = armOf(q, histogram.control);
    const variant = armOf(q, histogram.variant);
    if (isRefusal(control)) {
      return control;
    }
    if (isRefusal(variant)) {
      return variant;
    }
    moments.push({ control, variant });
  }
  const observations = {
    control: moments.reduce((sum, { control }) => sum + control.n, 0),
    variant: moments.reduce((sum, { variant }) => sum + variant.n, 0),
  };
  const weights = strataWeights(moments.map(({ control, variant }) => ({ control: control.n, variant: variant.n })));
  if (weights === null) {
    return refuse('no-data');
  }
  const measured = measureMoments(standardise(moments, weights), observations, plan);
  return isRefusal(measured) ? measured : { ...measured, method: 'quantile', notes: ['bucket-interpolated'] };
}

function armOf(q: number, buckets: HistogramStratum['control']): ArmMoments | Refusal {
  const moments = quantileMoments(q, buckets);
  return isRefusal(moments) ? moments : { ...moments, size: moments.n };
}

function shareSlowerOf(
  q: number,
  histograms: readonly HistogramStratum[],
  asked: number | undefined,
  plan: MeasuringPlan,
): QuantileMeasurement['shareSlower'] {
  const isShared = histograms.every(({ control }) => control.some(({ le }) => le === asked));
  const boundary = asked !== undefined && Number.isFinite(asked) && isShared ? asked : nearestBoundary(q, histograms);
  if (boundary === null) {
    return null;
  }
  const measurement = measureProportion(sharesSlower(histograms, boundary), plan);
  return isRefusal(measurement) ? null : { boundary, measurement };
}
