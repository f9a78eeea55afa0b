/** The mapping: which labels, series, params, keys and tags of the stores mean what. Everything has a default. */
import { z } from 'zod';
import { directionSchema } from './experiment';
import { numeric } from './from-text';
import { PRESET_NAMES, PRESETS } from './presets';

const name = z.string().min(1);
const selector = z
  .string()
  .refine((text) => text.includes('%m'), 'write %m where the matchers belong, e.g. my_requests_total{%m}');

/**
 * A metric of the exporter's own, beside the built-in ones: one value a request, kept as a histogram. Its mean or one of
 * its quantiles is compared.
 */
export const mappedMetricSchema = z.object({
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
const prometheusFields = {
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
const wholePrometheusMapping = z.object(prometheusFields);
export type PrometheusMapping = z.infer<typeof wholePrometheusMapping>;

/** What is set by hand; the rest is the preset's. */
const prometheusOverlay = z
  .object({ ...prometheusFields, scale: numeric(prometheusFields.scale.optional()) })
  .partial();

function fillIn(preset: PrometheusMapping, overlay: Readonly<Record<string, unknown>>): PrometheusMapping {
  // A field that was emptied in the editor is there, and undefined.
  const written = Object.fromEntries(Object.entries(overlay).filter(([, value]) => value !== undefined));
  return wholePrometheusMapping.parse({ ...preset, ...written });
}

/** The plain mapping with some fields changed. */
export const prometheusMappingSchema = prometheusOverlay.transform((overlay) =>
  fillIn(PRESETS.plain.prometheus, overlay),
);

export const mlflowMappingSchema = z.object({
  variantParam: z.string().default('model_variant'),
  testSizeParam: z.string().default('test_size'),
  /** Param or metric with the number of rows in the test set where `test_size` is a share. */
  testRows: z.string().default('test_rows'),
  accuracy: z.array(z.string()).default(['accuracy', 'test_accuracy']),
  precision: z.array(z.string()).default(['precision', 'test_precision']),
  recall: z.array(z.string()).default(['recall', 'test_recall']),
  /** `auto`: values above 1 are percent. */
  accuracyScale: z.enum(['auto', 'fraction', 'percent']).default('auto'),
});
export type MlflowMapping = z.infer<typeof mlflowMappingSchema>;

export const influxMappingSchema = z.object({
  measurement: z.string().default('model_scoring'),
  variant: z.string().default('variant'),
  /** The tag that names the experiment; Influx points often carry the deployment instead. */
  experiment: z.string().nullable().default('deployment'),
  rows: z.string().default('rows_scored'),
  errors: z.string().default('errors'),
  latencyMean: z.string().default('latency_ms'),
  latencyP95: z.string().default('latency_p95_ms'),
  prediction: z.string().default('avg_prediction'),
  drift: z.string().default('model_drift'),
  alerts: z.string().default('model_alerts'),
  /** Rows scored by feature and bin (tags `feature` and `bin`): `bin` is an upper bound, `+Inf` included, or a category. */
  bins: z.string().default('model_bins'),
});
export type InfluxMapping = z.infer<typeof influxMappingSchema>;

const presetSchema = z.enum(PRESET_NAMES, {
  error: ({ input }) => `there is no preset “${String(input)}”; choose one of ${PRESET_NAMES.join(', ')}`,
});

export const mappingSchema = z
  .object({
    preset: presetSchema.default('plain'),
    prometheus: prometheusOverlay.prefault({}),
    mlflow: mlflowMappingSchema.prefault({}),
    influx: influxMappingSchema.prefault({}),
  })
  .transform((mapping) => ({
    ...mapping,
    prometheus: fillIn(PRESETS[mapping.preset].prometheus, mapping.prometheus),
  }));
export type Mapping = z.infer<typeof mappingSchema>;
