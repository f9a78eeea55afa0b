/** The metrics every experiment has, and how a definition's list is completed from them. */
import type { MetricDefinition } from '../../src/contract/experiment';
import { FailureError } from '../../src/contract/failure';
import type { MetricMeta } from '../../src/contract/frames';
import type { MappedMetric } from '../../src/contract/prometheus-mapping';

export const BUILT_IN_METRICS = ['accuracy', 'error_rate', 'latency_mean_ms', 'latency_p95_ms'] as const;
export type BuiltInMetric = (typeof BUILT_IN_METRICS)[number];

interface CataloguedMetric extends MetricMeta {
  id: BuiltInMetric;
  own?: undefined;
}

/** One that the mapping adds. */
interface OwnMetric extends MetricMeta {
  /** The quantile that is compared; null: the mean. */
  own: { quantile: number | null };
}

/** A metric with everything settled; the evidence can answer it. */
export type Metric = CataloguedMetric | OwnMetric;

const CATALOGUE: Record<BuiltInMetric, CataloguedMetric> = {
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

const ownMetric = ({ id, label, unit, direction, quantile }: MappedMetric): OwnMetric => ({
  id,
  label,
  unit,
  direction,
  kind: quantile === null ? 'mean' : 'quantile',
  role: 'secondary',
  own: { quantile },
});

/**
 * The metrics to compare: the query's, else the definition's, else all built-in ones with accuracy as the goal, and the
 * mapping's own.
 * @throws FailureError naming the known metrics when one is unknown
 */
export function settleMetrics(
  asked: readonly MetricDefinition[] | undefined,
  defined: readonly MetricDefinition[] | null,
  mapped: readonly MappedMetric[] = [],
): Metric[] {
  const known = new Map<string, Metric>([
    ...mapped.map((one): [string, Metric] => [one.id, ownMetric(one)]),
    ...BUILT_IN_METRICS.map((id): [string, Metric] => [id, CATALOGUE[id]]),
  ]);
  const wanted = asked?.length ? asked : defined;
  if (!wanted?.length) {
    return [...BUILT_IN_METRICS.map((id) => CATALOGUE[id]), ...mapped.map(ownMetric)];
  }
  return wanted.map((own) => {
    const base = known.get(own.id);
    if (!base) {
      throw new FailureError({
        class: 'config',
        field: 'metrics',
        message: `Metric “${own.id}” is not known.`,
        fix: `Use one of: ${[...known.keys()].join(', ')}.`,
      });
    }
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
