/** What a mapping of Prometheus says: which of an exporter’s labels and series mean what. */
import { z } from 'zod';
import { directionSchema } from './experiment';
import { numeric } from './from-text';

const name = z.string().min(1);
const selector = z
  .string()
  .refine((text) => text.includes('%m'), 'write %m where the matchers belong, e.g. my_requests_total{%m}');

/**
 * A metric of the exporter's own, beside the built-in ones: one value a request, kept as a histogram. Its mean or one of
 * its quantiles is compared.
 */
const mappedMetricSchema = z.object({
  id: z.string().regex(/^[a-z][a-z0-9_]*$/, 'small letters, digits and _, e.g. time_to_first_token_ms'),
  label: name,
  unit: z.enum(['ms', 'plain']).default('plain'),
  direction: directionSchema,
  /** The quantile that is compared, e.g. 0.95; null: the mean. */
  quantile: z.number().gt(0).lt(1).nullable().default(null),
  bucket: selector,
  sum: selector,
  count: selector,
  /** What turns the series' unit into `unit`: 1000 for seconds into ms. */
  scale: numeric(z.number().positive().default(1)),
});
export type MappedMetric = z.infer<typeof mappedMetricSchema>;

/**
 * Which labels and series mean what in Prometheus. In a selector `%m` is the place of the matchers; `scale` turns the
 * latency's unit into seconds. Null: this exporter does not offer it.
 */
export const prometheusFields = {
  variant: name,
  experiment: name.nullable(),
  requests: selector,
  errors: selector.nullable(),
  /** Read where `errors` has no series: whatever is not a success. */
  errorsFallback: selector.nullable(),
  bucket: selector.nullable(),
  sum: selector.nullable(),
  count: selector.nullable(),
  scale: z.number().positive(),
  /** Counters of predictions whose label has arrived, and of those that were right: what makes accuracy online. */
  labelled: selector.nullable(),
  correct: selector.nullable(),
  /** A gauge of accuracy, shown but never tested. */
  accuracyGauge: selector.nullable(),
  accuracyGaugeScale: z.enum(['fraction', 'percent']),
  /** Histograms of a model's scores, and of its features' values by the label `feature`: what drift is computed from. */
  predictionBucket: selector.nullable(),
  featureBucket: selector.nullable(),
  feature: name,
  trafficPercentage: selector.nullable(),
  instance: name,
  version: name.nullable(),
  metrics: z.array(mappedMetricSchema),
};
export const wholePrometheusMapping = z.object(prometheusFields);
export type PrometheusMapping = z.infer<typeof wholePrometheusMapping>;
