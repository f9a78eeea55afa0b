/** The series one tally gives: what a scrape of its server would have shown. */
import { SCRAPE_JOB, IMPACT_TYPES, LATENCY_BUCKETS, METRICS } from '../telemetry/names';
import { FEATURES, middleOf, PREDICTION_BOUNDS } from '../telemetry/features';
import { estimateImpact } from '../telemetry/impact';
import type { Tally } from '../telemetry/tally';
import { requestsOf } from '../telemetry/tally';

export interface Series {
  /** Metric family in OpenMetrics' sense: without `_total`, `_bucket` and so on. */
  family: string;
  type: 'counter' | 'gauge' | 'histogram';
  name: string;
  labels: Record<string, string>;
  /** Minutes between its values, where they change slowly and are read over hours. */
  everyMinutes?: number;
  read: () => number;
}

const DISTRIBUTION_MINUTES = 10;

/** What the series of a tally need to know of the rest of the experiment at the moment of reading. */
export interface Surroundings {
  /** Recent accuracy of the control, a fraction. */
  controlAccuracy: () => number;
  /** Configured share of traffic of a variant, 0…1. */
  configuredShare: (variant: string) => number;
}

export function seriesOf(tally: Tally, around: Surroundings): Series[] {
  const { experiment, variant } = tally;
  const common = {
    job: SCRAPE_JOB,
    instance: tally.instance,
    experiment: experiment.id,
    model_name: variant.modelName,
    model_version: tally.version,
  };
  const counter = (metric: { name: string }, labels: Record<string, string>, read: () => number): Series => ({
    family: metric.name.replace(/_total$/, ''),
    type: 'counter',
    name: metric.name,
    labels: { ...common, ...labels },
    read,
  });
  const gauge = (metric: { name: string }, labels: Record<string, string>, read: () => number): Series => ({
    family: metric.name,
    type: 'gauge',
    name: metric.name,
    labels: { ...common, ...labels },
    read,
  });
  const histogram = (suffix: string, labels: Record<string, string>, read: () => number): Series => ({
    family: METRICS.latency.name,
    type: 'histogram',
    name: METRICS.latency.name + suffix,
    labels: { ...common, ...labels },
    read,
  });
  const distribution = (
    metric: { name: string },
    labels: Record<string, string>,
    bounds: readonly number[],
    counts: readonly number[],
    sum: () => number,
  ): Series[] => {
    const upToBin = (bin: number): number => counts.slice(0, bin + 1).reduce((total, count) => total + count, 0);
    const series = (suffix: string, own: Record<string, string>, read: () => number): Series => ({
      family: metric.name,
      type: 'histogram',
      name: metric.name + suffix,
      labels: { ...common, ...labels, ...own },
      everyMinutes: DISTRIBUTION_MINUTES,
      read,
    });
    return [
      ...bounds.map((bound, bin) => series('_bucket', { le: String(bound) }, () => upToBin(bin))),
      series('_bucket', { le: '+Inf' }, () => upToBin(bounds.length)),
      series('_sum', {}, sum),
      series('_count', {}, () => upToBin(bounds.length)),
    ];
  };
  const { features } = tally;
  const upTo = (index: number): number => {
    let sum = 0;
    for (let bucket = 0; bucket <= index; bucket++) sum += tally.buckets[bucket] ?? 0;
    return sum;
  };
  return [
    ...[...tally.regions].flatMap(([region, counts]) => [
      counter(METRICS.requests, { region, status: 'success' }, () => counts.success),
      counter(METRICS.requests, { region, status: 'error' }, () => counts.error),
      counter(METRICS.errors, { region }, () => counts.error),
      counter(METRICS.labelled, { region }, () => counts.labelled),
      counter(METRICS.correct, { region }, () => counts.correct),
    ]),
    counter(METRICS.revenue, {}, () => tally.revenue),
    counter(METRICS.revenueSquared, {}, () => tally.revenueSquared),
    ...LATENCY_BUCKETS.map((bound, index) => histogram('_bucket', { le: String(bound) }, () => upTo(index))),
    histogram('_bucket', { le: '+Inf' }, () => requestsOf(tally)),
    histogram('_sum', {}, () => tally.latencySeconds),
    histogram('_count', {}, () => requestsOf(tally)),
    ...distribution(METRICS.prediction, {}, PREDICTION_BOUNDS, features.predictions, () => features.predictionSum),
    ...FEATURES.flatMap((feature, index) => {
      const counts = features.features[index];
      if (feature.kind !== 'numeric' || counts === undefined) return [];
      const sum = (): number => counts.reduce((total, count, bin) => total + count * middleOf(feature.bounds, bin), 0);
      return distribution(METRICS.featureValue, { feature: feature.name }, feature.bounds, counts, sum);
    }),
    gauge(METRICS.accuracy, {}, () => 100 * tally.recentAccuracy),
    gauge(METRICS.traffic, {}, () => 100 * around.configuredShare(variant.name)),
    ...IMPACT_TYPES.map((type) =>
      gauge(METRICS.impact, { metric_type: type }, () => {
        const accuracy = { variant: tally.recentAccuracy, control: around.controlAccuracy() };
        return estimateImpact(experiment, variant.name, accuracy)[type];
      }),
    ),
  ];
}
