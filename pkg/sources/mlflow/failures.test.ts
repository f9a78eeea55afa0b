import { mlflowSettingsSchema } from '../../../src/contract/settings';
import { SlowQueryError } from '../endpoints';
import { tlsOptions } from './connection';
import { databaseFailure } from './failures';

const settings = mlflowSettingsSchema.parse({ host: 'db.internal', tls: { ca: '-----BEGIN CERTIFICATE-----' } });
const thrown = (code: string, message: string) => Object.assign(new Error(message), { code });

test.each([
  ['28P01', 'password authentication failed for user "mlflow"', 'auth'],
  ['28000', 'no pg_hba.conf entry for host "10.0.0.4"', 'auth'],
  ['3D000', 'database "mlflow" does not exist', 'config'],
  ['42501', 'permission denied for table runs', 'auth'],
  ['42P01', 'relation "experiments" does not exist', 'config'],
  ['57014', 'canceling statement due to statement timeout', 'timeout'],
  ['53300', 'sorry, too many clients already', 'server'],
  ['57P03', 'the database system is starting up', 'server'],
  ['25006', 'cannot execute DELETE in a read-only transaction', 'query'],
  ['42601', 'syntax error at or near "SELEC"', 'query'],
  ['22003', 'value out of range: overflow', 'query'],
  ['08006', 'connection failure', 'network'],
  ['ECONNREFUSED', 'connect ECONNREFUSED 10.0.0.4:5432', 'network'],
  ['ENOTFOUND', 'getaddrinfo ENOTFOUND db.internal', 'network'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'self-signed certificate in certificate chain', 'tls'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'Hostname/IP does not match', 'tls'],
  ['', 'The server does not support SSL connections', 'tls'],
  ['', 'timeout exceeded when trying to connect', 'timeout'],
  ['', 'Connection terminated unexpectedly', 'network'],
  ['XX000', 'internal error at db.internal:5432', 'server'],
])('%s %s is of class %s', (code, message, expected) => {
  const failure = databaseFailure(thrown(code, message), settings);
  expect(failure.failure).toMatchObject({ class: expected, source: 'mlflow' });
  expect(failure.failure.fix).not.toBe('');
  expect(failure.message).not.toMatch(/10\.0\.0\.4|db\.internal/);
  expect(failure instanceof SlowQueryError).toBe(code === '57014');
});

test.each([
  ['disable', false, false],
  ['prefer', true, false],
  ['require', true, true],
  ['verify-ca', true, true],
  ['verify-full', true, true],
] as const)('with ssl %s and an authority, TLS is %s and the certificate is verified: %s', (ssl, isOn, isVerified) => {
  const options = tlsOptions({ ...settings, ssl }, { password: undefined, clientKey: undefined });
  expect(options !== false).toBe(isOn);
  expect(options !== false && options.rejectUnauthorized).toBe(isVerified);
});

test('only verify-full looks at the host name', () => {
  const checks = (ssl: 'verify-ca' | 'verify-full') => {
    const options = tlsOptions({ ...settings, ssl }, { password: undefined, clientKey: undefined });
    return options !== false && options.checkServerIdentity === undefined;
  };
  expect(checks('verify-full')).toBe(true);
  expect(checks('verify-ca')).toBe(false);
});
