/** Drift of each feature against its reference, and of the whole model. */
import type { AlignedPair, Histogram } from '../../src/calc/drift/align';
import { alignHistograms } from '../../src/calc/drift/align';
import type { Drift } from '../../src/calc/drift/drift';
import { measureDrift } from '../../src/calc/drift/drift';
import { furthest } from '../../src/calc/drift/furthest';
import { isEnough, widen, widthFor } from '../../src/calc/drift/over-time';
import type { DriftBands } from '../../src/calc/drift/psi';
import { PSI_BANDS } from '../../src/calc/drift/psi';
import { isRefusal } from '../../src/calc/stats/refusal';
import type { MonitorQuery } from '../../src/contract/query';
import type { HeldHistogram } from './monitor-drift-histograms';
import { labelsKey } from './monitor-labels';

/** The feature under which drift over all features stands. */
export const WHOLE_MODEL = '__all__';

export type ComputedMethod = Exclude<MonitorQuery['method'], 'stored'>;

export interface FeatureDrift {
  labels: Record<string, string>;
  source: HeldHistogram['source'];
  pair: AlignedPair;
  drift: Drift;
  value: number | null;
  pValue: number | null;
}

/** Finds what a histogram is compared with; null where there is nothing. */
export type FindReference = (labels: Record<string, string>) => HeldHistogram | null;

/** Against the same labels in another period. */
export function againstPeriod(reference: readonly HeldHistogram[]): FindReference {
  const byLabels = new Map(reference.map((histogram) => [labelsKey(histogram.labels), histogram]));
  return (labels) => byLabels.get(labelsKey(labels)) ?? null;
}

/** Against the control in the same period; the control itself is compared with nothing. */
export function againstControl(current: readonly HeldHistogram[], control: string | null): FindReference {
  const find = againstPeriod(current);
  return (labels) => (control === null || labels.variant === control ? null : find({ ...labels, variant: control }));
}

/** Each feature whose two histograms can be compared. */
export function measureEach(
  current: readonly HeldHistogram[],
  referenceOf: FindReference,
  method: ComputedMethod,
): FeatureDrift[] {
  return current.flatMap(({ labels, source, total }) => {
    const reference = referenceOf(labels);
    const measured = reference && measure(reference.total, total, method);
    return measured ? [{ labels, source, ...measured }] : [];
  });
}

type Measured = Pick<FeatureDrift, 'pair' | 'drift' | 'value' | 'pValue'>;

function measure(reference: Histogram, current: Histogram, method: ComputedMethod): Measured | null {
  const pair = alignHistograms(reference, current);
  if (isRefusal(pair)) {
    return null;
  }
  const drift = measureDrift(pair);
  return isRefusal(drift) ? null : { pair, drift, ...chosen(drift, method) };
}

/** Distances are told in standard deviations of the reference: features have units of their own. */
function chosen(drift: Drift, method: ComputedMethod): Pick<FeatureDrift, 'value' | 'pValue'> {
  switch (method) {
    case 'psi':
      return { value: drift.psi, pValue: drift.psiPValue };
    case 'js':
      return { value: drift.jensenShannon, pValue: drift.homogeneity.pValue };
    case 'ks':
      return { value: drift.kolmogorovSmirnov, pValue: drift.kolmogorovSmirnovPValue };
    case 'wasserstein': {
      const distance = drift.wasserstein;
      return { value: distance === null || isRefusal(distance) ? null : distance.normalised, pValue: null };
    }
  }
}

/** Everything a feature is told apart by but the feature. */
function modelOf(labels: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).filter(([dimension]) => dimension !== 'feature'));
}

/** What is measured of one model, together. */
function byModel<T extends { labels: Record<string, string> }>(items: readonly T[]): T[][] {
  const models = new Map<string, T[]>();
  for (const item of items) {
    const key = labelsKey(modelOf(item.labels));
    models.set(key, [...(models.get(key) ?? []), item]);
  }
  return [...models.values()];
}

export interface WholeDrift {
  labels: Record<string, string>;
  value: number | null;
  pValue: number | null;
}

/** A row a model: its furthest feature. */
export function measureWhole(features: readonly FeatureDrift[]): WholeDrift[] {
  return byModel(features).map((own) => ({ labels: modelOf(own[0]?.labels ?? {}), ...furthest(own) }));
}

export interface DriftSeries {
  labels: Record<string, string>;
  times: number[];
  /** Null: too few rows to say. */
  values: Array<number | null>;
}

/**
 * Each feature by time bucket: against its reference as a whole, or, where the reference has buckets of its own (the
 * control's), bucket against bucket. Features of one model share their buckets' width.
 */
export function measureOverTime(
  current: readonly HeldHistogram[],
  referenceOf: FindReference,
  { method, bucketMs, isBucketwise }: { method: ComputedMethod; bucketMs: number; isBucketwise: boolean },
): DriftSeries[] {
  return byModel(current).flatMap((own) => {
    const width = Math.max(...own.map(({ buckets }) => widthFor(buckets)));
    return own.flatMap((histogram): DriftSeries[] => {
      const reference = referenceOf(histogram.labels);
      if (!reference) {
        return [];
      }
      const against = new Map(widen(reference.buckets, bucketMs, width).map(({ time, counts }) => [time, counts]));
      const points = widen(histogram.buckets, bucketMs, width).map((bucket) => {
        const counts = against.get(bucket.time);
        const other = isBucketwise ? counts && withCounts(reference.total, counts) : reference.total;
        const isTold = other !== undefined && isEnough(bucket);
        return { time: bucket.time, value: isTold ? (measure(other, withCounts(histogram.total, bucket.counts), method)?.value ?? null) : null }; // prettier-ignore
      });
      return [{ labels: histogram.labels, times: points.map(({ time }) => time), values: points.map(({ value }) => value) }]; // prettier-ignore
    });
  });
}

const withCounts = (histogram: Histogram, counts: readonly number[]): Histogram => ({ ...histogram, counts });

/** The furthest feature of each model at each time. */
export function wholeOverTime(series: readonly DriftSeries[]): DriftSeries[] {
  return byModel(series).map((own) => {
    const byTime = new Map<number, Array<{ value: number | null; pValue: null }>>();
    for (const { times, values } of own) {
      times.forEach((time, index) => {
        byTime.set(time, [...(byTime.get(time) ?? []), { value: values[index] ?? null, pValue: null }]);
      });
    }
    const sorted = [...byTime].sort(([a], [b]) => a - b);
    return {
      labels: modelOf(own[0]?.labels ?? {}),
      times: sorted.map(([time]) => time),
      values: sorted.map(([, at]) => furthest(at).value),
    };
  });
}

/** PSI's bands are a convention of its own; another method has bands only where the query names some. */
export function bandsOf({ method, bands }: Pick<MonitorQuery, 'method' | 'bands'>): DriftBands | undefined {
  return bands ?? (method === 'stored' || method === 'psi' ? PSI_BANDS : undefined);
}
