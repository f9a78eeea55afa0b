/** MLflow's database: made, filled with the past, and opened to a role that may only read. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { PROJECT } from '../stores/project';
import type { RunningPostgres } from '../stores/postgres';
import type { MetricRow, MlflowRows, RunRow } from './mlflow-rows';

export const MLFLOW_DATABASE = 'mlflow';
export const MLFLOW_READER = 'uplift_reader';

const readSchema = (name: string): Promise<string> => readFile(join(PROJECT, 'demo', 'schema', name), 'utf8');

/** Makes the database, its tables and the reader; does nothing where they exist already. */
export async function createMlflow(postgres: RunningPostgres, readerPassword: string): Promise<void> {
  const server = new pg.Client({ connectionString: postgres.url() });
  await server.connect();
  try {
    const { rowCount } = await server.query('SELECT 1 FROM pg_database WHERE datname = $1', [MLFLOW_DATABASE]);
    if (rowCount !== 0) return;
    await server.query(`CREATE DATABASE ${MLFLOW_DATABASE}`);
  } finally {
    await server.end();
  }
  const client = new pg.Client({ connectionString: postgres.url(MLFLOW_DATABASE) });
  await client.connect();
  try {
    await client.query(await readSchema('mlflow.sql'));
    await client.query((await readSchema('reader.sql')).replace('{{password}}', client.escapeLiteral(readerPassword)));
  } finally {
    await client.end();
  }
}

async function insertRuns(client: pg.ClientBase, runs: RunRow[]): Promise<void> {
  for (const run of runs) {
    await client.query(
      `INSERT INTO runs (run_uuid, name, source_type, user_id, status, start_time, end_time, lifecycle_stage, experiment_id, deleted_time)
       SELECT $1, $2, 'JOB', $3, $4, $5::bigint, $6::bigint, $7::text, experiment_id, CASE WHEN $7::text = 'deleted' THEN $5::bigint END
       FROM experiments WHERE name = $8
       ON CONFLICT (run_uuid) DO NOTHING`,
      [run.runId, run.name, run.user, run.status, run.start, run.end, run.lifecycle, run.experiment],
    );
    for (const [table, pairs] of [
      ['params', run.params],
      ['tags', run.tags],
    ] as const) {
      await client.query(
        `INSERT INTO ${table} (run_uuid, key, value) SELECT $1, key, value FROM jsonb_each_text($2) ON CONFLICT DO NOTHING`,
        [run.runId, JSON.stringify(pairs)],
      );
    }
  }
}

/** Logs metrics as MLflow does: every value into `metrics`, the highest step of a key also into `latest_metrics`. */
export async function logMetrics(client: pg.ClientBase | pg.Pool, metrics: MetricRow[]): Promise<void> {
  const columns = [
    metrics.map(({ runId }) => runId),
    metrics.map(({ key }) => key),
    metrics.map(({ value }) => value),
    metrics.map(({ time }) => time),
    metrics.map(({ step }) => step),
  ];
  const given =
    'unnest($1::text[], $2::text[], $3::float8[], $4::bigint[], $5::bigint[]) AS m (run_uuid, key, value, at, step)';
  await client.query(
    `INSERT INTO metrics (run_uuid, key, value, "timestamp", step) SELECT * FROM ${given} ON CONFLICT DO NOTHING`,
    columns,
  );
  await client.query(
    `INSERT INTO latest_metrics (run_uuid, key, value, "timestamp", step, is_nan)
     SELECT DISTINCT ON (m.run_uuid, m.key) m.run_uuid, m.key, m.value, m.at, m.step, false FROM ${given}
     ORDER BY m.run_uuid, m.key, m.step DESC
     ON CONFLICT (key, run_uuid) DO UPDATE
     SET value = excluded.value, "timestamp" = excluded."timestamp", step = excluded.step
     WHERE latest_metrics.step <= excluded.step`,
    columns,
  );
}

/** Registers one run, e.g. the one a live service logs to. */
export async function startRun(client: pg.ClientBase, run: RunRow): Promise<void> {
  await insertRuns(client, [run]);
}

export async function fillMlflow(postgres: Pick<RunningPostgres, 'url'>, rows: MlflowRows): Promise<void> {
  const client = new pg.Client({ connectionString: postgres.url(MLFLOW_DATABASE) });
  await client.connect();
  try {
    await client.query('BEGIN');
    for (const { name, created, tags } of rows.experiments) {
      const inserted = await client.query<{ experiment_id: number }>(
        `INSERT INTO experiments (name, lifecycle_stage, creation_time, last_update_time)
         VALUES ($1, 'active', $2, $2) RETURNING experiment_id`,
        [name, created],
      );
      await client.query(
        'INSERT INTO experiment_tags (experiment_id, key, value) SELECT $1, key, value FROM jsonb_each_text($2)',
        [inserted.rows[0]?.experiment_id, JSON.stringify(tags)],
      );
    }
    await insertRuns(client, rows.runs);
    await logMetrics(client, rows.metrics);
    for (const { model, version, runId, time, alias } of rows.versions) {
      await client.query(
        'INSERT INTO registered_models (name, creation_time, last_updated_time) VALUES ($1, $2, $2) ON CONFLICT DO NOTHING',
        [model, time],
      );
      await client.query(
        `INSERT INTO model_versions (name, version, creation_time, last_updated_time, current_stage, run_id, status)
         VALUES ($1, $2, $3, $3, 'None', $4, 'READY')`,
        [model, version, time, runId],
      );
      if (alias === null) continue;
      await client.query('INSERT INTO registered_model_aliases (name, alias, version) VALUES ($1, $2, $3)', [
        model,
        alias,
        version,
      ]);
    }
    await client.query('COMMIT');
  } finally {
    await client.end();
  }
}
