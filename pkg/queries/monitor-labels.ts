/** A store's names of variants, as the experiment names them. */
import type { SourceName } from '../../src/calc/provenance';
import type { Experiment } from '../experiment/definition';
import { variantByAlias } from '../experiment/definition';

/** The variant's own name; a name that no variant maps to is kept. */
export function ownVariant(experiment: Experiment | null, source: SourceName, alias: string): string {
  return (experiment && variantByAlias(experiment, source, alias)?.name) ?? alias;
}

/** Labels with the variant, if any, under its own name. */
export function ownLabels(
  experiment: Experiment | null,
  source: SourceName,
  labels: Record<string, string>,
): Record<string, string> {
  return labels.variant === undefined ? labels : { ...labels, variant: ownVariant(experiment, source, labels.variant) };
}

/** In the experiment's own order, so that colours stay; names no variant maps to come last, in the order given. */
export function inVariantOrder<T extends { labels: Record<string, string> }>(
  experiment: Experiment | null,
  items: readonly T[],
): T[] {
  const rank = new Map(experiment?.variants.map(({ name }, index) => [name, index]));
  const rankOf = ({ labels }: T) => rank.get(labels.variant ?? '') ?? rank.size;
  return items.toSorted((a, b) => rankOf(a) - rankOf(b));
}

/** What a series is told apart by, whatever the order of its labels. */
export const labelsKey = (labels: Record<string, string>): string => JSON.stringify(Object.entries(labels).sort());
