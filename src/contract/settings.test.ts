import { secretsSchema, settingsSchema, storedSettingsSchema } from './settings';

const faultsOf = (settings: unknown) =>
  (settingsSchema.safeParse(settings).error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`);

test('three addresses are enough', () => {
  const settings = settingsSchema.parse({
    mlflow: { host: 'db' },
    prometheus: { url: 'http://prometheus:9090' },
    influx: { url: 'http://influx:8086', database: 'ml' },
  });
  expect(settings).toMatchObject({
    mlflow: { port: 5432, database: 'mlflow', ssl: 'prefer', timeoutSeconds: 15 },
    prometheus: { timeoutSeconds: 15, headers: {}, secretHeaders: [], backups: [] },
    influx: { dialect: 'influxql' },
    mapping: { preset: 'plain', prometheus: { variant: 'model_name' } },
    cache: { ttlSeconds: 10 },
  });
});

test('numbers and switches may arrive as text, as Grafana’s provisioning writes variables', () => {
  const settings = settingsSchema.parse({
    mlflow: { host: 'db', port: '6432', poolSize: ' 8 ', tls: { skipVerify: 'true' } },
    prometheus: { url: 'http://prometheus:9090', timeoutSeconds: '2.5' },
    mapping: { prometheus: { scale: '0.001' } },
    business: { baseVolume: '1e7', requestsPerDay: '', multiplierCv: '0' },
    freshness: { mlflow: '60' },
    fallback: { allowSimulated: 'off', keepSeconds: '0' },
    cache: { ttlSeconds: '' },
    limits: { rows: '10' },
  });
  expect(settings.mlflow).toMatchObject({ port: 6432, poolSize: 8, tls: { skipVerify: true } });
  expect(settings.prometheus?.timeoutSeconds).toBe(2.5);
  expect(settings.mapping.prometheus.scale).toBe(0.001);
  expect(settings.business).toMatchObject({ baseVolume: 10_000_000, multiplierCv: 0 });
  expect(settings.business.requestsPerDay).toBeUndefined();
  expect(settings.freshness.mlflow).toBe(60);
  expect(settings.fallback).toEqual({ allowSimulated: false, keepSeconds: 0 });
  expect(settings.cache.ttlSeconds).toBe(10);
  expect(settings.limits.rows).toBe(10);
});

test.each([
  [{ mlflow: { host: 'db', port: 'five' } }, 'mlflow.port: a number, not “five”'],
  [{ mlflow: { host: 'db', port: '70000' } }, 'mlflow.port: Too big'],
  [{ mlflow: { host: 'db', port: '54.32' } }, 'mlflow.port: Invalid input: expected int'],
  [{ mlflow: { host: 'db', port: true } }, 'mlflow.port: a number'],
  [{ business: { baseVolume: '10.000.000' } }, 'business.baseVolume: a number, not “10.000.000”'],
  [{ fallback: { allowSimulated: 'perhaps' } }, 'fallback.allowSimulated: true or false, not “perhaps”'],
  [{ prometheus: { url: 'prometheus:9090' } }, 'prometheus.url: an http:// or https:// address'],
  [{ prometheus: { url: 'http://p', tls: { ca: 'ca.pem' } } }, 'prometheus.tls.ca: PEM text'],
  [{ prometheus: { url: 'http://p', secretHeaders: ['X Y'] } }, 'prometheus.secretHeaders.0: a header name'],
  [{ mapping: { preset: 'seldom' } }, 'mapping.preset: there is no preset “seldom”; choose one of plain, seldon-v1'],
  [{ mapping: { prometheus: { requests: 'hits_total' } } }, 'mapping.prometheus.requests: write %m'],
])('says which field is wrong, and how: %o', (settings, words) => {
  expect(faultsOf(settings)).toEqual([expect.stringContaining(words)]);
});

test('what provisioning left empty is not set, and a source without an address is none', () => {
  const settings = storedSettingsSchema.parse({
    mlflow: { host: '', database: 'mlflow', user: '' },
    prometheus: { url: 'http://prometheus:9090', user: '' },
    influx: { url: '', dialect: '', database: '' },
    business: { currency: '' },
    mapping: { preset: '' },
  });
  expect(settings.mlflow).toBeUndefined();
  expect(settings.influx).toBeUndefined();
  expect(settings.prometheus).toMatchObject({ url: 'http://prometheus:9090' });
  expect(settings.prometheus?.user).toBeUndefined();
  expect(settings.business.currency).toBe('USD');
});

test('a source with an address is not left out for lack of anything else', () => {
  expect(storedSettingsSchema.safeParse({ influx: { url: 'http://influx:8086', database: '' } }).success).toBe(false);
});

test('a preset fills the Prometheus mapping, and a field set by hand stays', () => {
  const { mapping } = settingsSchema.parse({
    mapping: { preset: 'istio', prometheus: { variant: 'subset', errors: null } },
  });
  expect(mapping.prometheus).toMatchObject({
    variant: 'subset',
    errors: null,
    experiment: 'destination_service_name',
    scale: 0.001,
    labelled: null,
  });
});

test('values of secret headers are kept among the secrets', () => {
  expect(secretsSchema.parse({ influxToken: 't', 'prometheusHeader:x-scope-orgid': 'a' })).toEqual({
    influxToken: 't',
    'prometheusHeader:x-scope-orgid': 'a',
  });
});
