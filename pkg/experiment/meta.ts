/** What a panel needs to know of an experiment to draw it. */
import { formatISO } from 'date-fns';
import type { Unit } from '../../src/contract/experiment';
import type { ExperimentMeta, MetricMeta } from '../../src/contract/frames';
import type { Experiment } from './definition';

export function experimentMeta(
  experiment: Experiment,
  metrics: MetricMeta[],
  unit: Unit = experiment.unit ?? 'requests',
  bucketMs: number | null = null,
): ExperimentMeta {
  return {
    id: experiment.id,
    name: experiment.name,
    owner: experiment.owner,
    control: experiment.control,
    variants: experiment.variants.map(({ name, role }) => ({ name, role })),
    metrics,
    phases: experiment.phases.map(({ from, split }) => ({ from: formatISO(from), split })),
    start: experiment.start,
    end: experiment.end,
    timeZone: experiment.timeZone,
    unit,
    bucketSeconds: bucketMs === null ? undefined : bucketMs / 1000,
    alpha: experiment.alpha,
    plannedTotal: experiment.plannedTotal,
    currency: experiment.currency,
  };
}
