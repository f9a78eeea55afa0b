/** The mapping: which labels, series, params, keys and tags of the stores mean what. Everything has a default. */
import { z } from 'zod';
import { numeric } from './from-text';
import { PRESET_NAMES, PRESETS } from './presets';
import { prometheusFields, wholePrometheusMapping, type PrometheusMapping } from './prometheus-mapping';

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

const mlflowMappingSchema = z.object({
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
