/** MLflow's database as years of use leave it: ten million recorded metric values, made by the server itself. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { PROJECT } from '../../demo/stores/project';

/** 10,000 runs × 10 metrics × 90 steps, and one run that recorded a million steps of one metric. */
export const EXPERIMENTS = 500;
const RUNS_EACH = 20;
const METRICS_EACH = 10;
const STEPS = 90;
export const LONG_HISTORY = 1_000_000;
export const ROWS = EXPERIMENTS * RUNS_EACH * METRICS_EACH * STEPS + LONG_HISTORY;

export const MIDDLE = { id: EXPERIMENTS / 2, name: `experiment-${String(EXPERIMENTS / 2)}` };
export const LONG = { run: 'long', metric: 'loss' };
/** Epoch ms of the first run; each run starts a minute after the one before, each step lasts a second. */
export const BEGAN = 1_750_000_000_000;

const RUN = `lpad(to_hex(r), 32, '0')`;
const EXPERIMENT_OF_RUN = `(r - 1) / ${String(RUNS_EACH)} + 1`;
/** Every run records accuracy, precision and recall, and seven of forty others. */
const KEY = `CASE k WHEN 1 THEN 'accuracy' WHEN 2 THEN 'precision' WHEN 3 THEN 'recall' ELSE 'metric_' || ((${EXPERIMENT_OF_RUN} + k) % 40) END`;
const STARTED = `${String(BEGAN)} + r * 60000::bigint`;
const runs = `generate_series(1, ${String(EXPERIMENTS * RUNS_EACH)}) r`;
const keys = `generate_series(1, ${String(METRICS_EACH)}) k`;

const STATEMENTS = [
  // Checked and indexed once at the end, not ten million times.
  'ALTER TABLE metrics DROP CONSTRAINT metrics_pkey, DROP CONSTRAINT metrics_run_uuid_fkey',
  'DROP INDEX index_metrics_run_uuid, index_metrics_run_uuid_key_step',
  `INSERT INTO experiments (name, lifecycle_stage, creation_time)
   SELECT 'experiment-' || e, 'active', ${String(BEGAN)} FROM generate_series(1, ${String(EXPERIMENTS)}) e`,
  `INSERT INTO runs (run_uuid, name, status, start_time, end_time, lifecycle_stage, experiment_id)
   SELECT ${RUN}, 'run-' || r, 'FINISHED', ${STARTED}, ${STARTED} + ${String(STEPS * 1000)}, 'active', ${EXPERIMENT_OF_RUN} FROM ${runs}`,
  `INSERT INTO runs (run_uuid, name, status, start_time, end_time, lifecycle_stage, experiment_id)
   VALUES ('${LONG.run}', 'long', 'FINISHED', ${String(BEGAN)}, ${String(BEGAN + LONG_HISTORY * 1000)}, 'active', ${String(MIDDLE.id)})`,
  `INSERT INTO params (key, value, run_uuid)
   SELECT p.key, p.value, ${RUN} FROM ${runs}, LATERAL (VALUES
     ('model_variant', CASE r % 2 WHEN 0 THEN 'baseline' ELSE 'enhanced' END), ('test_size', '2000'), ('depth', (r % 9)::text)) p(key, value)`,
  `INSERT INTO metrics (key, value, "timestamp", run_uuid, step, is_nan)
   SELECT ${KEY}, 0.7 + s * 0.001 + (r % 7) * 0.001, ${STARTED} + s * 1000, ${RUN}, s, false
   FROM ${runs}, ${keys}, generate_series(1, ${String(STEPS)}) s`,
  `INSERT INTO metrics (key, value, "timestamp", run_uuid, step, is_nan)
   SELECT '${LONG.metric}', 1.0 / s, ${String(BEGAN)} + s * 1000::bigint, '${LONG.run}', s, false FROM generate_series(1, ${String(LONG_HISTORY)}) s`,
  `INSERT INTO latest_metrics (key, value, "timestamp", run_uuid, step, is_nan)
   SELECT ${KEY}, 0.7 + ${String(STEPS)} * 0.001 + (r % 7) * 0.001, ${STARTED} + ${String(STEPS * 1000)}, ${RUN}, ${String(STEPS)}, false FROM ${runs}, ${keys}`,
  `INSERT INTO latest_metrics (key, value, "timestamp", run_uuid, step, is_nan)
   VALUES ('${LONG.metric}', ${String(1 / LONG_HISTORY)}, ${String(BEGAN + LONG_HISTORY * 1000)}, '${LONG.run}', ${String(LONG_HISTORY)}, false)`,
  `INSERT INTO registered_models (workspace, name) VALUES ('default', 'ranker')`,
  `INSERT INTO model_versions (workspace, name, version, creation_time, current_stage, run_id, status)
   SELECT 'default', 'ranker', r, ${STARTED}, 'None', ${RUN}, 'READY' FROM ${runs} WHERE r % 10 = 0`,
  // As MLflow 3.12 and later has them.
  'ALTER TABLE metrics ADD PRIMARY KEY (key, "timestamp", step, run_uuid, value, is_nan)',
  'CREATE INDEX index_metrics_run_uuid ON metrics (run_uuid)',
  'CREATE INDEX index_metrics_run_uuid_key_step ON metrics (run_uuid, key, step)',
  'ALTER TABLE metrics ADD FOREIGN KEY (run_uuid) REFERENCES runs',
  'VACUUM ANALYZE',
];

/** Makes MLflow's tables in an empty database and fills them: two minutes and 3 GB. */
export async function fillMlflow(connectionString: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await client.query(await readFile(join(PROJECT, 'demo/schema/mlflow.sql'), 'utf8'));
    for (const statement of STATEMENTS) {
      await client.query(statement);
    }
  } finally {
    await client.end();
  }
}
