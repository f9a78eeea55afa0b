import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseEnv } from './env-file';
import { settle, type SettingsOrigins } from './settle';
import { isUnread, nameVariables, VARIABLES } from './variables';

const from = (origins: Partial<Omit<SettingsOrigins, 'envFile'>> & { env?: string } = {}) =>
  settle({
    flags: new Map(),
    environment: {},
    envFileName: '.env',
    file: null,
    ...origins,
    envFile: parseEnv(origins.env ?? '', '.env'),
  });

describe('precedence', () => {
  const file = { name: 'settings.yaml', content: { prometheus: { url: 'http://file:1' } } };
  const env = 'PROMETHEUS_URL=http://env-file:2';
  const environment = { PROMETHEUS_URL: 'http://environment:3' };
  const flags = new Map([['PROMETHEUS_URL', 'http://flag:4']]);

  test.each([
    ['the settings file alone', { file }, 'http://file:1'],
    ['.env over the settings file', { file, env }, 'http://env-file:2'],
    ['the environment over .env', { file, env, environment }, 'http://environment:3'],
    ['a flag over everything', { file, env, environment, flags }, 'http://flag:4'],
    ['an empty variable counts as not set', { env, environment: { PROMETHEUS_URL: '' } }, 'http://env-file:2'],
  ])('%s', (_, origins, url) => {
    expect(from(origins).settings.prometheus?.url).toBe(url);
  });

  test('a variable overrides its own part of the connection string only', () => {
    const { settings, secrets } = from({
      env: 'MLFLOW_DB_HOST=other\nMLFLOW_DB_URL=postgresql+psycopg2://u:p@db:5433/mlflow',
    });
    expect(settings.mlflow).toMatchObject({ host: 'other', port: 5433, database: 'mlflow', user: 'u' });
    expect(secrets).toEqual({ mlflowPassword: 'p' });
  });

  test('a variable keeps what the settings file says beside it', () => {
    const { settings } = from({
      file: { name: 's.yaml', content: { mapping: { prometheus: { variant: 'model' } }, prometheus: { user: 'u' } } },
      env,
    });
    expect(settings.mapping.prometheus.variant).toBe('model');
    expect(settings.prometheus).toMatchObject({ url: 'http://env-file:2', user: 'u' });
  });
});

test('the variables of the product’s brief set what they always meant', () => {
  const { settings, page } = from({
    env: [
      'BASE_TRADING_VOLUME=20000000',
      'ACCURACY_REVENUE_MULTIPLIER=0.01',
      'LATENCY_COST_PER_MS=0.0002',
      'ERROR_COST_MULTIPLIER=40',
      'INFRASTRUCTURE_ANNUAL_COST=60000',
      'DASHBOARD_HOST=127.0.0.1',
      'DASHBOARD_PORT=9000',
      'DASHBOARD_REFRESH_INTERVAL=60',
    ].join('\n'),
  });
  expect(settings.business).toMatchObject({
    baseVolume: 20_000_000,
    revenueMultiplier: 0.01,
    costPerMs: 0.0002,
    costPerError: 40,
    infrastructure: 60_000,
  });
  expect(page).toMatchObject({ host: '127.0.0.1', port: 9000, refreshSeconds: 60 });
});

describe('wrong settings name the variable, where it was set, and what it means', () => {
  test.each([
    ['a word for a number', { env: 'A=1\nMLFLOW_DB_PORT=abc' }, 'MLFLOW_DB_PORT (.env, line 2) is not a number'],
    ['a number with separators', { env: 'BASE_TRADING_VOLUME=10_000' }, '(.env, line 1) is not a number'],
    [
      'a port that is none',
      { env: 'MLFLOW_DB_HOST=h', environment: { MLFLOW_DB_PORT: '70000' } },
      'MLFLOW_DB_PORT (environment) is not valid: mlflow.port',
    ],
    [
      'an address without a scheme',
      { flags: new Map([['PROMETHEUS_URL', 'prom:9090']]) },
      'flag --prometheus-url is not valid',
    ],
    [
      'a dialect that is none',
      { env: 'INFLUX_URL=http://i:8086\nINFLUX_DATABASE=d\nINFLUX_DIALECT=sqlish' },
      'INFLUX_DIALECT (.env, line 3)',
    ],
    ['a setting that is missing', { env: 'INFLUX_URL=http://i:8086' }, 'INFLUX_DATABASE is not set.'],
    [
      'a connection string of another store',
      { env: 'MLFLOW_DB_URL=sqlite:///mlflow.db' },
      'MLFLOW_DB_URL (.env, line 1) must begin with',
    ],
    ['a certificate that is not there', { env: 'PROMETHEUS_CA_FILE=/no/such.pem' }, 'cannot be read (ENOENT)'],
    ['a currency in words', { env: 'BUSINESS_CURRENCY=Euro' }, 'ISO 4217'],
    ['neither true nor false', { env: 'UPLIFT_ALLOW_SIMULATED=maybe' }, 'is neither true nor false'],
    ['a settings file that is a list', { file: { name: 's.yaml', content: [] } }, 's.yaml does not hold a mapping'],
    [
      'a wrong value in the settings file',
      { file: { name: 's.yaml', content: { cache: { ttlSeconds: -1 } } } },
      's.yaml is not valid: cache.ttlSeconds',
    ],
  ])('%s', (_, origins, words) => {
    expect(() => from(origins)).toThrow(words);
  });
});

test('variables of a source without an address are left over from a template, and no error', () => {
  const { settings } = from({ env: 'MLFLOW_DB_PORT=5432\nINFLUX_DIALECT=influxql\nPROMETHEUS_USER=u' });
  expect(settings).not.toHaveProperty('mlflow');
  expect(settings).not.toHaveProperty('prometheus');
  expect(settings).not.toHaveProperty('influx');
});

test('backups are read from lists', () => {
  const { settings } = from({
    env: 'MLFLOW_DB_HOST=db\nMLFLOW_DB_BACKUPS=db-2:5433/ml, db-3\nPROMETHEUS_URL=http://p\nPROMETHEUS_BACKUP_URLS=http://q,http://r',
  });
  expect(settings.mlflow?.backups).toEqual([
    { host: 'db-2', port: 5433, database: 'ml' },
    { host: 'db-3', port: 5432, database: 'mlflow' },
  ]);
  expect(settings.prometheus?.backups).toEqual([{ url: 'http://q' }, { url: 'http://r' }]);
});

describe('who may see the page', () => {
  const PASSWORD = 'a-password-of-24-letters';

  test('nobody is asked unless it is said', () => {
    expect(from().page).toEqual({
      host: 'localhost',
      port: 8050,
      refreshSeconds: 30,
      user: 'uplift',
      trustedProxies: [],
      logLevel: 'warn',
    });
  });

  test('a password, or the header of a proxy with its addresses', () => {
    expect(from({ env: `DASHBOARD_PASSWORD=${PASSWORD}` }).page).toMatchObject({ user: 'uplift', password: PASSWORD });
    expect(
      from({ env: 'DASHBOARD_PROXY_HEADER=X-Forwarded-User\nDASHBOARD_TRUSTED_PROXIES=10.0.0.7, 10.1.0.0/16' }).page,
    ).toMatchObject({ proxyHeader: 'X-Forwarded-User', trustedProxies: ['10.0.0.7', '10.1.0.0/16'] });
  });

  test.each([
    ['a short password', 'DASHBOARD_PASSWORD=short', 'DASHBOARD_PASSWORD (.env, line 1) is not valid: password'],
    ['a header anyone could send', 'DASHBOARD_PROXY_HEADER=X-User', 'DASHBOARD_TRUSTED_PROXIES is not set.'],
    [
      'both',
      `DASHBOARD_PASSWORD=${PASSWORD}\nDASHBOARD_PROXY_HEADER=X-User\nDASHBOARD_TRUSTED_PROXIES=::1`,
      'not by both',
    ],
    ['a header with a space', 'DASHBOARD_PROXY_HEADER=X User', 'the name of a header'],
    ['a name for an address', 'DASHBOARD_TRUSTED_PROXIES=proxy', 'holds “proxy”, which is neither an address'],
    ['a certificate without its key', 'DASHBOARD_TLS_CERT_FILE=package.json', 'DASHBOARD_TLS_KEY_FILE is not set.'],
    ['a level that is none', 'DASHBOARD_LOG_LEVEL=loud', 'one of debug, info'],
    ['a name that would end early', 'DASHBOARD_USER=a:b', 'a name without a colon'],
  ])('%s is refused', (_, env, words) => {
    expect(() => from({ env })).toThrow(words);
  });

  test('the password is never repeated', () => {
    expect(() => from({ env: 'DASHBOARD_PASSWORD=hunter2' })).not.toThrow(/hunter2/);
    expect(() => from({ env: 'DASHBOARD_PASSWORD=hunter2' })).toThrow();
  });
});

describe('.env.example', () => {
  const example = readFileSync(path.join(__dirname, '../../.env.example'), 'utf8');

  test('names every variable', () => {
    // That it names none which nobody reads is held in tests/provisioning, where Docker Compose's are known.
    const names = [...parseEnv(example, '.env.example').keys()];
    expect(names).toEqual(expect.arrayContaining(VARIABLES.map(({ name }) => name)));
  });

  test('holds no name that would be taken for a misspelt one', () => {
    expect([...parseEnv(example, '.env.example').keys()].filter(isUnread)).toEqual([]);
  });

  test('is valid as it is, configures no source, and holds no password', () => {
    const { settings, secrets } = from({ env: example });
    expect([settings.mlflow, settings.prometheus, settings.influx]).toEqual([undefined, undefined, undefined]);
    expect(secrets).toEqual({});
  });
});

test('no secret can be given as a flag, where everyone on the machine could read it', () => {
  const secret = VARIABLES.filter(
    ({ name, path: place }) => /secrets|password/.test(place) || name === 'MLFLOW_DB_URL',
  );
  expect(secret.map(({ flag }) => flag)).toEqual(secret.map(() => null));
});

test('settings in a message are named as variables', () => {
  expect(nameVariables('Check prometheus.url, mlflow.user and mapping.prometheus.')).toBe(
    'Check PROMETHEUS_URL, MLFLOW_DB_USER and mapping.prometheus.',
  );
});
