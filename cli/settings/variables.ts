/**
 * Every setting the command line reads, once: its name in the environment, its flag, what it means and where it goes. The
 * flags, `--help`, the reader and the check of `.env.example` are made from this table.
 */
import { readFileSync } from 'node:fs';
import { trustAddresses } from '../../web/server/access/trusted-addresses';
import { parseConnectionString } from '../../src/contract/connection-string';
import { parseDatabases } from '../../src/contract/database-address';
import { errorCode } from '../error-code';

/** Part of a draft, nested as the finished settings are. */
export interface Patch {
  [key: string]: unknown;
}

export const SECTIONS = ['MLflow', 'Prometheus', 'InfluxDB', 'Business', 'Page', 'General'] as const;
export type Section = (typeof SECTIONS)[number];

export interface Variable {
  name: string;
  section: Section;
  /** Null for secrets: a command line can be read by everyone on the machine, and stays in the shell's history. */
  flag: string | null;
  /** In words, for `--help`. */
  what: string;
  /** The place it sets, e.g. `settings.mlflow.host`. */
  path: string;
  /** What of the draft the text sets. @throws RangeError saying what is wrong with the text, as the end of a sentence */
  read: (text: string) => Patch;
}

function nest([name = '', ...rest]: readonly string[], value: unknown): Patch {
  return { [name]: rest.length === 0 ? value : nest(rest, value) };
}

/** Sets one place of the draft. */
function at(path: string, convert: (text: string) => unknown): Pick<Variable, 'path' | 'read'> {
  return { path, read: (text) => nest(path.split('.'), convert(text)) };
}

const text = (value: string) => value;

function number(value: string): number {
  const parsed = Number(value);
  if (!Number.isFinite(parsed)) {
    throw new RangeError('is not a number; write digits with a point, without separators');
  }
  return parsed;
}

function boolean(value: string): boolean {
  const word = value.toLowerCase();
  if (['true', 'yes', 'on', '1'].includes(word)) {
    return true;
  }
  if (['false', 'no', 'off', '0'].includes(word)) {
    return false;
  }
  throw new RangeError('is neither true nor false');
}

function fileContent(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const code = errorCode(error);
    throw new RangeError(`names a file that cannot be read (${code}): ${path}`);
  }
}

const list = (value: string): string[] => value.split(',').flatMap((part) => (part.trim() === '' ? [] : [part.trim()]));
const addresses = (value: string) => list(value).map((url) => ({ url }));

/** `10.0.0.7, 10.1.0.0/16` */
function networks(value: string): string[] {
  const entries = list(value);
  trustAddresses(entries);
  return entries;
}

function connection(value: string): Patch {
  const { password, ...mlflow } = parseConnectionString(value);
  return { settings: { mlflow }, ...(password !== undefined && { secrets: { mlflowPassword: password } }) };
}

/** In the order they are applied: of two that set the same place, the later one counts. */
// prettier-ignore
export const VARIABLES: readonly Variable[] = [
  { name: 'MLFLOW_DB_URL', section: 'MLflow', flag: null, what: 'the whole connection string, e.g. postgresql+psycopg2://user:password@host:5432/mlflow; the variables below override its parts', path: 'settings.mlflow', read: connection },
  { name: 'MLFLOW_DB_HOST', section: 'MLflow', flag: '--mlflow-host <name>', what: 'host of MLflow’s PostgreSQL', ...at('settings.mlflow.host', text) },
  { name: 'MLFLOW_DB_PORT', section: 'MLflow', flag: '--mlflow-port <number>', what: 'port of MLflow’s PostgreSQL (default 5432)', ...at('settings.mlflow.port', number) },
  { name: 'MLFLOW_DB_NAME', section: 'MLflow', flag: '--mlflow-database <name>', what: 'database of MLflow (default mlflow)', ...at('settings.mlflow.database', text) },
  { name: 'MLFLOW_DB_USER', section: 'MLflow', flag: '--mlflow-user <name>', what: 'database user that may only read (default mlflow)', ...at('settings.mlflow.user', text) },
  { name: 'MLFLOW_DB_PASSWORD', section: 'MLflow', flag: null, what: 'password of the database user', ...at('secrets.mlflowPassword', text) },
  { name: 'MLFLOW_DB_SCHEMA', section: 'MLflow', flag: '--mlflow-schema <name>', what: 'schema of MLflow’s tables (default public)', ...at('settings.mlflow.schema', text) },
  { name: 'MLFLOW_DB_SSL', section: 'MLflow', flag: '--mlflow-ssl <mode>', what: 'disable, prefer, require, verify-ca or verify-full (default prefer)', ...at('settings.mlflow.ssl', text) },
  { name: 'MLFLOW_DB_CA_FILE', section: 'MLflow', flag: '--mlflow-ca-file <pem>', what: 'certificate authority to trust', ...at('settings.mlflow.tls.ca', fileContent) },
  { name: 'MLFLOW_DB_BACKUPS', section: 'MLflow', flag: '--mlflow-backups <list>', what: 'standbys tried in order, e.g. db-2:5432/mlflow,db-3', ...at('settings.mlflow.backups', parseDatabases) },

  { name: 'PROMETHEUS_URL', section: 'Prometheus', flag: '--prometheus-url <url>', what: 'address of Prometheus, Mimir, Thanos or VictoriaMetrics', ...at('settings.prometheus.url', text) },
  { name: 'PROMETHEUS_USER', section: 'Prometheus', flag: '--prometheus-user <name>', what: 'user for Basic authentication at Prometheus', ...at('settings.prometheus.user', text) },
  { name: 'PROMETHEUS_PASSWORD', section: 'Prometheus', flag: null, what: 'password for Basic authentication at Prometheus', ...at('secrets.prometheusPassword', text) },
  { name: 'PROMETHEUS_TOKEN', section: 'Prometheus', flag: null, what: 'bearer token for Prometheus, instead of user and password', ...at('secrets.prometheusToken', text) },
  { name: 'PROMETHEUS_CA_FILE', section: 'Prometheus', flag: '--prometheus-ca-file <pem>', what: 'certificate authority to trust', ...at('settings.prometheus.tls.ca', fileContent) },
  { name: 'PROMETHEUS_BACKUP_URLS', section: 'Prometheus', flag: '--prometheus-backup-urls <list>', what: 'replicas tried in order, with commas', ...at('settings.prometheus.backups', addresses) },

  { name: 'INFLUX_URL', section: 'InfluxDB', flag: '--influx-url <url>', what: 'address of InfluxDB', ...at('settings.influx.url', text) },
  { name: 'INFLUX_DATABASE', section: 'InfluxDB', flag: '--influx-database <name>', what: 'InfluxDB’s database (InfluxQL, SQL) or bucket (Flux)', ...at('settings.influx.database', text) },
  { name: 'INFLUX_DIALECT', section: 'InfluxDB', flag: '--influx-dialect <name>', what: 'influxql, flux or sql (default influxql)', ...at('settings.influx.dialect', text) },
  { name: 'INFLUX_ORG', section: 'InfluxDB', flag: '--influx-org <name>', what: 'organisation in InfluxDB (Flux)', ...at('settings.influx.organisation', text) },
  { name: 'INFLUX_USER', section: 'InfluxDB', flag: '--influx-user <name>', what: 'user of InfluxDB 1.x', ...at('settings.influx.user', text) },
  { name: 'INFLUX_PASSWORD', section: 'InfluxDB', flag: null, what: 'password of InfluxDB’s user', ...at('secrets.influxPassword', text) },
  { name: 'INFLUX_TOKEN', section: 'InfluxDB', flag: null, what: 'token for InfluxDB 2 and 3', ...at('secrets.influxToken', text) },
  { name: 'INFLUX_CA_FILE', section: 'InfluxDB', flag: '--influx-ca-file <pem>', what: 'certificate authority to trust', ...at('settings.influx.tls.ca', fileContent) },
  { name: 'INFLUX_BACKUP_URLS', section: 'InfluxDB', flag: '--influx-backup-urls <list>', what: 'replicas tried in order, with commas', ...at('settings.influx.backups', addresses) },

  { name: 'BASE_TRADING_VOLUME', section: 'Business', flag: '--base-volume <money>', what: 'volume the business turns over a day', ...at('settings.business.baseVolume', number) },
  { name: 'ACCURACY_REVENUE_MULTIPLIER', section: 'Business', flag: '--revenue-multiplier <share>', what: 'share of the volume gained per 1.00 of accuracy', ...at('settings.business.revenueMultiplier', number) },
  { name: 'REVENUE_MULTIPLIER_CV', section: 'Business', flag: '--multiplier-cv <share>', what: 'how uncertain that multiplier is: its coefficient of variation', ...at('settings.business.multiplierCv', number) },
  { name: 'LATENCY_COST_PER_MS', section: 'Business', flag: '--cost-per-ms <money>', what: 'cost of one more millisecond on one request', ...at('settings.business.costPerMs', number) },
  { name: 'ERROR_COST_MULTIPLIER', section: 'Business', flag: '--cost-per-error <money>', what: 'cost of one failed request', ...at('settings.business.costPerError', number) },
  { name: 'INFRASTRUCTURE_ANNUAL_COST', section: 'Business', flag: '--infrastructure <money>', what: 'incremental infrastructure cost a year', ...at('settings.business.infrastructure', number) },
  { name: 'SERVING_COST_PER_REQUEST', section: 'Business', flag: '--serving-cost <money>', what: 'cost of serving one request (default 0: off)', ...at('settings.business.servingCost', number) },
  { name: 'REQUESTS_PER_DAY', section: 'Business', flag: '--requests-per-day <number>', what: 'requests a day at full rollout (default: measured)', ...at('settings.business.requestsPerDay', number) },
  { name: 'BUSINESS_CURRENCY', section: 'Business', flag: '--currency <code>', what: 'ISO 4217 code (default USD)', ...at('settings.business.currency', text) },

  { name: 'DASHBOARD_HOST', section: 'Page', flag: '--host <name>', what: 'address the page listens on (default localhost)', ...at('page.host', text) },
  { name: 'DASHBOARD_PORT', section: 'Page', flag: '--port <number>', what: 'port of the page (default 8050; 0: any free one)', ...at('page.port', number) },
  { name: 'DASHBOARD_REFRESH_INTERVAL', section: 'Page', flag: '--refresh <seconds>', what: 'how often dashboards refresh (default 30)', ...at('page.refreshSeconds', number) },
  { name: 'DASHBOARD_USER', section: 'Page', flag: '--user <name>', what: 'who the page’s password belongs to (default uplift)', ...at('page.user', text) },
  { name: 'DASHBOARD_PASSWORD', section: 'Page', flag: null, what: 'password the page asks for; at least 12 characters', ...at('page.password', text) },
  { name: 'DASHBOARD_PROXY_HEADER', section: 'Page', flag: '--proxy-header <name>', what: 'header in which a proxy names the reader it signed in, e.g. X-Forwarded-User, instead of a password', ...at('page.proxyHeader', text) },
  { name: 'DASHBOARD_TRUSTED_PROXIES', section: 'Page', flag: '--trusted-proxies <list>', what: 'addresses and networks that header is believed from, e.g. 10.0.0.7,10.1.0.0/16', ...at('page.trustedProxies', networks) },
  { name: 'DASHBOARD_TLS_CERT_FILE', section: 'Page', flag: '--tls-cert-file <pem>', what: 'certificate of the page, with its chain; it then speaks HTTPS', ...at('page.tls.cert', fileContent) },
  { name: 'DASHBOARD_TLS_KEY_FILE', section: 'Page', flag: '--tls-key-file <pem>', what: 'the certificate’s key', ...at('page.tls.key', fileContent) },
  { name: 'DASHBOARD_LOG_LEVEL', section: 'Page', flag: '--log-level <name>', what: 'debug, info (every request), warn, error or silent; JSON on stderr (default warn)', ...at('page.logLevel', text) },

  { name: 'UPLIFT_EXPERIMENTS', section: 'General', flag: '--experiments <paths...>', what: 'files, folders or patterns with definitions of experiments (default provisioning/experiments/*.yaml)', ...at('experiments', list) },
  { name: 'UPLIFT_ALLOW_SIMULATED', section: 'General', flag: '--allow-simulated', what: 'show simulated figures, marked as such, when no source answers', ...at('settings.fallback.allowSimulated', boolean) },
];

/** In the same file, for Docker Compose alone. */
const OF_COMPOSE = [
  'POSTGRES_PASSWORD',
  'INFLUX_ADMIN_PASSWORD',
  'GRAFANA_ADMIN_PASSWORD',
  'GRAFANA_PORT',
  'MLFLOW_PORT',
];
const OURS = /^(?:MLFLOW_DB|PROMETHEUS|INFLUX|DASHBOARD|UPLIFT)_/;

/** Whether a name looks like one of ours, and nothing reads it: most likely it is misspelt. */
export const isUnread = (name: string): boolean =>
  OURS.test(name) && !OF_COMPOSE.includes(name) && VARIABLES.every((variable) => variable.name !== name);

const SETTING = /\b(?:mlflow|prometheus|influx|business)(?:\.[a-zA-Z]+)+/g;

/** Words about settings (`prometheus.url`) as somebody knows them who sets variables (`PROMETHEUS_URL`). */
export function nameVariables(words: string): string {
  return words.replace(
    SETTING,
    (setting) => VARIABLES.find(({ path }) => path === `settings.${setting}`)?.name ?? setting,
  );
}
