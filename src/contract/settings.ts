/**
 * Settings of one data source instance: `jsonData` as Grafana stores it, and the secrets beside it. Everything has a
 * default, so that three addresses are enough to start.
 */
import { z } from 'zod';
import { businessParametersSchema } from './business';
import { experimentDefinitionSchema } from './experiment';
import { logical, numeric, withoutEmptyTexts } from './from-text';
import { mappingSchema } from './mapping';

export { influxMappingSchema, prometheusMappingSchema } from './mapping';
export type { InfluxMapping, MlflowMapping } from './mapping';
export type { PrometheusMapping } from './prometheus-mapping';

const httpUrl = z.url({ protocol: /^https?$/, error: 'an http:// or https:// address' });

const pem = z
  .string()
  .refine(
    (text) => text.trim() === '' || text.includes('-----BEGIN'),
    'PEM text, beginning with -----BEGIN CERTIFICATE-----',
  );

const tlsSchema = z.object({
  /** PEM text of the certificate authority to trust beside the system's. */
  ca: pem.optional(),
  /** PEM text; its key is a secret. */
  clientCertificate: pem.optional(),
  serverName: z.string().optional(),
  skipVerify: logical(z.boolean().default(false)),
});
export type TlsSettings = z.infer<typeof tlsSchema>;

const headerName = z.string().regex(/^[\w!#$%&'*+.^`|~-]+$/, 'a header name, e.g. X-Scope-OrgID');
const timeoutSeconds = numeric(z.number().positive().max(300).default(15));

const httpEndpoint = {
  url: httpUrl,
  user: z.string().optional(),
  /** Extra request headers whose values may be read by anyone who may edit data sources. */
  headers: z.record(headerName, z.string()).default({}),
  /** Names of extra request headers whose values are secrets, see `headerSecret`. */
  secretHeaders: z.array(headerName).default([]),
  timeoutSeconds,
  tls: tlsSchema.prefault({}),
  backups: z.array(z.object({ url: httpUrl })).default([]),
};

export const prometheusSettingsSchema = z.object(httpEndpoint);
export type PrometheusSettings = z.infer<typeof prometheusSettingsSchema>;

/** The languages InfluxDB can be asked in. */
export const influxDialectSchema = z.enum(['influxql', 'flux', 'sql']);
export type InfluxDialect = z.infer<typeof influxDialectSchema>;

export const influxSettingsSchema = z.object({
  ...httpEndpoint,
  dialect: influxDialectSchema.default('influxql'),
  /** Database (InfluxQL, SQL) or bucket (Flux). */
  database: z.string().min(1),
  organisation: z.string().optional(),
});
export type InfluxSettings = z.infer<typeof influxSettingsSchema>;

const postgresAddress = {
  host: z.string().min(1),
  port: numeric(z.number().int().min(1).max(65535).default(5432)),
  database: z.string().min(1).default('mlflow'),
};
export const mlflowSettingsSchema = z.object({
  ...postgresAddress,
  user: z.string().default('mlflow'),
  schema: z.string().default('public'),
  /** Address of MLflow's own page, for links to runs and models; nothing is read from it. */
  uiUrl: httpUrl.optional(),
  ssl: z.enum(['disable', 'prefer', 'require', 'verify-ca', 'verify-full']).default('prefer'),
  tls: tlsSchema.prefault({}),
  timeoutSeconds,
  poolSize: numeric(z.number().int().min(1).max(50).default(4)),
  backups: z.array(z.object(postgresAddress)).default([]),
});
export type MlflowSettings = z.infer<typeof mlflowSettingsSchema>;

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
      prometheus: numeric(z.number().positive().default(300)),
      influx: numeric(z.number().positive().default(300)),
      mlflow: numeric(
        z
          .number()
          .positive()
          .default(30 * 86_400),
      ),
    })
    .prefault({}),
  fallback: z
    .object({
      allowSimulated: logical(z.boolean().default(false)),
      /** How long a kept result may stand in, marked as estimated. */
      keepSeconds: numeric(
        z
          .number()
          .nonnegative()
          .default(6 * 3600),
      ),
    })
    .prefault({}),
  cache: z.object({ ttlSeconds: numeric(z.number().nonnegative().default(10)) }).prefault({}),
  limits: z
    .object({
      rows: numeric(z.number().int().positive().default(1_000_000)),
      bytes: numeric(
        z
          .number()
          .int()
          .positive()
          .default(64 * 1024 * 1024),
      ),
      /** Points a series in one upstream answer; Prometheus refuses more than 11,000. */
      points: numeric(z.number().int().positive().max(11_000).default(11_000)),
    })
    .prefault({}),
});
export type Settings = z.infer<typeof settingsSchema>;
export type SettingsInput = z.input<typeof settingsSchema>;

/**
 * Settings as they are stored. A provisioning file names every source and leaves to the environment which of them there
 * are: an empty text is not set, and a source without an address is none.
 */
export const storedSettingsSchema = z.preprocess(
  (stored) => withoutUnaddressed(withoutEmptyTexts(stored)),
  settingsSchema,
);

/** What a source cannot do without. */
const ADDRESSES: Readonly<Record<string, string>> = { mlflow: 'host', prometheus: 'url', influx: 'url' };

function withoutUnaddressed(stored: unknown): unknown {
  const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
  return isRecord(stored)
    ? Object.fromEntries(
        Object.entries(stored).filter(([name, section]) => {
          const address = ADDRESSES[name];
          return address === undefined || !isRecord(section) || address in section;
        }),
      )
    : stored;
}

/** Names of the secrets in `decryptedSecureJsonData`, and those of the headers' values, which the settings name. */
export const secretsSchema = z
  .object({
    mlflowPassword: z.string().optional(),
    mlflowClientKey: z.string().optional(),
    prometheusPassword: z.string().optional(),
    prometheusToken: z.string().optional(),
    prometheusClientKey: z.string().optional(),
    influxPassword: z.string().optional(),
    influxToken: z.string().optional(),
    influxClientKey: z.string().optional(),
  })
  .catchall(z.string());
export type Secrets = z.infer<typeof secretsSchema>;

/** The secret that holds a header's value; header names know no case. */
export function headerSecret(source: 'prometheus' | 'influx', header: string): string {
  return `${source}Header:${header.toLowerCase()}`;
}
