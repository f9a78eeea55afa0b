/** `uplift check` against real stores, each kind of them broken: table and exit codes. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { ensureBuilt } from '../e2e/build';
import { BROKEN_STORES } from './broken-stores';
import { PASSWORD, startCheckedStores, type CheckedStores, type Env } from './checked-stores';
import { uplift } from './uplift';

let stores: CheckedStores;
let definitions: string;

beforeAll(async () => {
  await ensureBuilt();
  [stores, definitions] = await Promise.all([startCheckedStores(), mkdtemp(path.join(tmpdir(), 'uplift-check-'))]);
});

afterAll(async () => {
  await stores.stop();
  await rm(definitions, { recursive: true, force: true });
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

async function check(settings: Env, args: readonly string[] = []) {
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
  const { code, result } = await check({ ...stores.mlflow, ...stores.prometheus, ...stores.influx });
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
  const { code, result } = await check(stores.prometheus);
  const source = result.sources.find((one) => one.source === 'prometheus');
  expect(source).toMatchObject({
    state: 'empty',
    readable: true,
    fix: expect.stringContaining('holds no A/B data') as string,
  });
  expect(code).toBe(0);
});

const named = BROKEN_STORES.map((broken) => [`${broken.source}, ${broken.what}`, broken] as const);

test.each(named)('%s: exit code 1, the stage, what happened and the fix', async (_, broken) => {
  const { code, result, stdout, stderr } = await check(broken.settings(stores));
  const source = result.sources.find((one) => one.source === broken.source);
  expect([source?.reachable, source?.authenticated, source?.readable]).toEqual(broken.stages);
  expect(source?.found).toMatch(broken.found);
  expect(source?.fix).toMatch(broken.fix);
  expect(result.ok).toBe(false);
  expect(code).toBe(1);
  expect(stdout + stderr).not.toContain(PASSWORD);
});

test('stores that accept and never answer are given up on, all at once', async () => {
  const address = `http://127.0.0.1:${stores.silentPort}`;
  const began = Date.now();
  const { code, result } = await check({
    ...stores.mlflow,
    MLFLOW_DB_PORT: stores.silentPort,
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
  const { code, result } = await check({
    ...stores.mlflow,
    ...stores.influx,
    PROMETHEUS_URL: `http://127.0.0.1:${stores.closedPort}`,
  });
  expect(result.sources.map(({ readable }) => readable)).toEqual([true, null, true]);
  expect(code).toBe(1);
});

test('a wrong definition is enough for exit code 1, with its file and field', async () => {
  await writeFile(
    path.join(definitions, 'checkout.yaml'),
    'id: checkout\ncontrol: nobody\nvariants:\n  - name: baseline\n  - name: enhanced\n',
  );
  const { code, result } = await check(stores.mlflow);
  expect(result.experiments).toEqual([
    { isValid: false, found: expect.stringContaining('“nobody” is not a variant') as string },
  ]);
  expect(code).toBe(1);
});

test('people get a table: sources, experiments and a verdict, without colour codes when piped', async () => {
  const settings = { ...stores.mlflow, PROMETHEUS_URL: `http://127.0.0.1:${stores.closedPort}` };
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
  const url = `postgresql+psycopg2://${stores.mlflow['MLFLOW_DB_USER'] ?? ''}:${PASSWORD}@127.0.0.1:${stores.mlflow['MLFLOW_DB_PORT'] ?? ''}/mlflow`;
  const { code, result } = await check({ MLFLOW_DB_URL: url });
  expect(result.sources[0]).toMatchObject({ source: 'mlflow', readable: true });
  expect(code).toBe(0);
});

test('nothing configured: exit code 1, and how to begin', async () => {
  const { code, stdout } = await uplift(['check', '--experiments', definitions], { settings: {} });
  expect(stdout).toContain('Copy .env.example to .env');
  expect(code).toBe(1);
});

test('a misspelt name in .env is said, with its line, and refused is nothing', async () => {
  const { stdout, stderr } = await uplift(['check', '--experiments', definitions], {
    settings: { MLFLOW_DB_PASWORD: 'secret', OTHERS_TOKEN: 'x' },
  });
  expect(stderr).toMatch(/^uplift: line 1 of .*settings\.env sets MLFLOW_DB_PASWORD, which nothing reads/);
  expect(stderr).not.toMatch(/secret|OTHERS/);
  expect(stdout).toContain('Copy .env.example to .env');
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
