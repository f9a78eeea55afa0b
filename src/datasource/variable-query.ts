/** What a dashboard variable lists, as it is stored. */
import type { DataQuery } from '@grafana/schema';

export const VARIABLE_KINDS = [
  'experiments', 'owners', 'variants', 'metrics', 'dimensions', 'values', 'runs', 'versions', 'sources', 'statement',
] as const; // prettier-ignore
export type VariableKind = (typeof VARIABLE_KINDS)[number];

/** The stores a statement of one's own may be asked of. */
export const STATEMENT_SOURCES = ['prometheus', 'influx', 'mlflow'] as const;

/** What a query variable lists. Every text may hold other variables. */
export interface VariableQuery extends DataQuery {
  kind: VariableKind;
  /** Of `variants`, `metrics`, `values`, `runs` and `versions`: only this experiment's. */
  experiment?: string;
  /** Of `values`: a label or tag, e.g. `environment`. */
  dimension?: string;
  /** Of `experiments`: `active`, `ended`, …; empty: any. */
  status?: string;
  /** Of `experiments`: only this owner's. */
  owner?: string;
  /** Of `variants`: without the control, or the control alone. */
  role?: 'all' | 'treatment' | 'control';
  /** Of `values` and `statement`: the store asked. */
  source?: (typeof STATEMENT_SOURCES)[number];
  /** Of `statement`: PromQL, InfluxQL, Flux or SQL; its first column, or the label named, is listed. */
  statement?: string;
  label?: string;
}

const KINDS: ReadonlySet<string> = new Set(VARIABLE_KINDS);
const isKind = (text: string): text is VariableKind => KINDS.has(text);

/** A variable's query as it is stored: an object, or one word in a dashboard written by hand. */
export function readVariableQuery(stored: VariableQuery | string): VariableQuery {
  if (typeof stored !== 'string') {
    return isKind(stored.kind) ? stored : { ...stored, kind: 'experiments' };
  }
  const [kind = '', argument] = stored.trim().split(/[\s(),]+/);
  if (!isKind(kind)) {
    return { refId: 'variable', kind: 'experiments' };
  }
  return kind === 'values'
    ? { refId: 'variable', kind, dimension: argument }
    : { refId: 'variable', kind, experiment: argument };
}
