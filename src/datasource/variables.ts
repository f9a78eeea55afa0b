/** Dashboard variables: everything an experiment and a query can be told, each list narrowed by the variables before it. */
import {
  CustomVariableSupport,
  FieldType,
  toDataFrame,
  type DataQueryRequest,
  type DataQueryResponse,
  type DataSourceApi,
  type MetricFindValue,
  type QueryEditorProps,
} from '@grafana/data';
import type { DataQuery } from '@grafana/schema';
import { createElement, type ComponentType } from 'react';
import { from, map, type Observable } from 'rxjs';
import type { EditedQuery } from './query';
import type { UpliftJsonData } from './settings';
import type { Lister } from './variable-choices';
import { VariableEditor } from './VariableEditor';

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

/** The choices as the frame Grafana reads variables from: fields `text` and `value`. */
const choicesFrame = (refId: string, choices: readonly MetricFindValue[]) =>
  toDataFrame({
    refId,
    fields: [
      { name: 'text', type: FieldType.string, values: choices.map(({ text }) => text) },
      { name: 'value', type: FieldType.string, values: choices.map(({ text, value }) => String(value ?? text)) },
    ],
  });

type EditorProps = QueryEditorProps<
  DataSourceApi<EditedQuery, UpliftJsonData>,
  EditedQuery,
  UpliftJsonData,
  VariableQuery
>;
type ListChoices = (query: VariableQuery, request: DataQueryRequest<VariableQuery>) => Promise<MetricFindValue[]>;

export class UpliftVariableSupport extends CustomVariableSupport<
  DataSourceApi<EditedQuery, UpliftJsonData>,
  VariableQuery,
  EditedQuery,
  UpliftJsonData
> {
  override readonly editor: ComponentType<EditorProps>;

  constructor(
    lister: Lister,
    private readonly listChoices: ListChoices,
  ) {
    super();
    this.editor = ({ query, onChange }) => createElement(VariableEditor, { lister, query, onChange });
  }

  /** Grafana asks nothing for a variable that stores nothing, and the editor shows this list before anything is chosen. */
  override getDefaultQuery(): Partial<EditedQuery> & Pick<VariableQuery, 'kind'> {
    return { refId: 'variable', kind: 'experiments' };
  }

  override query = (request: DataQueryRequest<VariableQuery>): Observable<DataQueryResponse> => {
    const [target] = request.targets;
    const refId = target?.refId ?? 'variable';
    const choices = target === undefined ? Promise.resolve([]) : this.listChoices(readVariableQuery(target), request);
    return from(choices).pipe(map((found) => ({ data: [choicesFrame(refId, found)] })));
  };
}
