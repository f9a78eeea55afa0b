/** Experiments and dimension values as Prometheus's labels show them: index look-ups, whatever the traffic. */
import type { PrometheusMapping } from '../../../src/contract/settings';
import type { DiscoveredExperiment } from '../capabilities/discovery';
import type { PrometheusApi } from './api';
import { fillSelector } from './promql';
import { labelOf, matchersOf } from './selectors';

/** One look-up each; more experiments than this are not a test programme but a label that means something else. */
const MOST_EXPERIMENTS = 100;
const MOST_VALUES = 1000;

/** @throws FailureError */
export async function findExperiments(
  api: PrometheusApi,
  mapping: PrometheusMapping,
  signal: AbortSignal,
): Promise<DiscoveredExperiment[]> {
  const { experiment } = mapping;
  if (experiment === null) {
    return [];
  }
  const named = await api.labelValues(experiment, selectorFor(mapping, null), signal);
  return Promise.all(
    named.value
      .filter((id) => id !== '')
      .slice(0, MOST_EXPERIMENTS)
      .map(async (id): Promise<DiscoveredExperiment> => {
        const variants = await api.labelValues(mapping.variant, selectorFor(mapping, id), signal);
        return { id, variants: variants.value.filter((variant) => variant !== ''), tags: {} };
      }),
  );
}

/** Values of a dimension that contain `search`, case ignored. @throws FailureError */
export async function findDimensionValues(
  api: PrometheusApi,
  mapping: PrometheusMapping,
  { dimension, search, experiment = null }: { dimension: string; search: string; experiment?: string | null },
  signal: AbortSignal,
): Promise<string[]> {
  const { value } = await api.labelValues(labelOf(mapping, dimension), selectorFor(mapping, experiment), signal);
  const wanted = search.toLowerCase();
  return value.filter((text) => text !== '' && text.toLowerCase().includes(wanted)).slice(0, MOST_VALUES);
}

function selectorFor(mapping: PrometheusMapping, experiment: string | null): string {
  return fillSelector(mapping.requests, matchersOf(mapping, { experiment, variants: [] }));
}
