import { createServer } from 'node:net';
import pg from 'pg';
import { z } from 'zod';
import type { RunningPostgres } from '../../../demo/stores/postgres';
import { startPostgres } from '../../../demo/stores/postgres';
import type { SettingsInput } from '../../../src/contract/settings';
import type { Generation } from './mlflow-schema';
import { contentOf, GENERATIONS, READER, readerOf, RUNS, schemaOf, T0 } from './mlflow-schema';
import { complete, patient, sourcesOf } from './silent';

let server: RunningPostgres;

const databaseOf = (generation: Generation) => `mlflow_${generation.replace('.', '_')}`;

async function execute(database: string, text: string): Promise<pg.QueryResult[]> {
  const client = new pg.Client({ connectionString: server.url(database) });
  await client.connect();
  try {
    return [await client.query(text)].flat();
  } finally {
    await client.end();
  }
}

beforeAll(async () => {
  server = await startPostgres();
  await execute('postgres', `CREATE ROLE ${READER.user} LOGIN PASSWORD '${READER.password}'`);
  for (const generation of GENERATIONS) {
    await execute('postgres', `CREATE DATABASE ${databaseOf(generation)}`);
    await execute(databaseOf(generation), schemaOf(generation) + contentOf(generation) + readerOf(generation));
  }
});

afterAll(async () => {
  await server.stop();
});

const opened: Array<{ dispose(): Promise<void> }> = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((source) => source.dispose()));
});

function mlflow(
  overrides: Partial<NonNullable<SettingsInput['mlflow']>> = {},
  password = READER.password,
  mapping: NonNullable<SettingsInput['mapping']>['mlflow'] = {},
) {
  const { host, port } = server;
  const sources = sourcesOf(
    {
      mlflow: { host, port, user: READER.user, database: databaseOf('3.17'), ...overrides },
      mapping: { mlflow: mapping },
    },
    { mlflowPassword: password },
  );
  const source = complete(sources, 'mlflow', 'experiments', 'evaluations', 'dimensionValues', 'raw');
  opened.push(source);
  return source;
}

const byVariant = <Row extends { variant: string }>(rows: readonly Row[], variant: string) =>
  rows.find((row) => row.variant === variant);

describe.each(GENERATIONS)('MLflow %s', (generation) => {
  const database = databaseOf(generation);

  test('the served run stands for a variant, by alias where there are aliases, else by stage', async () => {
    const evaluations = await mlflow({ database }).evaluations('fraud-ab-test', [], patient());
    const served = generation === '1.30' ? 'b2' : 'b1';
    const truth = RUNS.find(({ id }) => id === served);
    const baseline = byVariant(evaluations.variants, 'baseline');
    expect(baseline).toMatchObject({ runId: served, chosen: 'served', runs: 3, testRows: 2000, asOf: truth?.end });
    expect(baseline?.accuracy).toBe(Number(truth?.metrics.accuracy));
  });

  test('the mean over runs equals the one that SQL gives', async () => {
    const evaluations = await mlflow({ database }).evaluations('fraud-ab-test', ['baseline'], patient());
    const [result] = await execute(
      database,
      `SELECT count(*)::int AS n, avg(m.value) AS mean, stddev_samp(m.value) AS sd FROM latest_metrics m
       WHERE m.key = 'accuracy' AND m.run_uuid IN ('b1', 'b2', 'b3')`,
    );
    expect(evaluations.variants).toHaveLength(1);
    const direct = z.object({ n: z.number(), mean: z.number(), sd: z.number() }).parse(result?.rows[0]);
    const { n, mean, sd } = evaluations.variants[0]?.overRuns ?? { n: 0, mean: 0, sd: 0 };
    expect(n).toBe(direct.n);
    expect(mean).toBeCloseTo(direct.mean, 12);
    expect(sd).toBeCloseTo(direct.sd, 12);
  });

  test('a variant nobody registered is its latest finished run, and that is said', async () => {
    const evaluations = await mlflow({ database }).evaluations('fraud-ab-test', [], patient());
    const enhanced = byVariant(evaluations.variants, 'enhanced');
    expect(enhanced).toMatchObject({ runId: 'e2', chosen: 'latest', accuracy: 0.83, testRows: null, runs: 4 });
    expect(enhanced?.overRuns).toMatchObject({ n: 2 });
    expect(enhanced?.overRuns?.mean).toBeCloseTo((0.821 + 0.83) / 2, 12);
    expect(evaluations.warnings.join()).toContain('variant “enhanced”: its latest finished run');
  });

  test('a variant that only runs, and one without a usable value, are listed', async () => {
    const { variants, warnings } = await mlflow({ database }).evaluations('fraud-ab-test', [], patient());
    expect(byVariant(variants, 'young')).toMatchObject({ runs: 0, accuracy: 0.5, asOf: T0, overRuns: null });
    expect(byVariant(variants, 'broken')).toMatchObject({ runs: 1, accuracy: null, overRuns: null });
    expect(warnings.join()).toContain('variant “broken” has no usable accuracy');
  });

  test('experiments are those with variants or with our tags', async () => {
    const experiments = await mlflow({ database }).experiments(patient());
    expect(experiments).toEqual([
      { id: 'tagged', variants: [], tags: { owner: 'ann' } },
      { id: 'fraud-ab-test', variants: ['baseline', 'broken', 'enhanced', 'young'], tags: { control: 'baseline' } },
    ]);
  });

  test('the connection test counts what is active', async () => {
    const probe = await mlflow({ database }).probe(patient());
    const expected = { '1.30': 'MLflow 1.x schema', '2.22': 'MLflow 2.x schema', '3.17': 'MLflow ≥ 3.10 schema' };
    expect(probe).toMatchObject({
      version: expected[generation],
      found: '3 experiments, 10 runs',
      newestSample: T0 + 9999,
      endpoint: 'primary',
      warnings: [],
    });
  });
});

test('a test set given as a share takes its rows from the count beside it', async () => {
  const evaluations = await mlflow({}, READER.password, { accuracy: ['test_accuracy'] }).evaluations(
    'fraud-ab-test',
    ['enhanced'],
    patient(),
  );
  expect(evaluations.variants[0]?.overRuns).toMatchObject({ n: 1, mean: 0.821 });
});

test('an unknown experiment names itself and the way out', async () => {
  await expect(mlflow().evaluations('Fraud-AB-Test', [], patient())).rejects.toMatchObject({
    failure: { class: 'config', field: 'experiment', message: 'MLflow has no active experiment “Fraud-AB-Test”.' },
  });
});

test('values of dimensions are found by a part of them, whatever it contains', async () => {
  expect(await mlflow().dimensionValues('variant', 'BA', patient())).toEqual(['baseline']);
  expect(await mlflow().dimensionValues('experiment', '-ab-', patient())).toEqual(['fraud-ab-test']);
  expect(await mlflow().dimensionValues('variant', "%' OR 1=1 --", patient())).toEqual([]);
});

test('names of metrics and params are listed once each, however many runs have them', async () => {
  expect(await mlflow().dimensionValues('#metric', '', patient())).toEqual([
    'accuracy',
    'precision',
    'recall',
    'test_accuracy',
  ]);
  expect(await mlflow().dimensionValues('#metric', 'ACC', patient())).toEqual(['accuracy', 'test_accuracy']);
  expect(await mlflow().dimensionValues('#param', '', patient())).toEqual(['model_variant', 'test_rows', 'test_size']);
});

test.each([
  ['a wrong password', {}, 'wrong', { class: 'auth', field: 'mlflow.user' }],
  ['a wrong database', { database: 'nowhere' }, undefined, { class: 'config', field: 'mlflow.database' }],
  ['a database that is not MLflow’s', { database: 'postgres' }, undefined, { class: 'config', field: 'mlflow.schema' }],
  ['a closed port', { port: 1 }, undefined, { class: 'network', field: 'mlflow.host' }],
  [
    'TLS demanded of a server without it',
    { ssl: 'require' as const },
    undefined,
    { class: 'tls', field: 'mlflow.ssl' },
  ],
])('%s is told apart', async (_case, overrides, password, failure) => {
  await expect(mlflow(overrides, password).probe(patient())).rejects.toMatchObject({
    failure: { source: 'mlflow', ...failure },
  });
});

test('a user that can write is warned of', async () => {
  const probe = await mlflow({ user: server.user }, server.password).probe(patient());
  expect(probe.warnings).toContain('the user can write: use a role that may only read');
});

test('a role that may not read the registry gets the latest runs instead', async () => {
  await execute(databaseOf('2.22'), `REVOKE SELECT ON model_versions, registered_model_aliases FROM ${READER.user}`);
  try {
    const source = mlflow({ database: databaseOf('2.22') });
    const evaluations = await source.evaluations('fraud-ab-test', ['baseline'], patient());
    expect(evaluations.variants[0]).toMatchObject({ runId: 'b3', chosen: 'latest' });
    expect((await source.probe(patient())).warnings.join()).toContain('the model registry can’t be read');
  } finally {
    await execute(databaseOf('2.22'), readerOf('2.22'));
  }
});

test('a backup answers when the primary is away, and says so', async () => {
  const { host, port } = server;
  const source = mlflow({ port: 1, backups: [{ host, port, database: databaseOf('2.22') }] });
  const evaluations = await source.evaluations('fraud-ab-test', [], patient());
  expect(evaluations.endpoint).toBe('backup-1');
  expect(evaluations.warnings[0]).toContain('backup-1 answered');
});

async function nothingRunsIn(observer: pg.Client): Promise<void> {
  const running = async () =>
    (
      await observer.query<{ query: string }>(
        `SELECT query FROM pg_stat_activity WHERE application_name = 'uplift' AND state = 'active'`,
      )
    ).rows;
  for (const deadline = Date.now() + 30_000; (await running()).length > 0 && Date.now() < deadline;) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  expect(await running()).toEqual([]);
}

test('giving up cancels what runs on the server, and the next question is answered', async () => {
  const blocker = new pg.Client({ connectionString: server.url(databaseOf('3.17')) });
  await blocker.connect();
  await blocker.query('BEGIN; LOCK TABLE params IN ACCESS EXCLUSIVE MODE');
  const source = mlflow();
  const waiting = source.experiments(AbortSignal.timeout(300));
  await expect(waiting).rejects.toMatchObject({ name: 'TimeoutError' });
  try {
    await nothingRunsIn(blocker);
  } finally {
    await blocker.end();
  }
  expect(await source.experiments(patient())).toHaveLength(2);
});

test('a statement past its limit is a timeout, and no reason to turn to a backup', async () => {
  const blocker = new pg.Client({ connectionString: server.url(databaseOf('3.17')) });
  await blocker.connect();
  await blocker.query('BEGIN; LOCK TABLE params IN ACCESS EXCLUSIVE MODE');
  const { host, port } = server;
  const source = mlflow({ timeoutSeconds: 3, backups: [{ host, port, database: databaseOf('2.22') }] });
  try {
    await expect(source.experiments(patient())).rejects.toMatchObject({
      failure: { class: 'timeout', source: 'mlflow' },
    });
  } finally {
    await blocker.end();
  }
});

test('a server that accepts and then says nothing does not hold a caller who gives up', async () => {
  const silent = createServer();
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const address = silent.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  try {
    const started = performance.now();
    await expect(mlflow({ port, timeoutSeconds: 10 }).probe(AbortSignal.timeout(100))).rejects.toMatchObject({
      name: 'TimeoutError',
    });
    expect(performance.now() - started).toBeLessThan(8_000);
    await expect(mlflow({ port, timeoutSeconds: 0.2 }).probe(patient())).rejects.toMatchObject({
      failure: { class: 'timeout', source: 'mlflow' },
    });
  } finally {
    silent.close();
  }
});

test('a restarted server is reached again', async () => {
  const source = mlflow();
  await source.probe(patient());
  await execute('postgres', `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'uplift'`);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect((await source.probe(patient())).endpoint).toBe('primary');
});

describe('SQL typed by an editor', () => {
  const editor = (limits: SettingsInput['limits'] = {}, timeoutSeconds = 60) => {
    const { host, port } = server;
    const sources = sourcesOf(
      {
        mlflow: { host, port, user: READER.user, database: databaseOf('3.17'), timeoutSeconds, poolSize: 1 },
        limits,
      },
      { mlflowPassword: READER.password },
    );
    const source = complete(sources, 'mlflow', 'raw');
    opened.push(source);
    return (statement: string) =>
      source.raw({ statement, period: { from: T0, to: T0 + 2000 }, stepMs: 1000, isInstant: false }, patient());
  };
  const ask = (statement: string, limits: SettingsInput['limits'] = {}) => editor(limits)(statement);
  const cellOf = async (answer: ReturnType<typeof ask>) => (await answer).tables[0]?.columns[0]?.values[0];

  test('nothing of it is left in the connection: no setting, no lock', async () => {
    const next = editor();
    await next(`SELECT set_config('standard_conforming_strings', 'off', false), pg_advisory_lock(7), pg_backend_pid()`);
    expect(await cellOf(next(`SELECT current_setting('standard_conforming_strings')`))).toBe('on');
    expect(await cellOf(next(`SELECT count(*)::int FROM pg_locks WHERE locktype = 'advisory'`))).toBe(0);
  });

  test('it does not run on when it has lifted its own time limit', async () => {
    const endless = `SELECT CASE WHEN g = 1 THEN set_config('statement_timeout', '0', false)
      WHEN g = 5002 THEN pg_sleep(600)::text END FROM generate_series(1, 6000) g`;
    await expect(editor({}, 3)(endless)).rejects.toMatchObject({ failure: { class: 'timeout' } });
    const sleeping = async () => {
      const [answer] = await execute('postgres', `SELECT 1 FROM pg_stat_activity WHERE wait_event = 'PgSleep'`);
      return answer?.rowCount;
    };
    for (const deadline = Date.now() + 60_000; (await sleeping()) !== 0 && Date.now() < deadline;) {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect(await sleeping()).toBe(0);
  });

  test('columns keep their types, and macros bound the time', async () => {
    const answer = await ask(
      `SELECT end_time AS time, run_uuid, 1.5::float8 AS ratio, true AS yes, NULL::text AS nothing, to_timestamp(1) AS at
       FROM runs WHERE $__timeFilter(end_time) ORDER BY 1;`,
    );
    expect(answer.tables[0]?.columns).toEqual([
      { name: 'time', type: 'time', values: [T0 + 100, T0 + 500, T0 + 600, T0 + 1000, T0 + 1500] },
      { name: 'run_uuid', type: 'string', values: ['x1', 'e4', 'e5', 'b1', 'e1'] },
      { name: 'ratio', type: 'number', values: [1.5, 1.5, 1.5, 1.5, 1.5] },
      { name: 'yes', type: 'boolean', values: [true, true, true, true, true] },
      { name: 'nothing', type: 'string', values: [null, null, null, null, null] },
      { name: 'at', type: 'time', values: [1000, 1000, 1000, 1000, 1000] },
    ]);
  });

  test('rows are cut at the limit, and that is said', async () => {
    const answer = await ask('SELECT g FROM generate_series(1, 200000) g', { rows: 12_000 });
    expect(answer.tables[0]?.columns[0]?.values).toHaveLength(12_000);
    expect(answer.warnings.join()).toContain('Only the first 12000 rows');
  });

  test.each([
    ['a write', 'DELETE FROM runs'],
    ['a write inside a WITH', 'WITH gone AS (DELETE FROM runs RETURNING 1) SELECT * FROM gone'],
    ['two statements', 'SELECT 1; DROP TABLE runs'],
    ['leaving the transaction', 'SELECT 1; COMMIT; DELETE FROM runs'],
    ['a function that writes', `SELECT set_config('transaction_read_only', 'off', false) FROM nowhere`],
    ['nonsense', 'SELEC 1'],
  ])('%s is refused', async (_case, statement) => {
    await expect(ask(statement)).rejects.toMatchObject({ failure: { source: 'mlflow' } });
    const [runs] = await execute(databaseOf('3.17'), 'SELECT count(*)::int AS n FROM runs');
    expect(runs?.rows[0]).toEqual({ n: RUNS.length });
  });
});
