/** What stands in for a store, in words: which other one, or an answer of when. */
import { formatAge } from '../../src/calc/notation';
import { SOURCE_LABELS } from '../../src/calc/provenance';
import { reason, type ReasonCode } from '../../src/calc/verdict';
import type { ComparedRow } from './compare';
import type { Evidence } from './evidence';

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

/** Puts into the reasons of each row that is not measured what stands in for its store, or that the store is away. */
export function nameStandIns(rows: readonly ComparedRow[], evidence: Evidence, now: number): ComparedRow[] {
  return rows.map((row) => {
    switch (row.state) {
      case 'estimated': {
        const standIn = row.source === 'mlflow' ? evaluationsStandIn : trafficStandIn;
        return reword(row, 'estimated', standIn(evidence, now));
      }
      case 'missing':
        return reword(row, 'no-data', absenceOf(row, evidence));
      case 'measured':
      case 'simulated':
        return row;
    }
  });
}

function reword(row: ComparedRow, code: ReasonCode, words: string | null): ComparedRow {
  if (words === null) {
    return row;
  }
  const reasons = row.comparison.reasons.map((given) => (given.code === code ? reason(code, words) : given));
  return { ...row, comparison: { ...row.comparison, reasons } };
}

/** A store that is away has counted, for all one knows; null where each that could hold the metric answered. */
function absenceOf({ metric }: ComparedRow, { readings }: Evidence): string | null {
  const away = readings
    .filter(({ source, state }) => state === 'down' && (source !== 'mlflow' || metric.id === 'accuracy'))
    .map(({ source }) => SOURCE_LABELS[source]);
  return away.length === 0 ? null : `no observations: ${away.join(' and ')} did not answer`;
}
