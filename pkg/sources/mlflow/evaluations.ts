/** The offline evaluation of each variant: which run stands for it, and what that run measured on its test set. */
import { FailureError } from '../../../src/contract/failure';
import type { MlflowMapping } from '../../../src/contract/settings';
import type { Evaluation, Evaluations } from '../capabilities/evaluations';
import type { Bind, Query } from './connection';
import type { Features } from './features';
import { readFraction, readTestRows } from './measures';
import type { Measure } from './measures';

const EXPERIMENT = `
  SELECT experiment_id FROM experiments WHERE name = $1 AND lifecycle_stage = 'active' ORDER BY experiment_id DESC LIMIT 2`;

/**
 * Per variant: its finished runs, its newest run, and its accuracy over the finished runs. Only usable values count: NaN
 * is stored as 0 with \`is_nan\`, infinities as ±DBL_MAX, and any of those would poison an average or overflow it. Of several
 * keys, the first in the mapping's order counts for each run.
 */
const VARIANTS = `
  WITH tried AS (
    SELECT r.run_uuid, p.value AS variant, r.status, coalesce(r.end_time, r.start_time) AS as_of
    FROM runs r JOIN params p ON p.run_uuid = r.run_uuid AND p.key = $2
    WHERE r.experiment_id = $1 AND r.lifecycle_stage = 'active' AND r.status IN ('FINISHED', 'RUNNING')
  ), measured AS (
    SELECT DISTINCT ON (m.run_uuid) m.run_uuid,
           CASE WHEN $4 = 'percent' OR ($4 = 'auto' AND m.value > 1) THEN m.value / 100 ELSE m.value END AS accuracy
    FROM tried t JOIN latest_metrics m ON m.run_uuid = t.run_uuid AND m.key = ANY ($3)
    WHERE t.status = 'FINISHED' AND NOT m.is_nan AND abs(m.value) < 1.7976931348623157e308
    ORDER BY m.run_uuid, array_position($3::text[], m.key::text)
  )
  SELECT t.variant, count(*) FILTER (WHERE t.status = 'FINISHED')::int AS runs,
         count(a.accuracy)::int AS n, avg(a.accuracy) AS mean, stddev_samp(a.accuracy) AS sd,
         (array_agg(t.run_uuid ORDER BY t.status, t.as_of DESC NULLS LAST, t.run_uuid))[1] AS newest
  FROM tried t LEFT JOIN measured a ON a.run_uuid = t.run_uuid AND a.accuracy BETWEEN 0 AND 1
  GROUP BY t.variant ORDER BY t.variant`;

/**
 * The registry's model versions made by runs of this experiment, best candidate for “served” first: one with an alias,
 * then by stage, then the newest.
 */
function servedStatement({ aliases, workspaces }: Features): string {
  const sameWorkspace = workspaces ? 'AND a.workspace = v.workspace' : '';
  const alias = aliases
    ? `(SELECT min(a.alias) FROM registered_model_aliases a WHERE a.name = v.name AND a.version = v.version ${sameWorkspace})`
    : 'NULL::text';
  return `
    SELECT DISTINCT ON (p.value) p.value AS variant, v.run_id, v.name AS model, v.version, v.current_stage AS stage, ${alias} AS alias
    FROM model_versions v
    JOIN runs r ON r.run_uuid = v.run_id AND r.lifecycle_stage = 'active' AND r.experiment_id = $1
    JOIN params p ON p.run_uuid = r.run_uuid AND p.key = $2
    WHERE v.status = 'READY' AND coalesce(v.current_stage, 'None') <> 'Archived'
    ORDER BY p.value, ${alias} IS NULL,
             CASE v.current_stage WHEN 'Production' THEN 0 WHEN 'Staging' THEN 1 ELSE 2 END,
             v.creation_time DESC NULLS LAST, v.version DESC`;
}

const RUNS = `SELECT run_uuid, status, coalesce(end_time, start_time) AS as_of FROM runs WHERE run_uuid = ANY ($1)`;
const METRICS = `SELECT run_uuid, key, value, is_nan FROM latest_metrics WHERE run_uuid = ANY ($1) AND key = ANY ($2)`;
const PARAMS = `SELECT run_uuid, key, value FROM params WHERE run_uuid = ANY ($1) AND key = ANY ($2)`;

interface VariantRow {
  variant: string;
  runs: number;
  n: number;
  mean: number | null;
  sd: number | null;
  newest: string;
}
interface ServedRow {
  variant: string;
  run_id: string;
  model: string;
  version: number;
  stage: string | null;
  alias: string | null;
}
interface RunRow {
  run_uuid: string;
  status: string;
  /** A bigint, which the driver gives as text. */
  as_of: string | null;
}

/** @throws FailureError class `config` when MLflow has no such active experiment */
export async function readEvaluations(
  query: Query,
  features: Features,
  mapping: MlflowMapping,
  experiment: string,
  variants: readonly string[],
): Promise<Omit<Evaluations, 'endpoint'>> {
  const executed: string[] = [];
  const run: Query = (text, values) => {
    executed.push(text.trim());
    return query(text, values);
  };
  const warnings: string[] = [];
  const experimentId = await findExperiment(run, experiment, warnings);
  const about: Bind[] = [experimentId, mapping.variantParam];
  const rows = (await run<VariantRow>(VARIANTS, [...about, mapping.accuracy, mapping.accuracyScale])).filter(
    ({ variant }) => variants.length === 0 || variants.includes(variant),
  );
  const served = features.registry ? await run<ServedRow>(servedStatement(features), about) : [];
  const chosen = rows.map((row) => {
    const version = served.find(({ variant }) => variant === row.variant);
    return { row, version, runId: version?.run_id ?? row.newest };
  });
  const details = await readRuns(
    run,
    mapping,
    chosen.map(({ runId }) => runId),
  );
  const evaluations = chosen.map(({ row, version, runId }): Evaluation => {
    const measures = details.measures.filter((measure) => measure.run === runId);
    const found = details.runs.find(({ run_uuid }) => run_uuid === runId);
    if (!version) {
      const kind = found?.status === 'RUNNING' ? 'newest, still running' : 'latest finished';
      warnings.push(
        `MLflow: no registered model version comes from variant “${row.variant}”: its ${kind} run stands for it.`,
      );
    }
    const fraction = (keys: readonly string[]) => readFraction(measures, keys, mapping.accuracyScale);
    return {
      variant: row.variant,
      runId,
      chosen: version ? 'served' : 'latest',
      asOf: Number(found?.as_of ?? 0),
      runs: row.runs,
      accuracy: fraction(mapping.accuracy),
      precision: fraction(mapping.precision),
      recall: fraction(mapping.recall),
      testRows: readTestRows(measures, mapping),
      overRuns: row.n > 0 && row.mean !== null ? { n: row.n, mean: row.mean, sd: row.sd ?? 0 } : null,
    };
  });
  for (const { variant, accuracy } of evaluations) {
    if (accuracy === null) {
      warnings.push(`MLflow: variant “${variant}” has no usable accuracy (${mapping.accuracy.join(', ')}).`);
    }
  }
  return { experimentId, variants: evaluations, warnings, executed };
}

async function findExperiment(query: Query, name: string, warnings: string[]): Promise<string> {
  const found = await query<{ experiment_id: number }>(EXPERIMENT, [name]);
  const [first] = found;
  if (!first) {
    throw new FailureError({
      class: 'config',
      source: 'mlflow',
      field: 'experiment',
      message: `MLflow has no active experiment “${name}”.`,
      fix: 'Check the name (case matters), or set the experiment’s alias for mlflow.',
    });
  }
  if (found.length > 1) {
    warnings.push(`MLflow: several workspaces have an experiment “${name}”; the newest is read.`);
  }
  return String(first.experiment_id);
}

async function readRuns(
  query: Query,
  mapping: MlflowMapping,
  runs: readonly string[],
): Promise<{ runs: RunRow[]; measures: Measure[] }> {
  const keys = [...mapping.accuracy, ...mapping.precision, ...mapping.recall, mapping.testRows];
  const found = await query<RunRow>(RUNS, [runs]);
  const metrics = await query<{ run_uuid: string; key: string; value: number; is_nan: boolean }>(METRICS, [runs, keys]);
  const params = await query<{ run_uuid: string; key: string; value: string }>(PARAMS, [
    runs,
    [mapping.testSizeParam, mapping.testRows],
  ]);
  return {
    runs: found,
    measures: [
      ...metrics.map(({ run_uuid, key, value, is_nan }) => ({
        run: run_uuid,
        kind: 'metric' as const,
        key,
        value: is_nan ? Number.NaN : value,
      })),
      ...params.map(({ run_uuid, key, value }) => ({
        run: run_uuid,
        kind: 'param' as const,
        key,
        value: Number(value),
      })),
    ],
  };
}
