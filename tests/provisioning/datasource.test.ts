/** The provisioned data source, expanded from the environment as Grafana does it, is what the command line makes of it. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { load } from 'js-yaml';
import { z } from 'zod';
import { settle } from '../../cli/settings/settle';
import { VARIABLES } from '../../cli/settings/variables';
import { secretsSchema, storedSettingsSchema } from '../../src/contract/settings';

const text = readFileSync(path.join(__dirname, '../../provisioning/datasources/uplift.yaml'), 'utf8');

type Environment = Readonly<Record<string, string>>;

/** Go's os.ExpandEnv between doubled dollar signs (Grafana, pkg/services/provisioning/values). */
const expand = (value: string, environment: Environment): string =>
  value
    .split('$$')
    .map((part) =>
      part.replace(/\$(?:\{(\w+)\}|(\w+))/g, (_, braced, bare) => environment[String(braced ?? bare)] ?? ''),
    )
    .join('$');

/** Newer Grafanas turn what came from the environment and looks like a number or a truth value into one. */
function retype(value: string): string | number | boolean {
  if (/^(true|false)$/i.test(value)) {
    return value.toLowerCase() === 'true';
  }
  return value.trim() !== '' && Number.isFinite(Number(value)) ? Number(value) : value;
}

function expandAll(value: unknown, environment: Environment, isRetyped: boolean): unknown {
  if (typeof value === 'string') {
    const expanded = expand(value, environment);
    return isRetyped && expanded !== value ? retype(expanded) : expanded;
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, expandAll(inner, environment, isRetyped)]))
    : value;
}

const fileSchema = z.object({
  datasources: z.tuple([
    z.object({
      uid: z.string(),
      type: z.string(),
      jsonData: z.record(z.string(), z.unknown()),
      secureJsonData: z.record(z.string(), z.string()),
    }),
  ]),
});

function provision(environment: Environment, isRetyped = false) {
  const [source] = fileSchema.parse(load(text)).datasources;
  const secrets = secretsSchema.parse(expandAll(source.secureJsonData, environment, false));
  return {
    settings: storedSettingsSchema.parse(expandAll(source.jsonData, environment, isRetyped)),
    secrets: Object.fromEntries(Object.entries(secrets).filter(([, value]) => value !== '')),
  };
}

function fromCommandLine(environment: Environment) {
  const { settings, secrets } = settle({
    flags: new Map(),
    environment,
    envFile: new Map(),
    envFileName: '.env',
    file: null,
  });
  return { settings, secrets };
}

const FULL: Environment = {
  MLFLOW_DB_HOST: 'postgres',
  MLFLOW_DB_PORT: '5433',
  MLFLOW_DB_NAME: 'runs',
  MLFLOW_DB_USER: 'uplift_reader',
  MLFLOW_DB_PASSWORD: 'p$a$$w0rd${HOME}',
  MLFLOW_DB_SCHEMA: 'tracking',
  MLFLOW_DB_SSL: 'require',
  PROMETHEUS_URL: 'http://prometheus:9090',
  PROMETHEUS_USER: 'reader',
  PROMETHEUS_PASSWORD: '123456',
  PROMETHEUS_TOKEN: '',
  INFLUX_URL: 'http://influxdb:8086',
  INFLUX_DATABASE: 'ml_monitoring',
  INFLUX_DIALECT: 'flux',
  INFLUX_ORG: 'uplift',
  INFLUX_USER: '',
  INFLUX_PASSWORD: '',
  INFLUX_TOKEN: 'token==',
  BASE_TRADING_VOLUME: '20000000',
  ACCURACY_REVENUE_MULTIPLIER: '0.01',
  REVENUE_MULTIPLIER_CV: '0',
  LATENCY_COST_PER_MS: '0.0002',
  ERROR_COST_MULTIPLIER: '40',
  INFRASTRUCTURE_ANNUAL_COST: '60000',
  SERVING_COST_PER_REQUEST: '0.001',
  REQUESTS_PER_DAY: '985000',
  BUSINESS_CURRENCY: 'EUR',
  UPLIFT_ALLOW_SIMULATED: 'true',
};

const cases: ReadonlyArray<[string, Environment]> = [
  ['every variable', FULL],
  ['none', {}],
  ['Prometheus alone', { PROMETHEUS_URL: 'http://prometheus:9090' }],
  ['empty ones, as Docker Compose hands them on', Object.fromEntries(Object.keys(FULL).map((name) => [name, '']))],
];

describe.each([
  ['leaves what it expands as text', false],
  ['retypes what it expands', true],
])('a Grafana that %s', (_, isRetyped) => {
  it.each(cases)('gives the data source the settings that the command line reads: %s', (_title, environment) => {
    expect(provision(environment, isRetyped)).toEqual(fromCommandLine(environment));
  });
});

it('names every variable but those of the page, and lists and files, which have no place in it', () => {
  const named = [...text.matchAll(/: \$([A-Z][A-Z_]+)$/gm)].flatMap(([, name]) => name ?? []);
  const elsewhere = VARIABLES.filter(
    ({ name, section }) => section === 'Page' || /_(URL|BACKUPS|BACKUP_URLS|CA_FILE|EXPERIMENTS)$/.test(name),
  ).filter(({ name }) => !named.includes(name));
  expect([...named, ...elsewhere.map(({ name }) => name)].sort()).toEqual(VARIABLES.map(({ name }) => name).sort());
  expect(Object.keys(FULL).sort()).toEqual(named.sort());
});
