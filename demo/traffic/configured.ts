import { parseISO } from 'date-fns';
import type { SeededExperiment } from '../scenario';

/**
 * The share of traffic a variant should get by what its owner wrote down (0…1): what the router is *set* to, which is
 * not always what it does. Before the start everything goes to the control.
 */
export function configuredShare(experiment: SeededExperiment, variant: string, instant: number): number {
  const { definition } = experiment;
  if (instant < experiment.start) return variant === definition.control ? 1 : 0;
  const phase = definition.phases?.findLast(({ from }) => parseISO(from).getTime() <= instant);
  const split = phase?.split ?? definition.split ?? {};
  const total = Object.values(split).reduce((sum, share) => sum + share, 0);
  return total === 0 ? 0 : (split[variant] ?? 0) / total;
}
