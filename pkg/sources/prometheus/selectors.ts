/** The mapping's selectors, filled for one question. */
import type { PrometheusMapping } from '../../../src/contract/settings';
import type { Matcher } from './promql';
import { fillSelector, isOneOf } from './promql';

/** Counters of the mapping; each is read by `increase()`. */
export const COUNTERS = ['requests', 'errors', 'errorsFallback', 'sum', 'count', 'labelled', 'correct'] as const;
export type Counter = (typeof COUNTERS)[number];

export interface Subject {
  experiment: string | null;
  variants: readonly string[];
}

/** Matchers that pick an experiment and its variants; a series without the variant's label belongs to no variant. */
export function matchersOf(mapping: PrometheusMapping, { experiment, variants }: Subject): Matcher[] {
  const matchers: Matcher[] = [];
  if (mapping.experiment !== null && experiment !== null) {
    matchers.push({ label: mapping.experiment, op: '=', value: experiment });
  }
  matchers.push(
    variants.length > 0 ? isOneOf(mapping.variant, variants) : { label: mapping.variant, op: '!=', value: '' },
  );
  return matchers;
}

/** Matchers of a monitoring question: an experiment, and filters by dimension. */
export function dimensionMatchers(
  mapping: PrometheusMapping,
  experiment: string | null,
  filters: Readonly<Record<string, readonly string[]>>,
): Matcher[] {
  const matchers: Matcher[] = [];
  if (mapping.experiment !== null && experiment !== null) {
    matchers.push({ label: mapping.experiment, op: '=', value: experiment });
  }
  for (const [dimension, values] of Object.entries(filters)) {
    if (values.length > 0) {
      matchers.push(isOneOf(labelOf(mapping, dimension), values));
    }
  }
  // A selector of all series of a metric is fine, an empty list of matchers after a comma is not everywhere.
  return matchers.length > 0 ? matchers : [{ label: mapping.variant, op: '!=', value: '' }];
}

/** The selector of one series of the mapping; null where the mapping does not offer it. */
export function selectorOf(
  mapping: PrometheusMapping,
  name: Counter | 'bucket' | 'accuracyGauge',
  matchers: readonly Matcher[],
): string | null {
  const selector = mapping[name];
  return selector === null ? null : fillSelector(selector, matchers);
}

/** The label behind a dimension: all but free ones are named by the mapping. A deployment is what an experiment is of. */
export function labelOf(mapping: PrometheusMapping, dimension: string): string {
  switch (dimension) {
    case 'variant':
      return mapping.variant;
    case 'experiment':
    case 'deployment':
      return mapping.experiment ?? dimension;
    case 'feature':
      return mapping.feature;
    case 'version':
      return mapping.version ?? dimension;
    case 'instance':
      return mapping.instance;
    default:
      return dimension;
  }
}
