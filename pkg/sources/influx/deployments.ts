/** What is deployed, by the tags of scoring points. */
import type { Deployments, DeploymentsRequest } from '../source';
import { tagOf } from './mapping';
import type { InfluxReader } from './traffic';
import { tagFilters } from './traffic';

const DIMENSIONS = ['deployment', 'variant', 'model', 'version', 'environment', 'deployment_type', 'deployment_mode', 'problem_type']; // prettier-ignore
/** Each is two look-ups more; a mapping that yields more names something else. */
const MOST_DEPLOYMENTS = 50;

/** @throws FailureError */
export async function readDeployments(
  { dialect, mapping }: InfluxReader,
  { experiment, filters, period }: DeploymentsRequest,
  signal: AbortSignal,
): Promise<Omit<Deployments, 'endpoint' | 'warnings'>> {
  const { measurement, rows } = mapping;
  const by = DIMENSIONS.map((dimension) => ({ dimension, tag: tagOf(mapping, dimension) }));
  const own = tagFilters(mapping, experiment, filters);
  const tags = by.map(({ tag }) => tag);
  const columns = [{ as: 'rows', kind: 'sum' as const, field: rows }];
  const groups = await dialect.aggregate(
    { measurement, columns, filters: own, by: tags, period, bucketMs: null },
    signal,
  );
  const deployments = await Promise.all(
    groups.value.slice(0, MOST_DEPLOYMENTS).map(async (group) => {
      const exact = ['variant', 'version', 'environment']
        .map((dimension) => tagOf(mapping, dimension))
        .filter((tag) => group.tags[tag])
        .map((tag) => ({ tag, values: [group.tags[tag] ?? ''] }));
      const { value } = await dialect.sampleTimes(
        { measurement, field: rows, filters: [...own, ...exact], period },
        signal,
      );
      return {
        labels: Object.fromEntries(by.map(({ dimension, tag }) => [dimension, group.tags[tag] ?? ''])),
        firstSeen: value.first,
        lastSeen: value.newest,
      };
    }),
  );
  return { deployments, executed: groups.executed };
}
