/** What one server counts, in prom-client, going on from what its past had counted. */
import { Counter, Gauge, Registry } from 'prom-client';
import { estimateImpact } from '../telemetry/impact';
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

function histogramBase(tally: Tally): HistogramBase<ModelLabel> {
  let count = 0;
  const buckets = LATENCY_BUCKETS.map((bound, index) => {
    count += tally.buckets[index] ?? 0;
    return { bound, count };
  });
  return { labels: labelsOf(tally), buckets, sum: tally.latencySeconds, count: requestsOf(tally) };
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
  readonly #recentAccuracy = new Map<string, number>();

  /** @param past what this server had counted for each variant it serves */
  constructor(private readonly past: Tally[]) {
    const base = past.map(histogramBase);
    this.#latency = new ContinuedHistogram(
      { ...METRICS.latency, labelNames: [...MODEL], buckets: LATENCY_BUCKETS },
      base,
    );
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
    return { contentType: this.#registry.contentType, body: `${counted}\n${await this.#latency.render()}` };
  }
}
