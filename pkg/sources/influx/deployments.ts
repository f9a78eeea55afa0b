/** What is deployed, by the tags of scoring points. */
import type { Deployments, DeploymentsRequest } from '../capabilities/deployments';
import { tagOf } from './mapping';
import type { InfluxReader } from './traffic';
import { tagFilters } from './traffic';

const DIMENSIONS = ['deployment', 'variant', 'model', 'version', 'environment', 'deployment_type', 'deployment_mode', 'problem_type']; // prettier-ignore
/** Nobody reads more; a mapping that yields them names something else. */
const MOST_DEPLOYMENTS = 50;

/** The ones seen last come first. @throws FailureError */
export async function readDeployments(
  { dialect, mapping }: InfluxReader,
  { experiment, filters, period }: DeploymentsRequest,
  signal: AbortSignal,
): Promise<Omit<Deployments, 'endpoint'>> {
  const { measurement, rows } = mapping;
  const tags = DIMENSIONS.map((dimension) => ({ dimension, tag: tagOf(mapping, dimension) }));
  const own = tagFilters(mapping, experiment, filters);
  const by = tags.map(({ tag }) => tag);
  const found = await dialect.sampleTimes({ measurement, field: rows, filters: own, by, period }, signal);
  const newest = found.value.toSorted((a, b) => b.newest - a.newest || b.first - a.first);
  const shown = newest.slice(0, MOST_DEPLOYMENTS);
  const cut =
    shown.length < newest.length
      ? [`Only the ${String(shown.length)} deployments seen last of ${String(newest.length)} are shown.`]
      : [];
  return {
    deployments: shown.map((group) => ({
      labels: Object.fromEntries(tags.map(({ dimension, tag }) => [dimension, group.tags[tag] ?? ''])),
      firstSeen: group.first,
      lastSeen: group.newest,
    })),
    warnings: [...found.warnings, ...cut],
    executed: found.executed,
  };
}
