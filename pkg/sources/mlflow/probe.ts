/** The connection test: is this MLflow's database, what does it hold, and can we do more than read. */
import type { MlflowMapping } from '../../../src/contract/settings';
import type { Probe } from '../capabilities/probe';
import type { Query } from './connection';
import type { Features } from './features';
import { schemaVersion } from './features';

const CONTENT = `
  SELECT (SELECT count(*) FROM experiments WHERE lifecycle_stage = 'active')::int AS experiments,
         (SELECT count(*) FROM runs WHERE lifecycle_stage = 'active')::int AS runs,
         (SELECT max(greatest(start_time, end_time)) FROM runs WHERE lifecycle_stage = 'active') AS newest,
         EXISTS (SELECT 1 FROM params WHERE key = $1) AS "hasVariants"`;

interface ContentRow {
  experiments: number;
  runs: number;
  newest: string | null;
  hasVariants: boolean;
}

export async function probeMlflow(
  query: Query,
  features: Features,
  mapping: MlflowMapping,
): Promise<Omit<Probe, 'endpoint' | 'latencyMs'>> {
  const [content] = await query<ContentRow>(CONTENT, [mapping.variantParam]);
  const warnings: string[] = [];
  if (features.writable) {
    warnings.push('the user can write: use a role that may only read');
  }
  if (!features.registry) {
    warnings.push(
      'the model registry can’t be read: the latest run stands for a variant instead of the served version',
    );
  }
  if (content && !content.hasVariants) {
    warnings.push(`no run has the param “${mapping.variantParam}” (mapping.mlflow.variantParam)`);
  }
  return {
    version: schemaVersion(features),
    newestSample: content?.newest == null ? null : Number(content.newest),
    found: `${String(content?.experiments ?? 0)} experiments, ${String(content?.runs ?? 0)} runs`,
    warnings,
  };
}
