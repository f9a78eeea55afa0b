/** What happened in MLflow during a period: runs of an experiment, and versions of models registered and promoted. */
import type { MlflowMapping } from '../../../src/contract/settings';
import type { Events, EventsRequest, StoreEvent } from '../capabilities/events';
import type { Query } from './connection';
import type { Features } from './features';

const MOST_EVENTS = 500;

const SUBJECT = `
  JOIN experiments e ON e.experiment_id = r.experiment_id AND e.lifecycle_stage = 'active' AND ($1::text IS NULL OR e.name = $1)
  LEFT JOIN params p ON p.run_uuid = r.run_uuid AND p.key = $2`;

const RUNS = `
  SELECT r.run_uuid AS run, r.name, r.status, r.start_time AS at, r.end_time AS until, p.value AS variant, e.experiment_id AS experiment
  FROM runs r ${SUBJECT}
  WHERE r.lifecycle_stage = 'active' AND r.start_time < $4 AND coalesce(r.end_time, r.start_time) >= $3
  ORDER BY r.start_time DESC LIMIT $5`;

interface RunRow {
  run: string;
  name: string | null;
  status: string;
  /** A bigint, which the driver gives as text. */
  at: string;
  until: string | null;
  variant: string | null;
  experiment: number;
}

/** A version is promoted when its stage changes; giving it an alias leaves no time behind, so its registration stands for it. */
const versions = ({ aliases, workspaces }: Features): string => `
  SELECT v.name AS model, v.version, v.current_stage AS stage, v.creation_time AS created, v.last_updated_time AS updated,
         ${
           aliases
             ? `(SELECT min(a.alias) FROM registered_model_aliases a WHERE a.name = v.name AND a.version = v.version ${workspaces ? 'AND a.workspace = v.workspace' : ''})`
             : 'NULL::text'
         } AS alias,
         r.run_uuid AS run, p.value AS variant, e.experiment_id AS experiment
  FROM model_versions v JOIN runs r ON r.run_uuid = v.run_id ${SUBJECT}
  WHERE v.status = 'READY' AND v.creation_time < $4 AND coalesce(v.last_updated_time, v.creation_time) >= $3
  ORDER BY v.creation_time DESC LIMIT $5`;

interface VersionRow {
  model: string;
  version: number;
  stage: string | null;
  created: string;
  updated: string | null;
  alias: string | null;
  run: string;
  variant: string | null;
  experiment: number;
}

/** @throws whatever the driver throws; the connection classifies it */
export async function readEvents(
  query: Query,
  features: Features,
  mapping: MlflowMapping,
  { experiment, kinds, period }: EventsRequest,
): Promise<Omit<Events, 'endpoint'>> {
  const executed: string[] = [];
  const warnings: string[] = [];
  const values = [experiment, mapping.variantParam, period.from, period.to, MOST_EVENTS];
  const run: Query = async (text, bound) => {
    executed.push(text.trim());
    const rows = await query<never>(text, bound);
    if (rows.length === MOST_EVENTS) {
      warnings.push(`MLflow: only the newest ${String(MOST_EVENTS)} of each kind are marked.`);
    }
    return rows;
  };
  const runs = kinds.includes('runs') ? (await run<RunRow>(RUNS, values)).map(runEvent) : [];
  const promotions =
    kinds.includes('promotions') && features.registry
      ? (await run<VersionRow>(versions(features), values)).flatMap((row) => versionEvents(row))
      : [];
  const events = [...runs, ...promotions].filter(({ at, until }) => at < period.to && (until ?? at) >= period.from);
  return { events, warnings, executed };
}

function runEvent({ run, name, status, at, until, variant, experiment }: RunRow): StoreEvent {
  return {
    kind: 'runs',
    at: Number(at),
    until: until === null ? null : Number(until),
    title: `Run ${name ?? run}`,
    text: status === 'RUNNING' ? 'is running' : status.toLowerCase(),
    variant,
    run: { experiment: String(experiment), id: run },
    version: null,
  };
}

function versionEvents(row: VersionRow): StoreEvent[] {
  const { model, version, stage, alias, created, updated, variant } = row;
  const event = (at: string, text: string): StoreEvent => ({
    kind: 'promotions',
    at: Number(at),
    until: null,
    title: `${model} version ${String(version)}`,
    text,
    variant,
    run: { experiment: String(row.experiment), id: row.run },
    version: { model, version: String(version) },
  });
  const registered = event(created, alias === null ? 'registered' : `registered, now @${alias}`);
  const isStaged = stage !== null && stage !== 'None';
  return isStaged && updated !== null ? [registered, event(updated, `moved to ${stage}`)] : [registered];
}
