/** What stands in for a store, in words: which other one, or an answer of when. */
import { formatAge } from '../../src/calc/notation';
import { reason } from '../../src/calc/verdict';
import type { ComparedRow } from './compare';
import type { Evidence } from './evidence';
import { SOURCE_LABELS } from '../../src/calc/provenance';

/** `estimated from InfluxDB`, `estimated, 3 h old`; null where nothing stands in for the traffic. */
export function trafficStandIn({ ledger, ledgerState, ledgerAsOf }: Evidence, now: number): string | null {
  if (!ledger || ledgerState !== 'estimated' || ledgerAsOf === null) {
    return null;
  }
  return ledgerAsOf === now ? `estimated from ${SOURCE_LABELS[ledger.source]}` : describeKept(ledgerAsOf, now);
}

/** `estimated, 3 h old`; null where the evaluations were read now. */
export function evaluationsStandIn({ evaluationsState, evaluationsAsOf }: Evidence, now: number): string | null {
  return evaluationsState === 'estimated' && evaluationsAsOf !== null ? describeKept(evaluationsAsOf, now) : null;
}

const describeKept = (at: number, now: number): string => `estimated, ${formatAge((now - at) / 1000)} old`;

/** Puts into each estimated row's reasons what it is estimated from. */
export function nameStandIns(rows: readonly ComparedRow[], evidence: Evidence, now: number): ComparedRow[] {
  return rows.map((row) => {
    const words = row.source === 'mlflow' ? evaluationsStandIn(evidence, now) : trafficStandIn(evidence, now);
    if (row.state !== 'estimated' || words === null) {
      return row;
    }
    const reasons = row.comparison.reasons.map((given) =>
      given.code === 'estimated' ? reason('estimated', words) : given,
    );
    return { ...row, comparison: { ...row.comparison, reasons } };
  });
}
