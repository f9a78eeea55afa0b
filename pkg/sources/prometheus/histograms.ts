/** Histograms of predictions, features and latency, as counters by upper bound keep them. */
import type { Histogram } from '../../../src/calc/drift/align';
import type { Bucket } from '../../../src/calc/stats/histogram';
import type { PrometheusMapping } from '../../../src/contract/settings';
import type { FeatureHistogram, Histograms, HistogramsRequest } from '../capabilities/histograms';
import { LATENCY, PREDICTION } from '../capabilities/histograms';
import { readClassicBuckets, readNativeBuckets } from './histogram';
import { duration, fillSelector, grouping } from './promql';
import { dimensionMatchers, labelOf } from './selectors';
import type { TrafficReader } from './traffic-question';
import type { Sample } from './wire';

const MS_PER_SECOND = 1000;

/** One histogram metric of the mapping. */
interface Family {
  selector: string;
  /** The label that names the feature; null: the family is of one feature. */
  label: string | null;
  feature: string | null;
  /** Turns a bound into the feature’s unit. */
  scale: number;
}

/** @throws FailureError */
export async function readHistograms(
  reader: TrafficReader,
  request: HistogramsRequest,
  signal: AbortSignal,
): Promise<Omit<Histograms, 'endpoint'>> {
  const answers = await Promise.all(wanted(reader, request).map((family) => readFamily(reader, request, family, signal))); // prettier-ignore
  const isLatencyLeft = (request.filters.feature ?? []).length === 0 && answers.every(({ histograms }) => histograms.length === 0); // prettier-ignore
  const latency = latencyFamily(reader.mapping, request);
  if (isLatencyLeft && latency) {
    answers.push(await readFamily(reader, request, latency, signal));
  }
  const newest = answers.flatMap(({ newestSample }) => newestSample ?? []);
  return {
    histograms: answers.flatMap(({ histograms }) => histograms),
    newestSample: newest.length > 0 ? Math.max(...newest) : null,
    warnings: [...new Set(answers.flatMap(({ warnings }) => warnings))],
    executed: answers.flatMap(({ executed }) => executed),
  };
}

function wanted({ mapping }: TrafficReader, request: HistogramsRequest): Family[] {
  const { feature: names = [] } = request.filters;
  const features = names.filter((name) => name !== PREDICTION && name !== LATENCY);
  const families: Family[] = [];
  if (mapping.predictionBucket !== null && (names.length === 0 || names.includes(PREDICTION))) {
    families.push({
      selector: selectorOf(mapping, mapping.predictionBucket, request, []),
      label: null,
      feature: PREDICTION,
      scale: 1,
    });
  }
  if (mapping.featureBucket !== null && (names.length === 0 || features.length > 0)) {
    families.push({
      selector: selectorOf(mapping, mapping.featureBucket, request, features),
      label: mapping.feature,
      feature: null,
      scale: 1,
    });
  }
  const latency = names.includes(LATENCY) ? latencyFamily(mapping, request) : null;
  return latency ? [...families, latency] : families;
}

function latencyFamily(mapping: PrometheusMapping, request: HistogramsRequest): Family | null {
  return mapping.bucket === null
    ? null
    : {
        selector: selectorOf(mapping, mapping.bucket, request, []),
        label: null,
        feature: LATENCY,
        scale: mapping.scale * MS_PER_SECOND,
      };
}

/** @param features of these only; empty: the family has no such label, or all are wanted */
function selectorOf(
  mapping: PrometheusMapping,
  family: string,
  { experiment, filters }: HistogramsRequest,
  features: readonly string[],
): string {
  return fillSelector(family, dimensionMatchers(mapping, experiment, { ...filters, feature: features }));
}

/** Samples of one evaluation, by the labels of the histogram they belong to. */
type Evaluation = Map<string, Sample[]>;

async function readFamily(
  { api, mapping }: TrafficReader,
  { by, period, bucketMs }: HistogramsRequest,
  { selector, label, feature, scale }: Family,
  signal: AbortSignal,
): Promise<Omit<Histograms, 'endpoint'>> {
  const dimensions = by.filter((dimension) => dimension !== 'feature').map((dimension) => ({ dimension, label: labelOf(mapping, dimension) })); // prettier-ignore
  const groups = [...dimensions.map((one) => one.label), ...(label === null ? [] : [label]), 'le'];
  const increase = (rangeMs: number) => `sum ${grouping(groups)} (increase(${selector}[${duration(rangeMs)}]))`;
  const labelsOf = (labels: Record<string, string>): Record<string, string> => ({
    ...Object.fromEntries(dimensions.map((one) => [one.dimension, labels[one.label] ?? ''])),
    feature: feature ?? labels[label ?? ''] ?? '',
  });
  const add = (into: Evaluation, sample: Sample) => {
    const key = JSON.stringify(labelsOf(sample.labels));
    into.set(key, [...(into.get(key) ?? []), sample]);
  };
  const whole = increase(period.to - period.from);
  const newest = `max(timestamp(${selector}))`;
  const inBuckets = bucketMs === null ? null : increase(bucketMs);
  const [totals, newestSamples, overTime] = await Promise.all([
    api.query(whole, period.to, signal),
    api.query(newest, period.to, signal),
    inBuckets !== null && bucketMs !== null
      ? api.queryRange(inBuckets, { start: period.from + bucketMs, end: period.to, stepMs: bucketMs }, signal)
      : null,
  ]);
  const total: Evaluation = new Map();
  totals.value.forEach((sample) => {
    add(total, sample);
  });
  const byTime = new Map<number, Evaluation>();
  for (const { labels, times, values } of overTime?.value ?? []) {
    times.forEach((time, index) => {
      const start = time - (bucketMs ?? 0);
      const evaluation = byTime.get(start) ?? new Map<string, Sample[]>();
      byTime.set(start, evaluation);
      add(evaluation, { labels, time, value: values[index] ?? Number.NaN, histogram: null });
    });
  }
  const starts = [...byTime.keys()].sort((a, b) => a - b);
  const histograms = [...total].flatMap(([key, samples]): FeatureHistogram[] => {
    const histogram = histogramOf(samples, scale);
    if (!histogram) {
      return [];
    }
    const buckets = starts.flatMap((time) => {
      const own = histogramOf(byTime.get(time)?.get(key) ?? [], scale);
      // A bound that came or went with a new version has no place in the others' bins.
      return own?.bounds.join() === histogram.bounds.join() ? [{ time, counts: own.counts }] : [];
    });
    return [{ labels: labelsOf(samples[0]?.labels ?? {}), total: histogram, buckets }];
  });
  return {
    histograms,
    newestSample: histograms.length === 0 ? null : toMs(newestSamples.value[0]?.value),
    warnings: [...totals.warnings, ...(overTime?.warnings ?? [])].map((warning) => `Prometheus: ${warning}`),
    executed: [whole, ...(inBuckets === null ? [] : [inBuckets])],
  };
}

const toMs = (seconds: number | undefined): number | null =>
  seconds === undefined || !Number.isFinite(seconds) ? null : seconds * MS_PER_SECOND;

function histogramOf(samples: readonly Sample[], scale: number): Extract<Histogram, { kind: 'numeric' }> | null {
  const native = samples.find(({ histogram }) => histogram !== null)?.histogram;
  const cumulative = native ? readNativeBuckets(native, scale) : readClassicBuckets(samples, scale);
  return cumulative && cumulative.length > 0
    ? { kind: 'numeric', bounds: cumulative.map(({ le }) => le), counts: insideEach(cumulative) }
    : null;
}

/** Observations inside each bucket, from cumulative ones. */
const insideEach = (buckets: readonly Bucket[]): number[] =>
  buckets.map(({ count }, index) => count - (buckets[index - 1]?.count ?? 0));
