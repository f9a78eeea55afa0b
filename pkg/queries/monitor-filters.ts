/** A query's filters as one store spells them. */
import type { SourceName } from '../../src/calc/provenance';
import type { MonitorQuery } from '../../src/contract/query';
import type { Experiment } from '../experiment/definition';
import { variantAlias } from '../experiment/definition';

/** Variants are named as the experiment names them; other dimensions have one spelling everywhere. */
export function filtersFor(
  { filters }: Pick<MonitorQuery, 'filters'>,
  experiment: Experiment | null,
  source: SourceName,
): MonitorQuery['filters'] {
  const { variant } = filters;
  if (!variant || !experiment) {
    return filters;
  }
  const aliasOf = (name: string) => {
    const known = experiment.variants.find((candidate) => candidate.name === name);
    return known ? variantAlias(known, source) : name;
  };
  return { ...filters, variant: variant.map(aliasOf) };
}
