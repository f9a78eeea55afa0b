/** The metrics every experiment has, and how a definition's list is completed from them. */
import type { MetricDefinition } from '../../src/contract/experiment';
import { FailureError } from '../../src/contract/failure';
import type { MetricMeta } from '../../src/contract/frames';

export const BUILT_IN_METRICS = ['accuracy', 'error_rate', 'latency_mean_ms', 'latency_p95_ms'] as const;
export type BuiltInMetric = (typeof BUILT_IN_METRICS)[number];

/** A metric with everything settled; `id` is one the evidence can answer. */
export interface Metric extends MetricMeta {
  id: BuiltInMetric;
}

const CATALOGUE: Record<BuiltInMetric, Metric> = {
  accuracy: {
    id: 'accuracy',
    label: 'Accuracy',
    kind: 'proportion',
    direction: 'higher',
    role: 'goal',
    unit: 'fraction',
  },
  error_rate: {
    id: 'error_rate',
    label: 'Error rate',
    kind: 'proportion',
    direction: 'lower',
    role: 'secondary',
    unit: 'fraction',
  },
  latency_mean_ms: {
    id: 'latency_mean_ms',
    label: 'Latency mean',
    kind: 'mean',
    direction: 'lower',
    role: 'secondary',
    unit: 'ms',
  },
  latency_p95_ms: {
    id: 'latency_p95_ms',
    label: 'Latency p95',
    kind: 'quantile',
    direction: 'lower',
    role: 'secondary',
    unit: 'ms',
  },
};

const isBuiltIn = (id: string): id is BuiltInMetric => Object.hasOwn(CATALOGUE, id);

/**
 * The metrics to compare: the query's, else the definition's, else all built-in ones with accuracy as the goal.
 * @throws FailureError naming the known metrics when one is unknown
 */
export function settleMetrics(
  asked: readonly MetricDefinition[] | undefined,
  defined: readonly MetricDefinition[] | null,
): Metric[] {
  const wanted = asked?.length ? asked : defined;
  if (!wanted?.length) {
    return BUILT_IN_METRICS.map((id) => CATALOGUE[id]);
  }
  return wanted.map((own) => {
    if (!isBuiltIn(own.id)) {
      throw new FailureError({
        class: 'config',
        field: 'metrics',
        message: `Metric “${own.id}” is not known.`,
        fix: `Use one of: ${BUILT_IN_METRICS.join(', ')}.`,
      });
    }
    const base = CATALOGUE[own.id];
    // A query that only names a metric keeps the role and margin the definition gave it.
    const given = defined?.find(({ id }) => id === own.id);
    const margin = own.margin ?? given?.margin;
    const role = own.role !== 'secondary' ? own.role : (given?.role ?? (margin === undefined ? own.role : 'guardrail'));
    return {
      ...base,
      label: own.label ?? given?.label ?? base.label,
      direction: own.direction ?? given?.direction ?? base.direction,
      role,
      margin,
    };
  });
}
