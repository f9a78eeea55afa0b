/** Comparisons of quantiles: decided by the share slower than a boundary, shown as the quantile. */
import type { ReasonCode } from '../verdict';
import type { ComparedMetric, Comparison, ComparisonPlan } from './comparison';
import { conclude, refused } from './conclude';
import { measureQuantile, type QuantileMeasurement, type QuantileStratum } from './measure-quantile';
import type { MeasuringPlan, Measurement } from './measurement';
import { describeRefusal, isRefusal } from './refusal';

/** Compares quantiles; where the buckets do not allow it, the share slower still decides. */
export function compareQuantiles(
  metric: ComparedMetric,
  strata: readonly QuantileStratum[],
  plan: ComparisonPlan,
  measuring: MeasuringPlan,
): Comparison {
  const measured = measureQuantile(strata, metric.boundary, measuring);
  if (isRefusal(measured)) {
    return refused(metric, plan, measured);
  }
  const notes: ReasonCode[] = strata.length > 1 ? ['stratified'] : [];
  const { quantile, shareSlower } = measured;
  if (!isRefusal(quantile)) {
    const all: ReasonCode[] = [
      ...(shareSlower === null ? [] : (['share-slower'] as const)),
      ...quantile.notes,
      ...notes,
    ];
    const tested = testedByShare(quantile, shareSlower);
    const units = Math.min(quantile.nControl, quantile.nVariant);
    return conclude(metric, plan, measuring, tested, { units, notes: all, shareSlower });
  }
  if (shareSlower === null) {
    return refused(metric, plan, quantile, notes);
  }
  const { measurement } = shareSlower;
  const units = Math.min(measurement.nControl, measurement.nVariant);
  const answer = conclude({ ...metric, margin: undefined }, plan, measuring, measurement, {
    units,
    notes: ['share-slower', ...measurement.notes, ...notes],
    shareSlower,
  });
  return {
    ...answer,
    metric,
    valueControl: null,
    valueVariant: null,
    absolute: null,
    relative: null,
    method: null,
    expectedLoss: null,
    mde: null,
    refusal: quantile,
    reasons: [{ code: 'no-answer', words: describeRefusal(quantile) }, ...answer.reasons],
  };
}

/** The quantile's estimate and intervals with the share's p-values and chance: those the buckets do not bias. */
function testedByShare(quantile: Measurement, shareSlower: QuantileMeasurement['shareSlower']): Measurement {
  if (shareSlower === null) {
    return quantile;
  }
  const { pValue, sequentialPValue } = shareSlower.measurement.absolute;
  return {
    ...quantile,
    absolute: { ...quantile.absolute, pValue, sequentialPValue },
    chanceToWin: shareSlower.measurement.chanceToWin,
  };
}
