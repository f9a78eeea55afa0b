/** Names of metrics and params, for editors: distinct keys of tables with a row a run and key. */
import type { Query } from './connection';

/** No key that MLflow accepts holds a `#`, so these are dimensions that no param can be taken for. */
const TABLES = { '#metric': 'latest_metrics', '#param': 'params' } as const;
export type KeyList = keyof typeof TABLES;

export const isKeyList = (dimension: string): dimension is KeyList => Object.hasOwn(TABLES, dimension);

/**
 * The index is walked from each key straight to the next one: as many steps as there are keys, where DISTINCT would read
 * every row.
 */
const statement = (table: string): string => `
  WITH RECURSIVE found AS (
    (SELECT key FROM ${table} ORDER BY key LIMIT 1)
    UNION ALL
    SELECT (SELECT t.key FROM ${table} t WHERE t.key > found.key ORDER BY t.key LIMIT 1) FROM found WHERE found.key IS NOT NULL
  )
  SELECT key FROM found WHERE key IS NOT NULL AND strpos(lower(key), lower($1)) > 0 LIMIT $2`;

/** Sorted as the database sorts. */
export async function findKeys(query: Query, list: KeyList, search: string, limit: number): Promise<string[]> {
  const rows = await query<{ key: string }>(statement(TABLES[list]), [search, limit]);
  return rows.map(({ key }) => key);
}
