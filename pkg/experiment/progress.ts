/** How far a test has come: the share of the sample its first goal needs, and the days to go. */
import type { UpliftMeta } from '../../src/contract/frames';
import type { Analysis } from './analysis';
import { leadingRow } from './leader';

export function progressOf(analysis: Analysis): UpliftMeta['progress'] {
  const goal = analysis.metrics.find(({ role }) => role === 'goal') ?? analysis.metrics[0];
  const progress = goal && leadingRow(analysis, goal.id)?.comparison.progress;
  return progress ? { share: progress.share, daysLeft: progress.daysLeft } : undefined;
}
