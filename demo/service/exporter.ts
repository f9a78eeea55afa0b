/** What one server counts, in prom-client, going on from what its past had counted. */
import { Counter, Gauge, Registry } from 'prom-client';
import { estimateImpact } from '../telemetry/impact';
import { FEATURES, middleOf, PREDICTION_BOUNDS } from '../telemetry/features';
import { IMPACT_TYPES, LATENCY_BUCKETS, METRICS } from '../telemetry/names';
import type { Tally } from '../telemetry/tally';
import { requestsOf, smoothAccuracy } from '../telemetry/tally';
import { configuredShare } from '../traffic/configured';
import { ContinuedHistogram, type HistogramBase } from './continued-histogram';

const MODEL = ['experiment', 'model_name', 'model_version'] as const;
type ModelLabel = (typeof MODEL)[number];

const labelsOf = ({ experiment, variant, version }: Tally): Record<ModelLabel, string> => ({
  experiment: experiment.id,
  model_name: variant.modelName,
  model_version: version,
});

function cumulative(bounds: readonly number[], counts: readonly number[]): HistogramBase<string>['buckets'] {
  let count = 0;
  return bounds.map((bound, index) => ({ bound, count: (count += counts[index] ?? 0) }));
}

function histogramBase(tally: Tally): HistogramBase<ModelLabel> {
  const buckets = cumulative(LATENCY_BUCKETS, tally.buckets);
  return { labels: labelsOf(tally), buckets, sum: tally.latencySeconds, count: requestsOf(tally) };
}

function predictionBase(tally: Tally): HistogramBase<ModelLabel> {
  const { predictions, predictionSum, rows } = tally.features;
  return {
    labels: labelsOf(tally),
    buckets: cumulative(PREDICTION_BOUNDS, predictions),
    sum: predictionSum,
    count: rows,
  };
}

export class Exporter {
  readonly #registry = new Registry();
  readonly #requests = this.#counter(METRICS.requests, [...MODEL, 'region', 'status']);
  readonly #errors = this.#counter(METRICS.errors, [...MODEL, 'region']);
  readonly #labelled = this.#counter(METRICS.labelled, [...MODEL, 'region']);
  readonly #correct = this.#counter(METRICS.correct, [...MODEL, 'region']);
  readonly #revenue = this.#counter(METRICS.revenue, [...MODEL]);
  readonly #revenueSquared = this.#counter(METRICS.revenueSquared, [...MODEL]);
  readonly #latency: ContinuedHistogram<ModelLabel>;
  readonly #predictions: ContinuedHistogram<ModelLabel>;
  /** A histogram a numeric feature, by name: each has bounds of its own. */
  readonly #features = new Map<string, ContinuedHistogram<ModelLabel | 'feature'>>();
  readonly #recentAccuracy = new Map<string, number>();

  /** @param past what this server had counted for each variant it serves */
  constructor(private readonly past: Tally[]) {
    const base = past.map(histogramBase);
    this.#latency = new ContinuedHistogram(
      { ...METRICS.latency, labelNames: [...MODEL], buckets: LATENCY_BUCKETS },
      base,
    );
    this.#predictions = new ContinuedHistogram(
      { ...METRICS.prediction, labelNames: [...MODEL], buckets: PREDICTION_BOUNDS },
      past.map(predictionBase),
    );
    FEATURES.forEach((feature, index) => {
      if (feature.kind !== 'numeric') return;
      const { name, bounds } = feature;
      const bases = past.map((tally): HistogramBase<ModelLabel | 'feature'> => {
        const counts = tally.features.features[index] ?? [];
        const sum = counts.reduce((total, count, bin) => total + count * middleOf(bounds, bin), 0);
        const labels = { ...labelsOf(tally), feature: name };
        return { labels, buckets: cumulative(bounds, counts), sum, count: tally.features.rows };
      });
      const configuration = {
        ...METRICS.featureValue,
        labelNames: [...MODEL, 'feature' as const],
        buckets: [...bounds],
      };
      this.#features.set(name, new ContinuedHistogram(configuration, bases));
    });
    for (const tally of past) {
      const labels = labelsOf(tally);
      this.#recentAccuracy.set(tally.variant.name, tally.recentAccuracy);
      this.#revenue.inc(labels, tally.revenue);
      this.#revenueSquared.inc(labels, tally.revenueSquared);
      for (const [region, counts] of tally.regions) {
        this.#requests.inc({ ...labels, region, status: 'success' }, counts.success);
        this.#requests.inc({ ...labels, region, status: 'error' }, counts.error);
        this.#errors.inc({ ...labels, region }, counts.error);
        this.#labelled.inc({ ...labels, region }, counts.labelled);
        this.#correct.inc({ ...labels, region }, counts.correct);
      }
    }
    this.#exportGauges();
  }

  #counter<T extends string>(metric: { name: string; help: string }, labelNames: T[]): Counter<T> {
    return new Counter({ ...metric, labelNames, registers: [this.#registry] });
  }

  /** Gauges are read off at the moment of the scrape. */
  #exportGauges(): void {
    const eachModel = (set: (tally: Tally, labels: Record<ModelLabel, string>) => void): void => {
      for (const tally of this.past) set(tally, labelsOf(tally));
    };
    const accuracyOf = (variant: string | undefined): number => this.#recentAccuracy.get(variant ?? '') ?? 0;
    const common = { labelNames: [...MODEL], registers: [this.#registry] };
    new Gauge({
      ...METRICS.accuracy,
      ...common,
      collect() {
        eachModel(({ variant }, labels) => this.set(labels, 100 * accuracyOf(variant.name)));
      },
    });
    new Gauge({
      ...METRICS.traffic,
      ...common,
      collect() {
        eachModel(({ experiment, variant }, labels) =>
          this.set(labels, 100 * configuredShare(experiment, variant.name, Date.now())),
        );
      },
    });
    new Gauge({
      ...METRICS.impact,
      ...common,
      labelNames: [...MODEL, 'metric_type'],
      collect() {
        eachModel(({ experiment, variant }, labels) => {
          const control = experiment.variants.find(({ role }) => role === 'control');
          const accuracy = { variant: accuracyOf(variant.name), control: accuracyOf(control?.name) };
          const impact = estimateImpact(experiment, variant.name, accuracy);
          for (const type of IMPACT_TYPES) this.set({ ...labels, metric_type: type }, impact[type]);
        });
      },
    });
  }

  countRequest(tally: Tally, region: string, isError: boolean, seconds: number, revenue: number): void {
    const labels = labelsOf(tally);
    this.#requests.inc({ ...labels, region, status: isError ? 'error' : 'success' });
    if (isError) this.#errors.inc({ ...labels, region });
    this.#revenue.inc(labels, revenue);
    this.#revenueSquared.inc(labels, revenue ** 2);
    this.#latency.observe(labels, seconds);
  }

  /** @param bins of the features, as `drawFeatures` gives them */
  countFeatures(tally: Tally, bins: readonly number[], prediction: number): void {
    const labels = labelsOf(tally);
    this.#predictions.observe(labels, prediction);
    FEATURES.forEach((feature, index) => {
      if (feature.kind !== 'numeric') return;
      const value = middleOf(feature.bounds, bins[index] ?? 0);
      this.#features.get(feature.name)?.observe({ ...labels, feature: feature.name }, value);
    });
  }

  countLabel(tally: Tally, region: string, isCorrect: boolean): void {
    const labels = { ...labelsOf(tally), region };
    this.#labelled.inc(labels);
    if (isCorrect) this.#correct.inc(labels);
    const recent = this.#recentAccuracy.get(tally.variant.name) ?? 0;
    this.#recentAccuracy.set(tally.variant.name, smoothAccuracy(recent, isCorrect));
  }

  /** The exposition a scrape gets. */
  async render(): Promise<{ contentType: string; body: string }> {
    const counted = await this.#registry.metrics();
    const histograms = [this.#latency, this.#predictions, ...this.#features.values()];
    const [latency = '', predictions = '', ...features] = await Promise.all(histograms.map((one) => one.render()));
    // The features are one metric, whose head may be written once.
    const values = features.map((text, index) => (index === 0 ? text : text.replace(/^# .*\n/gm, '')));
    return { contentType: this.#registry.contentType, body: [counted, latency, predictions, ...values].join('\n') };
  }
}
