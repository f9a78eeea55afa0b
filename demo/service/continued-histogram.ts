import { Histogram, type HistogramConfiguration } from 'prom-client';

/** Cumulative buckets by upper bound, with sum and count, of one label set. */
export interface HistogramBase<T extends string> {
  labels: Record<T, string>;
  buckets: Array<{ bound: number; count: number }>;
  sum: number;
  count: number;
}

const keyOf = (labels: Partial<Record<string, string | number>>): string =>
  JSON.stringify(
    Object.entries(labels)
      // prom-client hands the bounds out as text when it joins labels, and as numbers otherwise.
      .map(([name, value]) => [name, String(value)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );

/**
 * A histogram that goes on from where an earlier process of the same server left off. prom-client can raise a counter by
 * any amount but a histogram only by one observation, so what came before is added when the text is written.
 */
export class ContinuedHistogram<T extends string> {
  readonly #live: Histogram<T>;
  readonly #base = new Map<string, number>();

  constructor(
    configuration: Pick<HistogramConfiguration<T>, 'name' | 'help' | 'labelNames' | 'buckets'>,
    base: Array<HistogramBase<T>>,
  ) {
    this.#live = new Histogram({ ...configuration, registers: [] });
    for (const { labels, buckets, sum, count } of base) {
      this.#live.zero(labels);
      const remember = (suffix: string, value: number, le?: number | string): void => {
        this.#base.set(configuration.name + suffix + keyOf(le === undefined ? labels : { ...labels, le }), value);
      };
      for (const bucket of buckets) remember('_bucket', bucket.count, bucket.bound);
      remember('_bucket', count, '+Inf');
      remember('_sum', sum);
      remember('_count', count);
    }
  }

  observe(labels: Record<T, string>, value: number): void {
    this.#live.observe(labels, value);
  }

  /** Prometheus's text format. */
  async render(): Promise<string> {
    const { name, help, values } = await this.#live.get();
    const lines = values.map(({ metricName = name, labels, value }) => {
      const pairs = Object.entries(labels).map(([label, text]) => `${label}=${JSON.stringify(String(text))}`);
      return `${metricName}{${pairs.join(',')}} ${value + (this.#base.get(metricName + keyOf(labels)) ?? 0)}`;
    });
    return [`# HELP ${name} ${help}`, `# TYPE ${name} histogram`, ...lines, ''].join('\n');
  }
}
