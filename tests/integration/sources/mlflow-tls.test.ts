import { chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { generate } from 'selfsigned';
import type { RunningPostgres } from '../../../demo/stores/postgres';
import { startPostgres } from '../../../demo/stores/postgres';
import type { SettingsInput } from '../../../src/contract/settings';
import { schemaOf } from './mlflow-schema';
import { complete, patient, sourcesOf } from './silent';

/** The server runs as another user when the tests run as root, and reads only a key of its own. */
const NOBODY = 65_534;

let server: RunningPostgres;
let folder: string;
let ca: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'uplift-tls-'));
  const root = await generate([{ name: 'commonName', value: 'test authority' }], {
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true },
    ],
  });
  const store = await generate([{ name: 'commonName', value: 'store.test' }], {
    algorithm: 'sha256',
    ca: { key: root.private, cert: root.cert },
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'store.test' }] }],
  });
  ca = root.cert;
  const files = { cert: join(folder, 'server.crt'), key: join(folder, 'server.key') };
  await writeFile(files.cert, store.cert, { mode: 0o600 });
  await writeFile(files.key, store.private, { mode: 0o600 });
  if (process.getuid?.() === 0) {
    await Promise.all([folder, files.cert, files.key].map((path) => chown(path, NOBODY, NOBODY)));
  }
  server = await startPostgres({ settings: { ssl: 'on', ssl_cert_file: files.cert, ssl_key_file: files.key } });
  const client = new pg.Client({ connectionString: server.url() });
  await client.connect();
  await client.query(schemaOf('3.17'));
  await client.end();
});

afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

async function probe(overrides: Partial<NonNullable<SettingsInput['mlflow']>>) {
  const { host, port, user, password } = server;
  const source = complete(
    sourcesOf({ mlflow: { host, port, user, database: 'postgres', ...overrides } }, { mlflowPassword: password }),
    'mlflow',
    'raw',
  );
  try {
    await source.probe(patient());
    const period = { from: 0, to: 1 };
    const statement = 'SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()';
    const answer = await source.raw({ statement, period, stepMs: 1, isInstant: false }, patient());
    return answer.tables[0]?.columns[0]?.values[0];
  } finally {
    await source.dispose();
  }
}

test.each([
  ['disable', false],
  ['prefer', true],
  ['require', true],
] as const)('ssl %s, without an authority, encrypts: %s', async (ssl, isEncrypted) => {
  expect(await probe({ ssl })).toBe(isEncrypted);
});

test('verify-full takes the configured authority and name', async () => {
  expect(await probe({ ssl: 'verify-full', tls: { ca, serverName: 'store.test' } })).toBe(true);
});

test('verify-ca takes any name', async () => {
  expect(await probe({ ssl: 'verify-ca', tls: { ca } })).toBe(true);
});

test.each([
  ['verify-full', 'of an unknown authority', {}],
  ['verify-ca', 'of an unknown authority', {}],
  ['verify-full', 'for another name', { serverName: 'other.test' }],
] as const)('%s refuses a certificate %s', async (ssl, _case, tls) => {
  const trusted = 'serverName' in tls ? { ca } : {};
  await expect(probe({ ssl, tls: { ...tls, ...trusted } })).rejects.toMatchObject({
    failure: { class: 'tls', source: 'mlflow', field: 'mlflow.tls' },
  });
});
