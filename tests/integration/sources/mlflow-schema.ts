/** MLflow's tables as three generations make them: only what the source reads, in each generation's own shape. */

export const GENERATIONS = ['1.30', '2.22', '3.17'] as const;
export type Generation = (typeof GENERATIONS)[number];

export function schemaOf(generation: Generation): string {
  const hasAliases = generation !== '1.30';
  const workspace = generation === '3.17' ? `, workspace varchar(63) NOT NULL DEFAULT 'default'` : '';
  return `
    CREATE TABLE experiments (experiment_id serial PRIMARY KEY, name varchar(256) NOT NULL, lifecycle_stage varchar(32), creation_time bigint ${workspace});
    CREATE TABLE experiment_tags (key varchar(250) NOT NULL, value text, experiment_id integer NOT NULL, PRIMARY KEY (key, experiment_id));
    CREATE TABLE runs (run_uuid varchar(32) PRIMARY KEY, name varchar(250), status varchar(9), start_time bigint, end_time bigint, lifecycle_stage varchar(20), experiment_id integer);
    CREATE TABLE metrics (key varchar(250) NOT NULL, value double precision NOT NULL, "timestamp" bigint NOT NULL, run_uuid varchar(32) NOT NULL, step bigint NOT NULL DEFAULT 0, is_nan boolean NOT NULL DEFAULT false);
    CREATE TABLE latest_metrics (key varchar(250) NOT NULL, value double precision NOT NULL, "timestamp" bigint, step bigint NOT NULL, is_nan boolean NOT NULL, run_uuid varchar(32) NOT NULL, PRIMARY KEY (key, run_uuid));
    CREATE TABLE params (key varchar(250) NOT NULL, value varchar(8000) NOT NULL, run_uuid varchar(32) NOT NULL, PRIMARY KEY (key, run_uuid));
    CREATE TABLE tags (key varchar(250) NOT NULL, value varchar(8000), run_uuid varchar(32) NOT NULL, PRIMARY KEY (key, run_uuid));
    CREATE TABLE model_versions (name varchar(256) NOT NULL, version integer NOT NULL, creation_time bigint, last_updated_time bigint, current_stage varchar(20), run_id varchar(32), status varchar(20) ${workspace});
    ${hasAliases ? `CREATE TABLE registered_model_aliases (alias varchar(256) NOT NULL, version integer NOT NULL, name varchar(256) NOT NULL ${workspace});` : ''}
    ${generation === '3.17' ? 'CREATE TABLE logged_models (model_id varchar(50) PRIMARY KEY, experiment_id integer);' : ''}
    CREATE TABLE secrets (value text);`;
}

/** A role that may read the named tables only, as a careful administrator makes it. */
export const READER = { user: 'reader', password: 'only-read' };

export function readerOf(generation: Generation): string {
  const tables = 'experiments, experiment_tags, runs, metrics, latest_metrics, params, tags, model_versions';
  const aliases = generation === '1.30' ? '' : ', registered_model_aliases';
  return `GRANT SELECT ON ${tables}${aliases} TO ${READER.user};`;
}

/** What the runs are; the truth the tests compare with. Times are epoch ms. */
export const T0 = 1_795_000_000_000;
const MAX = '1.7976931348623157e308';

interface Run {
  id: string;
  experiment: number;
  variant: string;
  status: 'FINISHED' | 'RUNNING' | 'FAILED';
  lifecycle: 'active' | 'deleted';
  end: number | null;
  metrics: Record<string, string>;
  params: Record<string, string>;
}

const run = (
  id: string,
  variant: string,
  end: number | null,
  metrics: Record<string, string>,
  extra: Partial<Run> = {},
): Run => ({
  id,
  experiment: 1,
  variant,
  status: end === null ? 'RUNNING' : 'FINISHED',
  lifecycle: 'active',
  end,
  metrics,
  params: { test_size: '2000' },
  ...extra,
});

/**
 * `baseline`: three finished runs, the second one served. `enhanced`: percent scale, a deleted better run, a NaN and an
 * infinite one. `young`: still running. `broken`: nothing usable.
 */
export const RUNS: readonly Run[] = [
  run('b1', 'baseline', T0 + 1000, { accuracy: '0.78', precision: '0.7' }),
  run('b2', 'baseline', T0 + 2000, { accuracy: '0.785', precision: '0.71', recall: '0.69', test_accuracy: '0.1' }),
  run('b3', 'baseline', T0 + 3000, { accuracy: '0.79' }),
  run('e1', 'enhanced', T0 + 1500, { test_accuracy: '82.1' }, { params: { test_size: '0.2', test_rows: '5000' } }),
  run('e2', 'enhanced', T0 + 2500, { accuracy: '83.0' }, { params: { test_size: '0.2' } }),
  run('e3', 'enhanced', T0 + 9000, { accuracy: '99.0' }, { lifecycle: 'deleted' }),
  run('e4', 'enhanced', T0 + 500, { accuracy: 'NaN' }),
  run('e5', 'enhanced', T0 + 600, { accuracy: MAX }),
  run('y1', 'young', null, { accuracy: '0.5' }),
  run('x1', 'broken', T0 + 100, { accuracy: '-3' }),
  run('o1', 'baseline', T0 + 9999, { accuracy: '0.11' }, { experiment: 3 }),
];

export function contentOf(generation: Generation): string {
  const text = (value: string) => `'${value.replaceAll("'", "''")}'`;
  const runs = RUNS.flatMap(({ id, experiment, variant, status, lifecycle, end, metrics, params }) => [
    `INSERT INTO runs VALUES (${text(id)}, ${text(id)}, '${status}', ${String(T0)}, ${end === null ? 'NULL' : String(end)}, '${lifecycle}', ${String(experiment)});`,
    ...Object.entries({ ...params, model_variant: variant }).map(
      ([key, value]) => `INSERT INTO params VALUES (${text(key)}, ${text(value)}, ${text(id)});`,
    ),
    ...Object.entries(metrics).map(
      ([key, value]) =>
        `INSERT INTO latest_metrics VALUES (${text(key)}, ${value === 'NaN' ? '0' : value}, ${String(T0)}, 0, ${String(value === 'NaN')}, ${text(id)});`,
    ),
  ]);
  return [
    `INSERT INTO experiments (name, lifecycle_stage) VALUES ('fraud-ab-test', 'active'), ('tagged', 'active'), ('old', 'deleted'), ('plain', 'active');`,
    `INSERT INTO experiment_tags VALUES ('uplift.control', 'baseline', 1), ('team', 'risk', 1), ('uplift.owner', 'ann', 2);`,
    ...runs,
    `INSERT INTO model_versions (name, version, creation_time, current_stage, run_id, status) VALUES
       ('fraud', 1, 1, 'None', 'b1', 'READY'), ('fraud', 2, 2, 'Production', 'b2', 'READY'), ('fraud', 3, 3, 'None', 'b3', 'READY'),
       ('fraud', 4, 4, 'Archived', 'e2', 'READY'), ('fraud', 5, 5, 'None', 'e2', 'FAILED_REGISTRATION');`,
    generation === '1.30'
      ? ''
      : `INSERT INTO registered_model_aliases (alias, version, name) VALUES ('champion', 1, 'fraud');`,
  ].join('\n');
}
