/** `config.custom.uplift` of fields: where the values of a whole column come from (design §7). */
import type { SourceName } from '../../src/calc/provenance';
import type { FieldProvenance } from '../../src/contract/frames';
import type { Analysis } from '../experiment/analysis';
import type { ComparedRow } from '../experiment/compare';
import type { Evidence } from '../experiment/evidence';
import type { DataFrame } from '../sdk/frame';

/** The frame with each named field's origin; fields that are not named differ from row to row, or say nothing measured. */
export function withOrigins(frame: DataFrame, origins: Readonly<Record<string, FieldProvenance>>): DataFrame {
  return {
    ...frame,
    fields: frame.fields.map((field) => {
      const uplift = origins[field.name];
      return uplift ? { ...field, config: { ...field.config, custom: { ...field.config?.custom, uplift } } } : field;
    }),
  };
}

/** The store that counted the traffic; simulated traffic is borrowed from none, whatever names it goes by. */
export const sourceOfTraffic = ({ ledger, ledgerState }: Evidence): SourceName | null =>
  ledgerState === 'simulated' ? null : (ledger?.source ?? null);

/** Of values counted by the store that counts the traffic. */
export function trafficOrigin(evidence: Evidence): FieldProvenance {
  const { ledger, ledgerState, ledgerAsOf } = evidence;
  if (!ledger) {
    return { state: 'missing', source: null, asOf: null };
  }
  return {
    state: ledgerState,
    source: sourceOfTraffic(evidence),
    asOf: ledgerState === 'measured' ? ledger.newestSample : ledgerAsOf,
  };
}

/** Of values that MLflow's runs were evaluated to. */
export function offlineOrigin({ evaluations, evaluationsState, evaluationsAsOf, readings }: Evidence): FieldProvenance {
  if (!evaluations) {
    return { state: 'missing', source: null, asOf: null };
  }
  const newest = readings.find(({ source }) => source === 'mlflow')?.asOf ?? null;
  return {
    state: evaluationsState,
    source: 'mlflow',
    asOf: evaluationsState === 'measured' ? newest : evaluationsAsOf,
  };
}

/** Of a compared value; accuracy may be counted in traffic or evaluated offline. */
export function originOfRow(row: ComparedRow | undefined, { evidence }: Analysis): FieldProvenance {
  if (!row || row.state === 'missing') {
    return { state: 'missing', source: null, asOf: null };
  }
  return row.source === 'mlflow' ? offlineOrigin(evidence) : trafficOrigin(evidence);
}
