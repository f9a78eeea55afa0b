/** The `mlflow` builder: what was chosen in the editor as one reading statement, every value quoted by the driver. */
import pg from 'pg';
import type { MlflowQuery } from '../../src/contract/query';
import type { MlflowMapping } from '../../src/contract/settings';

const quote = (value: string): string => pg.escapeLiteral(value);
const quoteAll = (values: readonly string[]): string => values.map(quote).join(', ');
const time = (column: string, name: string): string => `to_timestamp(${column} / 1000.0) AS ${name}`;

const RUN = `${time('r.start_time', 'started')}, e.name AS experiment, r.name AS run, variant.value AS variant`;
/** With its experiment's, which a link to MLflow's page needs. */
const RUN_ID = 'r.run_uuid AS run_id, r.experiment_id::text AS experiment_id';
/** NaN is stored as 0 with `is_nan`. */
const METRIC_VALUE = 'CASE WHEN m.is_nan THEN NULL ELSE m.value END AS value';

/** Steps are bigint, and may be negative. */
const SMALLEST_STEP = '-9223372036854775808';

/** The statement; `$__timeFilter` in it is the source's to put in. */
export function writeMlflowStatement(query: MlflowQuery, mapping: Pick<MlflowMapping, 'variantParam'>): string {
  const { select, join, by, order } = partsOf(query);
  const { experiment, variants, statuses, inRange, limit } = query;
  const conditions = [
    "r.lifecycle_stage = 'active'",
    experiment !== '' && `e.name = ${quote(experiment)}`,
    variants.length > 0 && `variant.value IN (${quoteAll(variants)})`,
    statuses.length > 0 && `r.status IN (${quoteAll(statuses)})`,
    inRange && `$__timeFilter(${by})`,
  ].filter((condition) => condition !== false);
  return [
    `SELECT ${select}`,
    'FROM runs r',
    "JOIN experiments e ON e.experiment_id = r.experiment_id AND e.lifecycle_stage = 'active'",
    ...join,
    `LEFT JOIN params variant ON variant.run_uuid = r.run_uuid AND variant.key = ${quote(mapping.variantParam)}`,
    `WHERE ${conditions.join(' AND ')}`,
    `ORDER BY ${order}`,
    `LIMIT ${String(limit)}`,
  ].join('\n');
}

interface Parts {
  select: string;
  join: string[];
  /** The time a row belongs to, epoch ms. */
  by: string;
  order: string;
}

function partsOf({ list, keys, inRange, limit }: MlflowQuery): Parts {
  const among = (alias: string) => (keys.length > 0 ? ` AND ${alias}.key IN (${quoteAll(keys)})` : '');
  switch (list) {
    case 'runs':
      return {
        select: [
          RUN,
          RUN_ID,
          'r.status',
          time('r.end_time', 'ended'),
          ...keys.map(
            (key) =>
              `(SELECT m.value FROM latest_metrics m WHERE m.run_uuid = r.run_uuid AND m.key = ${quote(key)} AND NOT m.is_nan) AS ${pg.escapeIdentifier(key)}`,
          ),
        ].join(', '),
        join: [],
        by: 'r.start_time',
        order: 'r.start_time DESC NULLS LAST, r.run_uuid',
      };
    case 'metrics':
      return {
        select: `${RUN}, ${RUN_ID}, m.key AS metric, ${METRIC_VALUE}`,
        join: [`JOIN latest_metrics m ON m.run_uuid = r.run_uuid${among('m')}`],
        by: 'r.start_time',
        order: 'r.start_time DESC NULLS LAST, r.run_uuid, m.key',
      };
    case 'params':
      return {
        select: `${RUN}, ${RUN_ID}, p.key AS param, p.value`,
        join: [`JOIN params p ON p.run_uuid = r.run_uuid${among('p')}`],
        by: 'r.start_time',
        order: 'r.start_time DESC NULLS LAST, r.run_uuid, p.key',
      };
    case 'history':
      return {
        select: `m."timestamp" AS time, e.name AS experiment, r.name AS run, variant.value AS variant, m.key AS metric, ${METRIC_VALUE}, m.step`,
        join: inRange ? [`JOIN metrics m ON m.run_uuid = r.run_uuid${among('m')}`] : newestValues(keys, limit),
        by: 'm."timestamp"',
        order: 'm."timestamp" DESC, r.run_uuid, m.key, m.step DESC',
      };
    case 'versions':
      return {
        select: `${time('v.creation_time', 'created')}, e.name AS experiment, v.name AS model, v.version, v.current_stage AS stage, variant.value AS variant, v.status, ${RUN_ID}`,
        join: ['JOIN model_versions v ON v.run_id = r.run_uuid'],
        by: 'v.creation_time',
        order: 'v.creation_time DESC NULLS LAST, v.name, v.version DESC',
      };
  }
}

/**
 * The newest values of each run and key. One run may have recorded millions, so the step to begin with is looked up in the
 * index first; sorting them all by time would take seconds.
 */
function newestValues(keys: readonly string[], limit: number): string[] {
  const recorded =
    keys.length > 0
      ? `SELECT unnest(ARRAY[${quoteAll(keys)}]) AS key`
      : 'SELECT l.key FROM latest_metrics l WHERE l.run_uuid = r.run_uuid';
  const ofThem = (alias: string) => `${alias}.run_uuid = r.run_uuid AND ${alias}.key = recorded.key`;
  const first = `SELECT f.step FROM metrics f WHERE ${ofThem('f')} ORDER BY f.step DESC OFFSET ${String(limit - 1)} LIMIT 1`;
  return [
    `CROSS JOIN LATERAL (${recorded}) recorded`,
    `JOIN metrics m ON ${ofThem('m')} AND m.step >= coalesce((${first}), ${SMALLEST_STEP})`,
  ];
}
