/** What the rules of one experiment are about, taken from its definition. */
import type { ExperimentDefinition, MetricDefinition } from '../../src/contract/experiment';

export interface Subject {
  id: string;
  name: string;
  control: string;
  /** Variants that may win or do harm. */
  treatments: string[];
  goals: MetricDefinition[];
  /** Metrics with a margin. */
  guardrails: MetricDefinition[];
  /** What a rule's query carries of the definition: who is tested, since when, with which split. */
  carried: Record<string, unknown>;
  /** The last declared split in words, e.g. `baseline 70, enhanced 30`; null without one. */
  split: string | null;
  /** SRM can only be judged where requests are what is assigned. */
  isAssignedByRequest: boolean;
  alpha: number;
}

/** @throws Error naming what a rule needs and the definition lacks */
export function subjectOf(definition: ExperimentDefinition): Subject {
  const { id, name, control, start, variants, metrics = [], split, phases, assignment, alpha } = definition;
  const missing = [
    control === undefined && 'control',
    start === undefined && 'start',
    variants.length < 2 && 'variants',
    metrics.length === 0 && 'metrics',
  ].filter((field) => field !== false);
  if (control === undefined || missing.length > 0) {
    throw new Error(
      `Experiment “${id}” lacks ${missing.join(', ')}: a rule carries them, so that no store can change them.`,
    );
  }
  const { alias, end, warmUp, timeZone, plannedTotal, unit } = definition;
  const latest = phases?.at(-1)?.split ?? split;
  return {
    id,
    name: name ?? id,
    control,
    treatments: variants
      .filter((variant) => variant.name !== control && (variant.role === 'treatment' || variant.role === 'control'))
      .map((variant) => variant.name),
    goals: metrics.filter(({ role }) => role === 'goal'),
    guardrails: metrics.filter(({ margin }) => margin !== undefined),
    carried: withoutAbsent({
      control,
      variants,
      start,
      end,
      warmUp: warmUp > 0 ? warmUp : undefined,
      timeZone,
      split,
      phases,
      assignment,
      unit,
      alias: Object.keys(alias).length > 0 ? alias : undefined,
      plannedTotal,
      alpha,
    }),
    split: latest
      ? Object.entries(latest)
          .map(([variant, share]) => `${variant} ${share}`)
          .join(', ')
      : null,
    isAssignedByRequest: assignment === 'request',
    alpha,
  };
}

const withoutAbsent = (fields: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
