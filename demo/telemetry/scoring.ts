/** What is written to InfluxDB: how a deployed variant scored over a short while. */
import type { SeededExperiment, SeededVariant } from '../scenario';
import type { Outcome } from '../traffic/request';

export interface ScoringPoint {
  experiment: SeededExperiment;
  variant: SeededVariant;
  version: string;
  /** Epoch ms of the beginning. */
  time: number;
  rows: number;
  errors: number;
  meanLatencyMs: number;
  p95LatencyMs: number;
  meanPrediction: number;
  revenue: number;
}

/** Collects outcomes of one variant until it is closed. */
export class ScoringWindow {
  #errors = 0;
  #prediction = 0;
  #revenue = 0;
  readonly #latencies: number[] = [];

  constructor(
    private readonly experiment: SeededExperiment,
    private readonly variant: SeededVariant,
    private readonly version: string,
  ) {}

  add(outcome: Outcome): void {
    if (outcome.isError) this.#errors++;
    this.#prediction += outcome.prediction;
    this.#revenue += outcome.revenue;
    this.#latencies.push(outcome.latencyMs);
  }

  get isEmpty(): boolean {
    return this.#latencies.length === 0;
  }

  /** @param time epoch ms of the window's beginning */
  close(time: number): ScoringPoint {
    const rows = this.#latencies.length;
    const sorted = this.#latencies.toSorted((a, b) => a - b);
    const sum = sorted.reduce((total, latency) => total + latency, 0);
    return {
      experiment: this.experiment,
      variant: this.variant,
      version: this.version,
      time,
      rows,
      errors: this.#errors,
      meanLatencyMs: sum / rows,
      p95LatencyMs: sorted[Math.max(0, Math.ceil(0.95 * rows) - 1)] ?? 0,
      meanPrediction: this.#prediction / rows,
      revenue: this.#revenue,
    };
  }
}
