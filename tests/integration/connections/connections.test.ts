/** Connections as the config editor makes them, through the real executable, to real stores behind real TLS. */
import { createServer, request as forward, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { startInflux, type RunningInflux } from '../../../demo/stores/influx';
import { findFreePort } from '../../../demo/stores/port';
import { startPostgres, type RunningPostgres } from '../../../demo/stores/postgres';
import { startPrometheus, type RunningPrometheus } from '../../../demo/stores/prometheus';
import { headerSecret, type SettingsInput } from '../../../src/contract/settings';
import { schemaOf } from '../sources/mlflow-schema';
import { makeCertificates, type Certificates } from './certificates';
import { TestedPlugin } from './plugin';
import { startTlsProxy, type TlsProxy } from './tls-proxy';

type Tls = NonNullable<NonNullable<SettingsInput['prometheus']>['tls']>;

const READER = { user: 'reader', password: 'only-read' };
const ADMIN = { user: 'admin', password: 'may-all' };

let certificates: Certificates;
let plugin: TestedPlugin;
let prometheus: RunningPrometheus;
let influx: RunningInflux;
let postgres: RunningPostgres;
let owner: pg.Client;
let proxies: Record<'prometheus' | 'influx' | 'mutual', TlsProxy>;
let nobody: number;

beforeAll(async () => {
  certificates = await makeCertificates();
  [plugin, prometheus, influx, postgres, nobody] = await Promise.all([
    TestedPlugin.start(),
    startPrometheus({ basicAuth: READER }),
    startInflux({ database: 'ml', auth: { admin: ADMIN, reader: READER } }),
    startPostgres(),
    findFreePort(),
  ]);
  await Promise.all([
    fillPostgres(),
    influx.write(`model_scoring,variant=a rows_scored=1 ${String((Date.now() / 1000 - 60) | 0)}`),
  ]);
  const { server, authority } = certificates;
  const [one, two, three] = await Promise.all([
    startTlsProxy(prometheus.port, server),
    startTlsProxy(influx.port, server),
    startTlsProxy(prometheus.port, server, authority),
  ]);
  proxies = { prometheus: one, influx: two, mutual: three };
});

afterAll(async () => {
  await owner.end();
  await plugin.client.stop();
  await Promise.all([
    ...Object.values(proxies).map((proxy) => proxy.close()),
    prometheus.stop(),
    influx.stop(),
    postgres.stop(),
  ]);
});

/** MLflow's tables, two readers, and one who is known by a certificate; TLS on. */
async function fillPostgres(): Promise<void> {
  owner = new pg.Client({ connectionString: postgres.url() });
  await owner.connect();
  await owner.query(schemaOf('3.17'));
  await owner.query(`INSERT INTO experiments VALUES (1, 'one', 'active', 0)`);
  for (const user of [READER.user, 'second', 'certified']) {
    await owner.query(`CREATE ROLE ${user} LOGIN PASSWORD '${READER.password}'`);
    await owner.query(
      `GRANT SELECT ON experiments, experiment_tags, runs, metrics, latest_metrics, params, tags, model_versions, registered_model_aliases TO ${user}`,
    );
  }
  const { server, authority } = certificates;
  const files: Array<[string, string]> = [
    ['server.crt', server.cert],
    ['server.key', server.key],
    ['root.crt', authority],
  ];
  // The server runs as another user where we are root, and reads only a key of its own; so it writes its files itself.
  for (const [name, text] of files) {
    await owner.query(
      `COPY (SELECT unnest(string_to_array('${text.replaceAll('\r', '')}', E'\\n'))) TO PROGRAM 'umask 077; cat > ${name}'`,
    );
  }
  const access = ['hostssl all certified all cert', 'host all all all scram-sha-256'];
  await owner.query(`COPY (SELECT unnest(ARRAY['${access.join("','")}'])) TO PROGRAM 'cat > pg_hba.conf'`);
  for (const [setting, value] of [
    ['ssl_cert_file', 'server.crt'],
    ['ssl_key_file', 'server.key'],
    ['ssl_ca_file', 'root.crt'],
    ['ssl', 'on'],
  ]) {
    await owner.query(`ALTER SYSTEM SET ${String(setting)} = '${String(value)}'`);
  }
  await owner.query('SELECT pg_reload_conf()');
}

const overPrometheus = (port: number, tls: Tls, more: Partial<NonNullable<SettingsInput['prometheus']>> = {}) =>
  plugin.test(
    'prometheus',
    { prometheus: { url: `https://127.0.0.1:${String(port)}`, user: READER.user, tls, ...more } },
    { prometheusPassword: READER.password },
  );

describe('TLS to a store that speaks HTTP', () => {
  const named = (): Tls => ({ ca: certificates.authority, serverName: 'store.test' });

  it('is verified by the configured authority and name', async () => {
    expect(await overPrometheus(proxies.prometheus.port, named())).toMatchObject({
      error: null,
      reached: 'data',
      warnings: [],
    });
  });

  it.each([
    [
      'an unknown authority',
      (): Tls => ({ serverName: 'store.test' }),
      'not signed by a trusted authority',
      'prometheus.tls.ca',
    ],
    ['another name', (): Tls => ({ ca: certificates.authority }), 'for another host name', 'prometheus.tls.serverName'],
  ])('refuses a certificate of %s', async (_case, tls, words, fix) => {
    const status = await overPrometheus(proxies.prometheus.port, tls());
    expect(status).toMatchObject({ class: 'tls', field: 'prometheus.tls', reached: 'nothing' });
    expect(status.error).toContain(words);
    expect(status.hint).toContain(fix);
  });

  it('is not verified when told so, with a warning', async () => {
    const status = await overPrometheus(proxies.prometheus.port, { skipVerify: 'true' });
    expect(status).toMatchObject({ error: null, reached: 'data' });
    expect(status.warnings).toEqual([expect.stringContaining('not verified')]);
  });

  it('shows the client certificate to a server that asks for one', async () => {
    const { cert, key } = certificates.client;
    const tls = { ...named(), clientCertificate: cert };
    const url = `https://127.0.0.1:${String(proxies.mutual.port)}`;
    const secrets = { prometheusPassword: READER.password, prometheusClientKey: key };
    const shown = await plugin.test('prometheus', { prometheus: { url, user: READER.user, tls } }, secrets);
    expect(shown).toMatchObject({ error: null, reached: 'data' });
    expect(await overPrometheus(proxies.mutual.port, named())).toMatchObject({ state: 'down', reached: 'nothing' });
  });

  it('works for InfluxDB alike', async () => {
    const settings = { url: `https://127.0.0.1:${String(proxies.influx.port)}`, database: 'ml', user: READER.user };
    const secrets = { influxPassword: READER.password };
    const status = await plugin.test('influx', { influx: { ...settings, tls: named() } }, secrets);
    expect(status).toMatchObject({ error: null, reached: 'data', version: influxVersion(), warnings: [] });
    expect(await plugin.test('influx', { influx: settings }, secrets)).toMatchObject({ class: 'tls' });
  });
});

const influxVersion = (): unknown => expect.stringMatching(/^1\./);

test('PostgreSQL takes a client certificate, and is verified in full', async () => {
  const { authority, client } = certificates;
  const mlflow = {
    host: '127.0.0.1',
    port: postgres.port,
    database: 'postgres',
    user: 'certified',
    ssl: 'verify-full',
  } as const;
  const named = { ca: authority, serverName: 'store.test' };
  const tls = { ...named, clientCertificate: client.cert };
  const shown = await plugin.test('mlflow', { mlflow: { ...mlflow, tls } }, { mlflowClientKey: client.key });
  expect(shown).toMatchObject({ error: null, reached: 'data', found: '1 experiments, 0 runs' });
  expect(await plugin.test('mlflow', { mlflow: { ...mlflow, tls: named } })).toMatchObject({ class: 'auth' });
  expect(await plugin.test('mlflow', { mlflow: { ...mlflow, tls: { ca: authority } } })).toMatchObject({
    class: 'tls',
  });
});

describe('each trouble has its own words and its own fix', () => {
  const cases = {
    influx: {
      wrongPassword: () => askInflux({}, 'wrong'),
      wrongDatabase: () => askInflux({ database: 'nil' }),
      unreachable: () => askInflux({ url: `http://127.0.0.1:${String(nobody)}` }),
      tls: () => askInflux({ url: `https://127.0.0.1:${String(influx.port)}` }),
    },
    mlflow: {
      wrongPassword: () => askMlflow({}, 'wrong'),
      wrongDatabase: () => askMlflow({ database: 'nil' }),
      unreachable: () => askMlflow({ port: nobody }),
      tls: () => askMlflow({ ssl: 'verify-ca' }),
    },
    prometheus: {
      wrongPassword: () => askPrometheus({}, 'wrong'),
      unreachable: () => askPrometheus({ url: `http://127.0.0.1:${String(nobody)}` }),
      tls: () => askPrometheus({ url: `https://127.0.0.1:${String(prometheus.port)}` }),
    },
  };
  const expected = {
    wrongPassword: { class: 'auth', reached: 'server' },
    wrongDatabase: { reached: 'login', field: expect.stringMatching(/\.database$/) as unknown },
    unreachable: { class: 'network', reached: 'nothing' },
    tls: { class: 'tls', reached: 'nothing' },
  };
  const askInflux = (changed: Partial<NonNullable<SettingsInput['influx']>>, password = READER.password) =>
    plugin.test(
      'influx',
      { influx: { url: influx.url, database: 'ml', user: READER.user, ...changed } },
      { influxPassword: password },
    );
  const askMlflow = (changed: Partial<NonNullable<SettingsInput['mlflow']>>, password = READER.password) =>
    plugin.test(
      'mlflow',
      {
        mlflow: { host: '127.0.0.1', port: String(postgres.port), database: 'postgres', user: READER.user, ...changed },
      },
      { mlflowPassword: password },
    );
  const askPrometheus = (changed: Partial<NonNullable<SettingsInput['prometheus']>>, password = READER.password) =>
    plugin.test(
      'prometheus',
      { prometheus: { url: prometheus.url, user: READER.user, ...changed } },
      { prometheusPassword: password },
    );

  it.each(['influx', 'mlflow', 'prometheus'] as const)('of %s', async (source) => {
    const asked = Object.entries(cases[source]);
    const statuses = await Promise.all(asked.map(([, ask]) => ask()));
    asked.forEach(([trouble], index) => {
      expect(statuses[index]).toMatchObject(expected[trouble as keyof typeof expected]);
    });
    expect(new Set(statuses.map(({ error }) => error)).size).toBe(asked.length);
    expect(new Set(statuses.map(({ hint }) => hint)).size).toBe(asked.length);
    // Neither names a host, nor repeats a password.
    expect(JSON.stringify(statuses)).not.toMatch(/127\.0\.0\.1|wrong"|only-read/);
  });

  it('warns of a user who can write', async () => {
    const influxAdmin = { url: influx.url, database: 'ml', user: ADMIN.user };
    const [writer, reader, superuser] = await Promise.all([
      plugin.test('influx', { influx: influxAdmin }, { influxPassword: ADMIN.password }),
      askInflux({}),
      askMlflow({ user: postgres.user }, postgres.password),
    ]);
    expect(writer.warnings).toContainEqual(expect.stringContaining('can write'));
    expect(superuser.warnings).toContainEqual(expect.stringContaining('can write'));
    expect(reader.warnings).toEqual([]);
  });
});

describe('extra headers', () => {
  let gate: Server;
  let url: string;
  beforeAll(async () => {
    gate = createServer((request, response) => {
      const { 'x-scope-orgid': tenant, 'x-plain': plain } = request.headers;
      if (tenant !== 'tenant-a' || plain !== 'yes') {
        response.writeHead(401).end();
        return;
      }
      const { method, url: path, headers } = request;
      const onward = forward({ port: prometheus.port, method, path, headers }, (reply) => {
        response.writeHead(reply.statusCode ?? 502, reply.headers);
        reply.pipe(response);
      });
      request.pipe(onward);
    });
    await new Promise<void>((resolve) => gate.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${String((gate.address() as AddressInfo).port)}`;
  });
  afterAll(() => {
    gate.closeAllConnections();
    gate.close();
  });

  it('are sent with their secret values', async () => {
    const more = { url, user: READER.user, headers: { 'X-Plain': 'yes' }, secretHeaders: ['X-Scope-OrgID'] };
    const secrets = { prometheusPassword: READER.password, [headerSecret('prometheus', 'X-Scope-OrgID')]: 'tenant-a' };
    expect(await plugin.test('prometheus', { prometheus: more }, secrets)).toMatchObject({ reached: 'data' });
    const wrong = { ...secrets, [headerSecret('prometheus', 'X-Scope-OrgID')]: 'tenant-b' };
    expect(await plugin.test('prometheus', { prometheus: more }, wrong)).toMatchObject({ class: 'auth' });
  });
});

test('a backup answers while the primary is away, and is named', async () => {
  const more = { url: `http://127.0.0.1:${String(nobody)}`, user: READER.user, backups: [{ url: prometheus.url }] };
  const status = await plugin.test('prometheus', { prometheus: more }, { prometheusPassword: READER.password });
  expect(status).toMatchObject({
    error: null,
    endpoint: 'backup-1',
    warnings: [expect.stringContaining('backup-1 answered')],
  });
});

test('health is an error if one source fails, with a line for each', async () => {
  const jsonData = {
    prometheus: { url: prometheus.url, user: READER.user },
    influx: { url: influx.url, database: 'nil', user: READER.user },
  };
  const secrets = { prometheusPassword: READER.password, influxPassword: READER.password };
  const { status, message } = await plugin.client.checkHealth({
    settings: plugin.settings({ uid: 'health', jsonData, secrets }),
  });
  expect(status).toBe('error');
  expect(message.split('\n')).toEqual([
    expect.stringMatching(/^Prometheus: ok/),
    expect.stringMatching(/^InfluxDB lets this user read no database “nil”.* Check influx\.database/),
  ]);
});

describe('an update', () => {
  const stored = (user: string, updatedMs: number) => ({
    uid: 'updated',
    jsonData: {
      mlflow: { host: '127.0.0.1', port: postgres.port, database: 'postgres', user, ssl: 'disable', poolSize: 3 },
    } satisfies SettingsInput,
    secrets: { mlflowPassword: READER.password },
    updatedMs,
  });
  const connections = async (user: string): Promise<number> => {
    const { rows } = await owner.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM pg_stat_activity WHERE application_name = 'uplift' AND usename = $1`,
      [user],
    );
    return rows[0]?.n ?? Number.NaN;
  };

  const sleeping = async (): Promise<number> => {
    const { rows } = await owner.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM pg_stat_activity WHERE application_name = 'uplift' AND wait_event = 'PgSleep'`,
    );
    return rows[0]?.n ?? Number.NaN;
  };
  const until = async (isTrue: () => Promise<boolean>): Promise<void> => {
    for (const deadline = Date.now() + 60_000; !(await isTrue()) && Date.now() < deadline;) {
      await sleep(50);
    }
  };

  it('takes effect with the next query, restarts nothing and leaves no old connection', async () => {
    const { pid } = plugin.client;
    const asks = Array.from({ length: 5 }, () => plugin.askMlflow(stored(READER.user, 1), 'SELECT current_user::text'));
    expect(new Set(await Promise.all(asks))).toEqual(new Set([READER.user]));
    expect(await connections(READER.user)).toBe(3);
    const slow = plugin.askMlflow(stored(READER.user, 1), 'SELECT current_user::text FROM pg_sleep(3)');
    await until(async () => (await sleeping()) === 1);
    expect(await plugin.askMlflow(stored('second', 2), 'SELECT current_user::text')).toBe('second');
    // What began before the update ends as it began.
    expect(await slow).toBe(READER.user);
    await until(async () => (await connections(READER.user)) === 0);
    expect(await connections(READER.user)).toBe(0);
    expect(await connections('second')).toBe(1);
    expect(plugin.client.pid).toBe(pid);
  });

  it('that cannot be read is refused by its field, and what ran goes on', async () => {
    const wrong = { ...stored('second', 3), jsonData: { mlflow: { host: '127.0.0.1', port: 'five' } } };
    await expect(plugin.askMlflow(wrong, 'SELECT 1')).rejects.toThrow('mlflow.port: a number, not “five”');
    expect(await plugin.askMlflow(stored('second', 4), 'SELECT current_user::text')).toBe('second');
  });
});
