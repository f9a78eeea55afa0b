/** `uplift check` against real stores, each kind of them broken: table and exit codes. */
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer as createHttpServer } from 'node:http';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { z } from 'zod';
import { createMlflow, fillMlflow, MLFLOW_READER } from '../../demo/history/mlflow';
import { buildMlflowRows } from '../../demo/history/mlflow-rows';
import { buildScenario } from '../../demo/scenario';
import { startInflux, type RunningInflux } from '../../demo/stores/influx';
import { findFreePort } from '../../demo/stores/port';
import { startPostgres, type RunningPostgres } from '../../demo/stores/postgres';
import { startPrometheus, type RunningPrometheus } from '../../demo/stores/prometheus';
import { ensureBuilt } from '../e2e/build';
import { uplift } from './uplift';

const PASSWORD = 'reader-password';
const PROMETHEUS_AUTH = { user: 'grafana', password: 'scrape' };
const INFLUX_AUTH = {
  admin: { user: 'root', password: 'root-password' },
  reader: { user: 'reader', password: PASSWORD },
};

let postgres: RunningPostgres;
let prometheus: RunningPrometheus;
let influx: RunningInflux;
let closedPort: number;
/** Accepts and never says a word. */
let silent: Server;
/** Sends everybody to a login page. */
let redirecting: Server;
let definitions: string;
const sockets = new Set<Socket>();

async function listen(server: Server): Promise<Server> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') {
    throw new Error('not listening');
  }
  return address.port;
}

beforeAll(async () => {
  await ensureBuilt();
  [postgres, prometheus, influx, closedPort, definitions] = await Promise.all([
    startPostgres(),
    startPrometheus({ basicAuth: PROMETHEUS_AUTH }),
    startInflux({ auth: INFLUX_AUTH }),
    findFreePort(),
    mkdtemp(path.join(tmpdir(), 'uplift-check-')),
  ]);
  await createMlflow(postgres, PASSWORD);
  await fillMlflow(postgres, buildMlflowRows(buildScenario(Date.now())));
  const admin = new pg.Client({ connectionString: postgres.url('mlflow') });
  await admin.connect();
  await admin.query(`CREATE ROLE stranger LOGIN PASSWORD '${PASSWORD}'`);
  await admin.end();
  await influx.execute('CREATE DATABASE private');
  const now = Math.floor(Date.now() / 1000);
  await influx.write(
    `model_scoring,variant=baseline,deployment=checkout rows_scored=100i,errors=1i,latency_ms=40 ${now}`,
  );
  silent = await listen(createServer((socket) => sockets.add(socket)));
  redirecting = await listen(createHttpServer((_, response) => response.writeHead(302, { location: '/login' }).end()));
}, 120_000);

afterAll(async () => {
  for (const socket of sockets) {
    socket.destroy();
  }
  silent.close();
  redirecting.close();
  await Promise.all([
    postgres.stop(),
    prometheus.stop(),
    influx.stop(),
    rm(definitions, { recursive: true, force: true }),
  ]);
}, 60_000);

const mlflow = () => ({
  MLFLOW_DB_HOST: '127.0.0.1',
  MLFLOW_DB_PORT: postgres.port,
  MLFLOW_DB_USER: MLFLOW_READER,
  MLFLOW_DB_PASSWORD: PASSWORD,
});
const metrics = () => ({
  PROMETHEUS_URL: prometheus.url,
  PROMETHEUS_USER: PROMETHEUS_AUTH.user,
  PROMETHEUS_PASSWORD: PROMETHEUS_AUTH.password,
});
const points = () => ({
  INFLUX_URL: influx.url,
  INFLUX_DATABASE: influx.database,
  INFLUX_USER: 'reader',
  INFLUX_PASSWORD: PASSWORD,
});

const resultSchema = z.object({
  ok: z.boolean(),
  sources: z.array(
    z.object({
      source: z.string(),
      state: z.string(),
      reachable: z.boolean().nullable(),
      authenticated: z.boolean().nullable(),
      readable: z.boolean().nullable(),
      version: z.string().nullable(),
      found: z.string(),
      fix: z.string().nullable(),
    }),
  ),
  experiments: z.array(z.object({ isValid: z.boolean(), found: z.string() })),
});

async function check(settings: Record<string, string | number>, args: readonly string[] = []) {
  const run = await uplift(['check', '--json', '--experiments', definitions, ...args], { settings });
  return { ...run, result: resultSchema.parse(JSON.parse(run.stdout)) };
}

beforeEach(() =>
  writeFile(
    path.join(definitions, 'checkout.yaml'),
    'id: checkout\ncontrol: baseline\nvariants:\n  - name: baseline\n  - name: enhanced\n',
  ),
);

test('stores that can all be read: exit code 0, versions, and what they hold', async () => {
  const { code, result } = await check({ ...mlflow(), ...metrics(), ...points() });
  expect(
    result.sources.map(({ source, reachable, authenticated, readable }) => [
      source,
      reachable,
      authenticated,
      readable,
    ]),
  ).toEqual([
    ['mlflow', true, true, true],
    ['prometheus', true, true, true],
    ['influx', true, true, true],
  ]);
  expect(result.sources.map(({ version }) => version)).toEqual([
    expect.stringContaining('MLflow'),
    expect.stringMatching(/^2\./),
    expect.stringMatching(/^1\./),
  ]);
  expect(result.sources[0]?.found).toMatch(/3 experiments, \d+ runs/);
  expect(result.experiments).toEqual([
    { isValid: true, found: expect.stringContaining('enhanced against baseline') as string },
  ]);
  expect(result.ok).toBe(true);
  expect(code).toBe(0);
});

test('a store without A/B data can be read, and is told what it lacks', async () => {
  const { code, result } = await check(metrics());
  const source = result.sources.find((one) => one.source === 'prometheus');
  expect(source).toMatchObject({
    state: 'empty',
    readable: true,
    fix: expect.stringContaining('holds no A/B data') as string,
  });
  expect(code).toBe(0);
});

const NOTHING = [false, null, null];
const NOT_LET_IN = [true, false, null];
const NOT_READABLE = [true, true, false];

test.each([
  [
    'nothing listens',
    () => ({ ...mlflow(), MLFLOW_DB_PORT: closedPort }),
    NOTHING,
    /nothing listens/,
    /MLFLOW_DB_HOST/,
  ],
  [
    'the password is wrong',
    () => ({ ...mlflow(), MLFLOW_DB_PASSWORD: 'wrong' }),
    NOT_LET_IN,
    /refused the user or password/,
    /MLFLOW_DB_USER/,
  ],
  [
    'the user is not known',
    () => ({ ...mlflow(), MLFLOW_DB_USER: 'nobody' }),
    NOT_LET_IN,
    /refused the user or password/,
    /MLFLOW_DB_USER/,
  ],
  [
    'there is no such database',
    () => ({ ...mlflow(), MLFLOW_DB_NAME: 'mlfow' }),
    NOT_READABLE,
    /no database “mlfow”/,
    /MLFLOW_DB_NAME/,
  ],
  [
    'the user may not read',
    () => ({ ...mlflow(), MLFLOW_DB_USER: 'stranger' }),
    NOT_READABLE,
    /may not read/,
    /Grant the user SELECT/,
  ],
  [
    'it is not MLflow’s database',
    () => ({ ...mlflow(), MLFLOW_DB_NAME: 'postgres' }),
    NOT_READABLE,
    /does not hold MLflow/,
    /MLFLOW_DB_NAME/,
  ],
  [
    'it does not speak TLS',
    () => ({ ...mlflow(), MLFLOW_DB_SSL: 'require' }),
    NOTHING,
    /does not offer TLS/,
    /MLFLOW_DB_SSL/,
  ],
] as const)(
  'MLflow, %s: exit code 1, the stage, what happened and the fix',
  async (_, settings, stages, found, fix) => {
    await expectBroken('mlflow', settings(), stages, found, fix);
  },
);

test.each([
  [
    'nothing listens',
    () => ({ ...metrics(), PROMETHEUS_URL: `http://127.0.0.1:${closedPort}` }),
    NOTHING,
    /nothing listens/,
    /PROMETHEUS_URL/,
  ],
  [
    'the password is wrong',
    () => ({ ...metrics(), PROMETHEUS_PASSWORD: 'wrong' }),
    NOT_LET_IN,
    /refused the credentials/,
    /user, password or token/,
  ],
  [
    'no password is given',
    () => ({ PROMETHEUS_URL: prometheus.url }),
    NOT_LET_IN,
    /refused the credentials/,
    /user, password or token/,
  ],
  [
    'another service answers',
    () => ({ PROMETHEUS_URL: influx.url }),
    NOT_LET_IN,
    /is not Prometheus’s API|refused/,
    /Check/,
  ],
  [
    'a login page answers',
    () => ({ PROMETHEUS_URL: `http://127.0.0.1:${portOf(redirecting)}` }),
    NOT_LET_IN,
    /redirect/,
    /final address/,
  ],
  [
    'the port does not speak TLS',
    () => ({ ...metrics(), PROMETHEUS_URL: prometheus.url.replace('http:', 'https:') }),
    NOTHING,
    /does not speak TLS/,
    /http:\/\//,
  ],
] as const)(
  'Prometheus, %s: exit code 1, the stage, what happened and the fix',
  async (_, settings, stages, found, fix) => {
    await expectBroken('prometheus', settings(), stages, found, fix);
  },
);

test.each([
  [
    'nothing listens',
    () => ({ ...points(), INFLUX_URL: `http://127.0.0.1:${closedPort}` }),
    NOTHING,
    /nothing listens/,
    /INFLUX_URL/,
  ],
  [
    'the password is wrong',
    () => ({ ...points(), INFLUX_PASSWORD: 'wrong' }),
    NOT_LET_IN,
    /refused the credentials/,
    /user, password or token/,
  ],
  [
    'there is no such database',
    () => ({ ...points(), INFLUX_DATABASE: 'nowhere', INFLUX_USER: 'root', INFLUX_PASSWORD: 'root-password' }),
    NOT_READABLE,
    /no database “nowhere”/,
    /INFLUX_DATABASE/,
  ],
  [
    'the user may not read',
    () => ({ ...points(), INFLUX_DATABASE: 'private' }),
    NOT_READABLE,
    /does not let them read|not authorized/,
    /Grant/,
  ],
] as const)(
  'InfluxDB, %s: exit code 1, the stage, what happened and the fix',
  async (_, settings, stages, found, fix) => {
    await expectBroken('influx', settings(), stages, found, fix);
  },
);

async function expectBroken(
  name: string,
  settings: Record<string, string | number>,
  stages: readonly (boolean | null)[],
  found: RegExp,
  fix: RegExp,
) {
  const { code, result, stdout, stderr } = await check(settings);
  const source = result.sources.find((one) => one.source === name);
  expect([source?.reachable, source?.authenticated, source?.readable]).toEqual(stages);
  expect(source?.found).toMatch(found);
  expect(source?.fix).toMatch(fix);
  expect(result.ok).toBe(false);
  expect(code).toBe(1);
  expect(stdout + stderr).not.toContain(PASSWORD);
}

test('stores that accept and never answer are given up on, all at once', async () => {
  const address = `http://127.0.0.1:${portOf(silent)}`;
  const began = Date.now();
  const { code, result } = await check({
    ...mlflow(),
    MLFLOW_DB_PORT: portOf(silent),
    PROMETHEUS_URL: address,
    INFLUX_URL: address,
    INFLUX_DATABASE: 'x',
  });
  expect(result.sources.map(({ readable }) => readable)).not.toContain(true);
  expect(result.sources.map(({ found }) => found).join()).toMatch(/did not answer/);
  expect(code).toBe(1);
  expect(Date.now() - began).toBeLessThan(45_000);
});

test('one broken store among good ones is enough for exit code 1, and leaves the others’ rows alone', async () => {
  const { code, result } = await check({ ...mlflow(), ...points(), PROMETHEUS_URL: `http://127.0.0.1:${closedPort}` });
  expect(result.sources.map(({ readable }) => readable)).toEqual([true, null, true]);
  expect(code).toBe(1);
});

test('a wrong definition is enough for exit code 1, with its file and field', async () => {
  await writeFile(
    path.join(definitions, 'checkout.yaml'),
    'id: checkout\ncontrol: nobody\nvariants:\n  - name: baseline\n  - name: enhanced\n',
  );
  const { code, result } = await check(mlflow());
  expect(result.experiments).toEqual([
    { isValid: false, found: expect.stringContaining('“nobody” is not a variant') as string },
  ]);
  expect(code).toBe(1);
});

test('people get a table: sources, experiments and a verdict, without colour codes when piped', async () => {
  const settings = { ...mlflow(), PROMETHEUS_URL: `http://127.0.0.1:${closedPort}` };
  const { code, stdout, stderr } = await uplift(['check', '--experiments', definitions], { settings });
  const lines = stdout.split('\n');
  expect(lines[0]).toMatch(/^SOURCE +REACHABLE +AUTHENTICATED +READABLE +VERSION +LATENCY +FOUND +FIX$/);
  expect(lines[1]).toMatch(/^MLflow +yes +yes +yes +MLflow.* ms +3 experiments/);
  expect(lines[2]).toMatch(/^Prometheus +no +– +– +– +– +Prometheus: nothing listens/);
  expect(lines[3]).toMatch(/^InfluxDB +– +– +– +– +– +not configured +Set INFLUX_URL to use it\.$/);
  expect(stdout).toMatch(/^checkout +yes/m);
  expect(stdout).toContain('Not sound: 1 of 2 configured sources cannot be read.');
  expect(stdout).not.toContain('\u001b');
  expect(stderr).toBe('');
  expect(code).toBe(1);
});

test('the connection string of the brief works as it is', async () => {
  const url = `postgresql+psycopg2://${MLFLOW_READER}:${PASSWORD}@127.0.0.1:${postgres.port}/mlflow`;
  const { code, result } = await check({ MLFLOW_DB_URL: url });
  expect(result.sources[0]).toMatchObject({ source: 'mlflow', readable: true });
  expect(code).toBe(0);
});

test('nothing configured: exit code 1, and how to begin', async () => {
  const { code, stdout } = await uplift(['check', '--experiments', definitions], { settings: {} });
  expect(stdout).toContain('Copy .env.example to .env');
  expect(code).toBe(1);
});

test.each([
  ['a wrong line in .env', { 'NOT A LINE\nX': 'y' }, [], /Line 1 of .*settings\.env/],
  [
    'a port that is no number',
    { MLFLOW_DB_HOST: 'db', MLFLOW_DB_PORT: 'abc' },
    [],
    /MLFLOW_DB_PORT \(.*settings\.env, line 2\) is not a number/,
  ],
  ['an unknown flag', {}, ['--mlflow-hots', 'x'], /unknown option.*\n.*Did you mean --mlflow-host/],
  ['definitions that are not there', {}, ['--experiments', '/no/such'], /“\/no\/such” means no file/],
] as const)('%s: exit code 1, in words, without a stack', async (_, settings, args, words) => {
  const { code, stdout, stderr } = await uplift(['check', ...args], { settings });
  expect(stderr).toMatch(words);
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(stdout).toBe('');
  expect(code).toBe(1);
});
