/**
 * Our own statements over ten million recorded values: what each question costs in PostgreSQL (planning and running, as the
 * server counts them), and all in all, with the driver and the round trips of the short transaction around it.
 */
import pg from 'pg';
import { startPostgres, type RunningPostgres } from '../../demo/stores/postgres';
import { writeMlflowStatement } from '../../pkg/queries/raw-mlflow';
import { mlflowQuerySchema } from '../../src/contract/query';
import { settingsSchema } from '../../src/contract/settings';
import { complete, patient, sourcesOf } from '../integration/sources/silent';
import type { Figure } from './figure';
import { median, timeRuns } from './figure';
import { BEGAN, fillMlflow, LONG, MIDDLE, ROWS } from './mlflow-rows';

const DATABASE = 'mlflow';
const TIMES = 50;
/** What takes longer is asked three times only. */
const SLOW_MS = 1000;
/** Of the server; the table and its indexes are larger, as on a real one. */
const MEMORY = { shared_buffers: '512MB', maintenance_work_mem: '512MB', max_wal_size: '8GB' };
const COUNTED = { shared_preload_libraries: 'pg_stat_statements', 'pg_stat_statements.track_planning': 'on' };

const DAY_MS = 86_400_000;
const DAY = { from: BEGAN + 5 * DAY_MS, to: BEGAN + 6 * DAY_MS };

export async function benchMlflow(): Promise<Figure[]> {
  const server = await startPostgres({ settings: { ...MEMORY, ...COUNTED } });
  try {
    const [filled = NaN] = await timeRuns(1, () => fill(server));
    const what = `rows made: ${String(ROWS / 1e6)} million metric values`;
    return [{ what, value: filled / 1000, unit: 's' }, ...(await measure(server))];
  } finally {
    await server.stop();
  }
}

async function fill(server: RunningPostgres): Promise<void> {
  const client = new pg.Client({ connectionString: server.url() });
  await client.connect();
  try {
    await client.query(`CREATE DATABASE ${DATABASE}`);
  } finally {
    await client.end();
  }
  await fillMlflow(server.url(DATABASE));
}

/** @param server one that is filled already */
export async function measure(server: RunningPostgres): Promise<Figure[]> {
  const { host, port, user, password } = server;
  const settings = { mlflow: { host, port, user, database: DATABASE, timeoutSeconds: 120 } };
  const sources = sourcesOf(settings, { mlflowPassword: password });
  const source = complete(sources, 'mlflow', 'experiments', 'evaluations', 'dimensionValues', 'raw');
  const { mapping } = settingsSchema.parse(settings);
  const history = (fields: object) => {
    const query = { refId: 'A', queryType: 'mlflow', mode: 'builder', list: 'history', limit: 1000, ...fields };
    const statement = writeMlflowStatement(mlflowQuerySchema.parse(query), mapping.mlflow);
    return source.raw({ statement, period: DAY, stepMs: 60_000, isInstant: false }, patient());
  };
  const questions: Array<[what: string, goal: number | null, ask: () => Promise<unknown>]> = [
    ['experiment: its variants, runs and served versions', 10, () => source.evaluations(MIDDLE.name, [], patient())],
    [
      'history: newest 1,000 values of a metric of one experiment',
      25,
      () => history({ experiment: MIDDLE.name, keys: ['accuracy'] }),
    ],
    [
      'history: newest 1,000 of a million values of one run',
      25,
      () => history({ experiment: MIDDLE.name, keys: [LONG.metric] }),
    ],
    [
      'history: newest 1,000 of one day of that run',
      null,
      () => history({ experiment: MIDDLE.name, keys: [LONG.metric], inRange: true }),
    ],
    ['keys: names of metrics', 5, () => source.dimensionValues('#metric', '', patient())],
    ['keys: names of params', 5, () => source.dimensionValues('#param', '', patient())],
    ['variants of all experiments', null, () => source.dimensionValues('variant', '', patient())],
    ['experiments with their variants and tags', null, () => source.experiments(patient())],
    ['the connection test', null, () => source.probe(patient())],
  ];
  const counter = new pg.Client({ connectionString: server.url(DATABASE) });
  await counter.connect();
  try {
    await counter.query('CREATE EXTENSION IF NOT EXISTS pg_stat_statements');
    const figures: Figure[] = [];
    for (const [what, goal, ask] of questions) {
      const [first = 0] = await timeRuns(1, ask);
      const times = first > SLOW_MS ? 3 : TIMES;
      await counter.query('SELECT pg_stat_statements_reset()');
      const value = median(await timeRuns(times, ask));
      const inStore = (await millisecondsInStore(counter)) / times;
      figures.push({ what, value: inStore, unit: 'ms in the store', ...(goal !== null && { goal: { atMost: goal } }) });
      figures.push({ what: '  as our source answers it, median', value, unit: 'ms' });
    }
    return figures;
  } finally {
    await counter.end();
    await source.dispose();
  }
}

/** What the server spent on planning and running statements since it was told to count anew. */
async function millisecondsInStore(counter: pg.Client): Promise<number> {
  const { rows } = await counter.query<{ spent: number }>(
    'SELECT sum(total_plan_time + total_exec_time) AS spent FROM pg_stat_statements WHERE query NOT LIKE $1',
    ['%pg_stat_statements%'],
  );
  return rows[0]?.spent ?? Number.NaN;
}
