/** Who is ahead so far. */
import type { Standing } from '../../src/contract/frames';
import type { Analysis } from './analysis';
import type { ComparedRow } from './compare';

/** How much better than the control a row looks, in its metric's unit; −∞ when nothing was compared. */
function benefit({ metric, comparison }: ComparedRow): number {
  const lift = comparison.absolute?.estimate;
  if (lift === undefined) {
    return comparison.valueControl !== null && comparison.valueVariant !== null
      ? comparison.valueVariant - comparison.valueControl
      : -Infinity;
  }
  return metric.direction === 'lower' ? -lift : lift;
}

/** The treatment whose first goal metric looks best; shadows see no user and cannot lead. */
export function leadingVariant({ experiment, metrics, comparisons }: Analysis): string | undefined {
  const goal = metrics.find(({ role }) => role === 'goal') ?? metrics[0];
  const treatments = new Set(experiment.variants.filter(({ role }) => role === 'treatment').map(({ name }) => name));
  const rows = comparisons.filter(
    (row) => row.segment === null && row.metric.id === goal?.id && treatments.has(row.variant),
  );
  return rows.reduce<ComparedRow | undefined>(
    (best, row) => (best === undefined || benefit(row) > benefit(best) ? row : best),
    undefined,
  )?.variant;
}

/** Where a row's variant stands against the control; null where they are level, or nothing was compared. */
export function standingOf(row: ComparedRow): Standing | null {
  const better = benefit(row);
  return !Number.isFinite(better) || better === 0 ? null : better > 0 ? 'ahead' : 'behind';
}

/** The leading variant's row on a metric. */
export function leadingRow(analysis: Analysis, metricId: string): ComparedRow | undefined {
  const variant = leadingVariant(analysis);
  return analysis.comparisons.find(
    (row) => row.segment === null && row.metric.id === metricId && row.variant === variant,
  );
}
