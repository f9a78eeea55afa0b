/** MLflow experiments that are A/B tests: their runs carry the variant's param, or they are tagged `uplift.*`. */
import type { MlflowMapping } from '../../../src/contract/settings';
import type { DiscoveredExperiment } from '../capabilities/discovery';
import type { Query } from './connection';
import { findKeys, isKeyList } from './keys';

const TAG_PREFIX = 'uplift.';
const MOST_EXPERIMENTS = 500;

const EXPERIMENTS = `
  WITH tested AS (
    SELECT r.experiment_id, array_agg(DISTINCT p.value ORDER BY p.value) AS variants
    FROM params p JOIN runs r ON r.run_uuid = p.run_uuid AND r.lifecycle_stage = 'active'
    WHERE p.key = $1 GROUP BY r.experiment_id
  ), tagged AS (
    SELECT experiment_id, json_object_agg(substr(key, length($2) + 1), value) AS tags
    FROM experiment_tags WHERE starts_with(key, $2) AND value IS NOT NULL GROUP BY experiment_id
  )
  SELECT e.name, coalesce(t.variants, '{}') AS variants, coalesce(g.tags, '{}') AS tags
  FROM experiments e LEFT JOIN tested t USING (experiment_id) LEFT JOIN tagged g USING (experiment_id)
  WHERE e.lifecycle_stage = 'active' AND (t.experiment_id IS NOT NULL OR g.experiment_id IS NOT NULL)
  ORDER BY e.experiment_id DESC LIMIT $3`;

export async function findExperiments(query: Query, mapping: MlflowMapping): Promise<DiscoveredExperiment[]> {
  const rows = await query<{ name: string; variants: string[]; tags: Record<string, string> }>(EXPERIMENTS, [
    mapping.variantParam,
    TAG_PREFIX,
    MOST_EXPERIMENTS,
  ]);
  return rows.map(({ name, variants, tags }) => ({ id: name, variants, tags }));
}

const VARIANTS = `
  SELECT DISTINCT p.value FROM params p JOIN runs r ON r.run_uuid = p.run_uuid AND r.lifecycle_stage = 'active'
  JOIN experiments e ON e.experiment_id = r.experiment_id AND ($4::text IS NULL OR e.name = $4)
  WHERE p.key = $1 AND strpos(lower(p.value), lower($2)) > 0 ORDER BY 1 LIMIT $3`;
const NAMES = `
  SELECT name AS value FROM experiments
  WHERE lifecycle_stage = 'active' AND strpos(lower(name), lower($1)) > 0 ORDER BY 1 LIMIT $2`;
const MOST_VALUES = 1000;

/** Values of `experiment`, `variant`, or any param; of `#metric` and `#param`, the keys themselves. */
export async function findDimensionValues(
  query: Query,
  mapping: MlflowMapping,
  { dimension, search, experiment }: { dimension: string; search: string; experiment?: string },
): Promise<string[]> {
  if (isKeyList(dimension)) {
    return findKeys(query, dimension, search, MOST_VALUES);
  }
  const rows =
    dimension === 'experiment'
      ? await query<{ value: string }>(NAMES, [search, MOST_VALUES])
      : await query<{ value: string }>(VARIANTS, [
          dimension === 'variant' ? mapping.variantParam : dimension,
          search,
          MOST_VALUES,
          experiment ?? null,
        ]);
  return rows.map(({ value }) => value);
}
