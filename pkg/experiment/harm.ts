/** How surely a variant is worse now than its control, request by request: what a rule over a short window asks. */
import { harmPValue } from '../../src/calc/stats/harm';
import type { Analysis } from './analysis';
import type { ComparedRow } from './compare';
import { onlineStrata } from './compare';
import { sumStatistics } from './ledger';

/** One-sided exact p-value of a row over the analysed window; null where nothing measured was counted. */
export function harmOf({ experiment, evidence, plan }: Analysis, { metric, variant }: ComparedRow): number | null {
  const { ledger, ledgerState } = evidence;
  const arm = experiment.variants.find(({ name }) => name === variant);
  if (!ledger || ledgerState !== 'measured' || !arm) {
    return null;
  }
  const strata = onlineStrata(experiment, metric, arm, 'requests', (one, phase) =>
    sumStatistics(ledger, one, { phase }),
  );
  return harmPValue(metric, strata, plan.inflation);
}
