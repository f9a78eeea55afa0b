import { Histogram, type HistogramConfiguration } from 'prom-client';

/** Cumulative buckets by upper bound, with sum and count, of one label set. */
export interface HistogramBase<T extends string> {
  labels: Record<T, string>;
  buckets: Array<{ bound: number; count: number }>;
  sum: number;
  count: number;
}

const keyOf = (labels: Partial<Record<string, string | number>>): string =>
  JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)));

/** A histogram that goes on from where an earlier process of the same server left off. prom-client can raise a counter by any amount, but a histogram only by one observation. */
export class ContinuedHistogram<T extends string> extends Histogram<T> {
  readonly #base = new Map<string, number>();

  constructor(configuration: HistogramConfiguration<T>, base: Array<HistogramBase<T>>) {
    super(configuration);
    for (const { labels, buckets, sum, count } of base) {
      this.zero(labels);
      const set = (suffix: string, value: number, le?: number | string): void => {
        this.#base.set(configuration.name + suffix + keyOf(le === undefined ? labels : { ...labels, le }), value);
      };
      for (const bucket of buckets) set('_bucket', bucket.count, bucket.bound);
      set('_bucket', count, '+Inf');
      set('_sum', sum);
      set('_count', count);
    }
  }

  override async get(): ReturnType<Histogram<T>['get']> {
    const metric = await super.get();
    const values = metric.values.map((one) => ({
      ...one,
      value: one.value + (this.#base.get((one.metricName ?? '') + keyOf(one.labels)) ?? 0),
    }));
    return { ...metric, values };
  }
}
