/** What this MLflow's schema offers, found by looking at its tables and never by the migration's hash. */
import type { Query } from './connection';

export interface Features {
  /** Aliases of registered models (MLflow 2.3 and later), readable to us. */
  aliases: boolean;
  /** The model registry's versions, readable to us. */
  registry: boolean;
  /** Registered models belong to a workspace (MLflow 3.10 and later). */
  workspaces: boolean;
  /** Logged models (MLflow 3). */
  loggedModels: boolean;
  /** The user may change MLflow's data. */
  writable: boolean;
}

// The catalogue itself is asked for the column: planning its standard view alone would take three milliseconds.
// The privilege is asked by table and not by name alone: a careful role may read the runs and not the registry.
const FEATURES = `
  SELECT coalesce(has_table_privilege(to_regclass('registered_model_aliases'), 'SELECT'), false) AS aliases,
         coalesce(has_table_privilege(to_regclass('model_versions'), 'SELECT'), false) AS registry,
         EXISTS (SELECT 1 FROM pg_attribute
                 WHERE attrelid = to_regclass('model_versions') AND attname = 'workspace' AND NOT attisdropped) AS workspaces,
         to_regclass('logged_models') IS NOT NULL AS "loggedModels",
         coalesce(has_table_privilege(to_regclass('runs'), 'INSERT, UPDATE, DELETE'), false) AS writable`;

const NOTHING: Features = { aliases: false, registry: false, workspaces: false, loggedModels: false, writable: false };

export async function detectFeatures(query: Query): Promise<Features> {
  const [features] = await query<Features>(FEATURES);
  return features ?? NOTHING;
}

/** MLflow writes its version nowhere in the database; the schema tells the span. */
export function schemaVersion(features: Features): string {
  if (features.workspaces) {
    return 'MLflow ≥ 3.10 schema';
  }
  if (features.loggedModels) {
    return 'MLflow 3.x schema';
  }
  return features.aliases ? 'MLflow 2.x schema' : 'MLflow 1.x schema';
}
