/** Runs logged by real MLflow clients, one of each major version, read by our source through a role that only reads. */
import pg from 'pg';
import { z } from 'zod';
import { startPostgres, type RunningPostgres } from '../../../demo/stores/postgres';
import type { Source } from '../../../pkg/sources/source';
import { writeMlflowStatement } from '../../../pkg/queries/raw-mlflow';
import { mlflowQuerySchema } from '../../../src/contract/query';
import { complete, patient, sourcesOf } from '../sources/silent';
import { CLIENTS, logRuns, obtainClient, reasonToSkipClients, type ClientVersion } from './environment';

const skipReason = reasonToSkipClients();
if (skipReason !== null) {
  console.warn(`reading what real MLflow clients log is skipped: ${skipReason}`);
}

/** A clean machine fetches three clients first. */
const INSTALL_MS = 300_000;
const READER = { user: 'reader', password: 'only-read' };
/** Of the served run's history, in `log_runs.py`; the value it ends with has this step. */
const STEPS = 40;
const TABLES = [
  ...['experiments', 'experiment_tags', 'runs', 'metrics', 'latest_metrics', 'params', 'tags'],
  ...['model_versions', 'registered_model_aliases'],
];

const loggedSchema = z.object({
  version: z.string(),
  experimentId: z.string(),
  experiment: z.string(),
  served: z.string(),
  newest: z.string(),
  runs: z.array(
    z.object({
      id: z.string(),
      status: z.string(),
      variant: z.string(),
      ended: z.number().nullable(),
      accuracy: z.number().nullable(),
    }),
  ),
  history: z.array(z.object({ step: z.number(), value: z.number() })),
});
type Logged = z.infer<typeof loggedSchema>;

const isClientVersion = (text: string): text is ClientVersion => Object.hasOwn(CLIENTS, text);
const VERSIONS = Object.keys(CLIENTS).filter(isClientVersion);
const databaseOf = (version: ClientVersion) => `mlflow_${version.replaceAll('.', '_')}`;

let server: RunningPostgres;
const logged = new Map<ClientVersion, Logged>();

async function execute(database: string, ...statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: server.url(database) });
  await client.connect();
  try {
    for (const statement of statements) {
      await client.query(statement);
    }
  } finally {
    await client.end();
  }
}

async function logWith(version: ClientVersion): Promise<void> {
  const database = databaseOf(version);
  await execute('postgres', `CREATE DATABASE ${database}`);
  const python = await obtainClient(version);
  const uri = server.url(database).replace('postgresql:', 'postgresql+psycopg2:');
  logged.set(version, loggedSchema.parse(JSON.parse(await logRuns(python, uri))));
  await execute(
    database,
    ...TABLES.map(
      (table) =>
        `DO $$ BEGIN IF to_regclass('${table}') IS NOT NULL THEN GRANT SELECT ON ${table} TO ${READER.user}; END IF; END $$`,
    ),
  );
}

(skipReason === null ? describe : describe.skip)('runs logged by a real MLflow client', () => {
  beforeAll(async () => {
    server = await startPostgres();
    await execute('postgres', `CREATE ROLE ${READER.user} LOGIN PASSWORD '${READER.password}'`);
    await Promise.all(VERSIONS.map(logWith));
  }, INSTALL_MS);

  afterAll(() => server.stop());

  describe.each(VERSIONS)('%s', (version) => {
    let truth: Logged;
    let source: Source & Required<Pick<Source, 'experiments' | 'evaluations' | 'raw'>>;

    beforeAll(() => {
      const found = logged.get(version);
      if (!found) {
        throw new Error(`the client ${version} logged nothing`);
      }
      truth = found;
      const { host, port } = server;
      const settings = { mlflow: { host, port, user: READER.user, database: databaseOf(version) } };
      const sources = sourcesOf(settings, { mlflowPassword: READER.password });
      source = complete(sources, 'mlflow', 'experiments', 'evaluations', 'raw');
    });

    afterAll(() => source.dispose());

    test('was the client that logged', () => {
      expect(truth.version).toBe(version);
    });

    test('the connection test knows its schema and counts its runs, not the deleted one', async () => {
      const probe = await source.probe(patient());
      const schemas = {
        '1.30.1': 'MLflow 1.x schema',
        '2.22.5': 'MLflow 2.x schema',
        '3.17.2': 'MLflow ≥ 3.10 schema',
      };
      // MLflow itself adds the experiment “Default”, and the script one without variants.
      expect(probe).toMatchObject({
        version: schemas[version],
        found: `3 experiments, ${String(truth.runs.length + 1)} runs`,
        warnings: [],
      });
    });

    test('the experiment is found by its variants, under a name full of quotes', async () => {
      expect(await source.experiments(patient())).toEqual([
        { id: truth.experiment, variants: ['baseline', 'enhanced', 'young'], tags: { control: 'baseline' } },
      ]);
    });

    test('each variant is evaluated as the client itself reads it', async () => {
      const { variants, experimentId } = await source.evaluations(truth.experiment, [], patient());
      expect(experimentId).toBe(truth.experimentId);
      const runOf = (id: string) => truth.runs.find((run) => run.id === id);
      const finished = (variant: string) =>
        truth.runs.filter((run) => run.variant === variant && run.status === 'FINISHED');
      const meanOf = (variant: string, scale: number) => {
        const values = finished(variant).flatMap(({ accuracy }) => (accuracy === null ? [] : [accuracy * scale]));
        return { n: values.length, mean: values.reduce((sum, value) => sum + value, 0) / values.length };
      };
      expect(variants).toMatchObject([
        {
          variant: 'baseline',
          runId: truth.served,
          chosen: 'served',
          asOf: runOf(truth.served)?.ended,
          runs: 3,
          accuracy: runOf(truth.served)?.accuracy,
          precision: 0.71,
          recall: 0.69,
          testRows: 2000,
          overRuns: { n: 3, mean: expect.closeTo(meanOf('baseline', 1).mean, 12) as number },
        },
        // Its newest finished run logged infinity: a run stands for its variant with what it logged, or with nothing.
        { variant: 'enhanced', chosen: 'latest', runs: 4, accuracy: null, overRuns: { n: 2 } },
        { variant: 'young', runs: 0, accuracy: 0.5, overRuns: null },
      ]);
      const enhanced = variants.find(({ variant }) => variant === 'enhanced');
      expect(enhanced?.overRuns?.mean).toBeCloseTo(meanOf('enhanced', 0.01).mean, 12);
    });

    test.each([
      ['all of it', 1000],
      ['the newest, when there are more', 5],
    ])('the history of a metric has the steps and values the client reads: %s', async (_case, limit) => {
      const about = { experiment: truth.experiment, keys: ['accuracy'], variants: ['baseline'] };
      const query = { refId: 'A', queryType: 'mlflow', mode: 'builder', list: 'history', limit, ...about };
      const statement = writeMlflowStatement(mlflowQuerySchema.parse(query), { variantParam: 'model_variant' });
      const period = { from: 0, to: 1 };
      const { tables } = await source.raw({ statement, period, stepMs: 1000, isInstant: false }, patient());
      const columnOf = (name: string) => tables[0]?.columns.find((column) => column.name === name)?.values ?? [];
      const rows = columnOf('step').map((step, row) => ({ step, value: columnOf('value')[row] }));
      // The two runs beside it logged one value each, at the same step as its last one.
      const expected = [
        { step: STEPS, value: 0.79 },
        ...truth.history.toSorted((a, b) => b.step - a.step),
        { step: STEPS, value: 0.775 },
      ].slice(0, limit);
      expect(rows).toEqual(expected);
      expect(truth.history).toHaveLength(STEPS + 1);
    });
  });
});
