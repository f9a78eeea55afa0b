/**
 * Settings of one data source instance: `jsonData` as Grafana stores it, and the secrets beside it. Everything has a
 * default, so that three addresses are enough to start.
 */
import { z } from 'zod';
import { businessParametersSchema } from './business';
import { experimentDefinitionSchema } from './experiment';

const httpUrl = z.url({ protocol: /^https?$/, error: 'an http:// or https:// address' });

const tlsSchema = z.object({
  /** PEM text of the certificate authority to trust beside the system's. */
  ca: z.string().optional(),
  clientCertificate: z.string().optional(),
  serverName: z.string().optional(),
  skipVerify: z.boolean().default(false),
});
export type TlsSettings = z.infer<typeof tlsSchema>;

const httpEndpoint = {
  url: httpUrl,
  user: z.string().optional(),
  /** Extra request headers; values that are secret live in the secure settings. */
  headers: z.record(z.string(), z.string()).default({}),
  timeoutSeconds: z.number().positive().max(300).default(15),
  tls: tlsSchema.prefault({}),
  backups: z.array(z.object({ url: httpUrl })).default([]),
};

export const prometheusSettingsSchema = z.object(httpEndpoint);
export type PrometheusSettings = z.infer<typeof prometheusSettingsSchema>;

export const influxSettingsSchema = z.object({
  ...httpEndpoint,
  dialect: z.enum(['influxql', 'flux', 'sql']).default('influxql'),
  /** Database (InfluxQL, SQL) or bucket (Flux). */
  database: z.string().min(1),
  organisation: z.string().optional(),
});
export type InfluxSettings = z.infer<typeof influxSettingsSchema>;

const postgresAddress = {
  host: z.string().min(1),
  port: z.number().int().min(1).max(65535).default(5432),
  database: z.string().min(1).default('mlflow'),
};
export const mlflowSettingsSchema = z.object({
  ...postgresAddress,
  user: z.string().default('mlflow'),
  schema: z.string().default('public'),
  ssl: z.enum(['disable', 'prefer', 'require', 'verify-ca', 'verify-full']).default('prefer'),
  tls: tlsSchema.prefault({}),
  timeoutSeconds: z.number().positive().max(300).default(15),
  poolSize: z.number().int().min(1).max(50).default(4),
  backups: z.array(z.object(postgresAddress)).default([]),
});
export type MlflowSettings = z.infer<typeof mlflowSettingsSchema>;

/**
 * Which labels and series mean what in Prometheus. In a selector `%m` is the place of the matchers; `scale` turns the
 * latency's unit into seconds. Null: this exporter does not offer it.
 */
export const prometheusMappingSchema = z.object({
  variant: z.string().default('model_name'),
  experiment: z.string().nullable().default('experiment'),
  requests: z.string().default('ab_test_requests_total{%m}'),
  errors: z.string().nullable().default('ab_test_errors_total{%m}'),
  errorsFallback: z.string().nullable().default('ab_test_requests_total{status!~"success|ok|2..",%m}'),
  bucket: z.string().nullable().default('ab_test_response_time_seconds_bucket{%m}'),
  sum: z.string().nullable().default('ab_test_response_time_seconds_sum{%m}'),
  count: z.string().nullable().default('ab_test_response_time_seconds_count{%m}'),
  scale: z.number().positive().default(1),
  /** Counters of predictions whose label has arrived, and of those that were right: what makes accuracy online. */
  labelled: z.string().nullable().default('ab_test_labelled_predictions_total{%m}'),
  correct: z.string().nullable().default('ab_test_correct_predictions_total{%m}'),
  /** A gauge of accuracy, shown but never tested. */
  accuracyGauge: z.string().nullable().default('ab_test_model_accuracy{%m}'),
  accuracyGaugeScale: z.enum(['fraction', 'percent']).default('percent'),
  /** Histograms of a model's scores, and of its features' values by the label `feature`: what drift is computed from. */
  predictionBucket: z.string().nullable().default('ab_test_prediction_bucket{%m}'),
  featureBucket: z.string().nullable().default('ab_test_feature_value_bucket{%m}'),
  feature: z.string().default('feature'),
  trafficPercentage: z.string().nullable().default('ab_test_traffic_percentage{%m}'),
  instance: z.string().default('instance'),
  version: z.string().nullable().default('model_version'),
});
export type PrometheusMapping = z.infer<typeof prometheusMappingSchema>;

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

export const mappingSchema = z.object({
  preset: z.string().default('plain'),
  prometheus: prometheusMappingSchema.prefault({}),
  mlflow: mlflowMappingSchema.prefault({}),
  influx: influxMappingSchema.prefault({}),
});
export type Mapping = z.infer<typeof mappingSchema>;

export const settingsSchema = z.object({
  mlflow: mlflowSettingsSchema.optional(),
  prometheus: prometheusSettingsSchema.optional(),
  influx: influxSettingsSchema.optional(),
  mapping: mappingSchema.prefault({}),
  experiments: z.array(experimentDefinitionSchema).default([]),
  business: businessParametersSchema.prefault({}),
  /** Age in seconds past which a source's newest sample is stale. */
  freshness: z
    .object({
      prometheus: z.number().positive().default(300),
      influx: z.number().positive().default(300),
      mlflow: z
        .number()
        .positive()
        .default(30 * 86_400),
    })
    .prefault({}),
  fallback: z
    .object({
      allowSimulated: z.boolean().default(false),
      /** How long a kept result may stand in, marked as estimated. */
      keepSeconds: z
        .number()
        .nonnegative()
        .default(6 * 3600),
    })
    .prefault({}),
  cache: z.object({ ttlSeconds: z.number().nonnegative().default(10) }).prefault({}),
  limits: z
    .object({
      rows: z.number().int().positive().default(1_000_000),
      bytes: z
        .number()
        .int()
        .positive()
        .default(64 * 1024 * 1024),
      /** Points a series in one upstream answer; Prometheus refuses more than 11,000. */
      points: z.number().int().positive().max(11_000).default(11_000),
    })
    .prefault({}),
});
export type Settings = z.infer<typeof settingsSchema>;
export type SettingsInput = z.input<typeof settingsSchema>;

/** Names of the secrets in `decryptedSecureJsonData`. */
export const secretsSchema = z.object({
  mlflowPassword: z.string().optional(),
  mlflowClientKey: z.string().optional(),
  prometheusPassword: z.string().optional(),
  prometheusToken: z.string().optional(),
  prometheusClientKey: z.string().optional(),
  influxPassword: z.string().optional(),
  influxToken: z.string().optional(),
  influxClientKey: z.string().optional(),
});
export type Secrets = z.infer<typeof secretsSchema>;
