/** The demo's traffic against stores that somebody else runs, as the service of docker-compose.yml does it. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { z } from 'zod';
import type { GivenStores } from '../../../demo/given-stores/settings';
import { startTraffic, type RunningTraffic } from '../../../demo/given-stores/traffic';
import { createMlflow, MLFLOW_DATABASE } from '../../../demo/history/mlflow';
import { buildScenario, type Scenario } from '../../../demo/scenario';
import { type RunningInflux, startInflux } from '../../../demo/stores/influx';
import { type RunningPostgres, startPostgres } from '../../../demo/stores/postgres';

/** The smallest of the demo's tests: two days of it are written in a moment. */
function layOut(now: number): Scenario {
  const scenario = buildScenario(now);
  return { ...scenario, experiments: scenario.experiments.filter(({ id }) => id === 'fraud-threshold') };
}

let folder: string;
let postgres: RunningPostgres;
let influx: RunningInflux;
let stores: GivenStores;
let started: RunningTraffic | null = null;

function running(): RunningTraffic {
  if (started === null) throw new Error('The traffic has not started.');
  return started;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'uplift-given-'));
  const writer = { user: 'demo', password: 'writes' };
  [postgres, influx] = await Promise.all([
    startPostgres(),
    startInflux({ auth: { admin: writer, reader: { user: 'reader', password: 'reads' } } }),
  ]);
  await createMlflow(postgres, 'reads');
  stores = {
    DEMO_MLFLOW_URL: postgres.url(MLFLOW_DATABASE),
    INFLUX_URL: influx.url,
    INFLUX_DATABASE: influx.database,
    DEMO_INFLUX_USER: writer.user,
    DEMO_INFLUX_PASSWORD: writer.password,
    DEMO_HOST: 'demo',
    DEMO_STATE: join(folder, 'state'),
    DEMO_HISTORY: join(folder, 'history'),
    DEMO_TARGETS: join(folder, 'targets'),
    DEMO_ALERTING: join(folder, 'alerting'),
    DEMO_GRAFANA_URL: 'http://localhost:3000',
  };
  started = await startTraffic(stores, () => undefined, layOut);
});

afterAll(async () => {
  await started?.stop();
  await Promise.all([postgres.stop(), influx.stop()]);
  await rm(folder, { recursive: true, force: true });
});

async function count(statement: string): Promise<number> {
  const client = new pg.Client({ connectionString: stores.DEMO_MLFLOW_URL });
  await client.connect();
  try {
    const { rows } = await client.query<{ n: string }>(statement);
    return Number(rows[0]?.n);
  } finally {
    await client.end();
  }
}

const answerSchema = z.object({
  results: z.tuple([
    z.object({ series: z.tuple([z.object({ values: z.tuple([z.tuple([z.unknown(), z.number()])]) })]) }),
  ]),
});
const pointsInInflux = async (): Promise<number> =>
  answerSchema.parse(await influx.execute('SELECT count(rows_scored) FROM model_scoring')).results[0].series[0]
    .values[0][1];

const targetsSchema = z.array(z.object({ targets: z.tuple([z.string()]), labels: z.object({ instance: z.string() }) }));
const readTargets = async () =>
  targetsSchema.parse(JSON.parse(await readFile(join(stores.DEMO_TARGETS, 'demo.json'), 'utf8')));

it('writes the past into MLflow and InfluxDB, and for promtool into files', async () => {
  expect(await count("SELECT count(*) AS n FROM experiments WHERE name = 'fraud-threshold'")).toBe(1);
  expect(await count('SELECT count(*) AS n FROM runs')).toBeGreaterThan(5);
  // A point a variant and minute, over two days.
  expect(await pointsInInflux()).toBeGreaterThan(4_000);
  const files = await readdir(stores.DEMO_HISTORY);
  expect(files.length).toBeGreaterThan(0);
  const [first = ''] = files;
  const text = await readFile(join(stores.DEMO_HISTORY, first), 'utf8');
  expect(text).toMatch(/^ab_test_requests_total\{.*model_name="baseline-threshold".*\} \d+/m);
  expect(text.endsWith('# EOF\n')).toBe(true);
});

it('writes the alert rules of the tests that it writes', async () => {
  expect((await readdir(stores.DEMO_ALERTING)).sort()).toEqual(['fraud-threshold.yaml', 'sources.yaml']);
  const rules = await readFile(join(stores.DEMO_ALERTING, 'fraud-threshold.yaml'), 'utf8');
  expect(rules).toContain(`start: '${running().scenario.experiments[0]?.definition.start}'`);
});

it('tells Prometheus where its servers are, and they answer there', async () => {
  const [group] = await readTargets();
  expect(group?.labels).toEqual({ instance: 'fraud-1' });
  const [host = '', port = ''] = group?.targets[0].split(':') ?? [];
  expect(host).toBe('demo');
  const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  expect(metrics).toContain('ab_test_requests_total{');
});

it('writes the past once: after a restart its servers count from zero', async () => {
  const { scenario } = running();
  const [experiments, points] = [await count('SELECT count(*) AS n FROM experiments'), await pointsInInflux()];
  await running().stop();
  started = await startTraffic(stores, () => undefined, layOut);
  expect(running().scenario.now).toBe(scenario.now);
  expect(await count('SELECT count(*) AS n FROM experiments')).toBe(experiments);
  expect(await pointsInInflux()).toBeLessThan(points + 100);
  const [group] = await readTargets();
  const metrics = await (await fetch(`http://127.0.0.1:${group?.targets[0].split(':')[1]}/metrics`)).text();
  const counted = [...metrics.matchAll(/^ab_test_requests_total\{.*\} (\d+)$/gm)].map(([, n]) => Number(n));
  expect(counted.length).toBeGreaterThan(0);
  expect(Math.max(...counted)).toBeLessThan(100);
});
