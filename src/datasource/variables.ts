/** Dashboard variables: experiments, and a chosen experiment's variants, metrics and dimension values. */
import {
  CustomVariableSupport,
  FieldType,
  toDataFrame,
  type DataQueryRequest,
  type DataQueryResponse,
  type DataSourceApi,
  type MetricFindValue,
  type ScopedVars,
} from '@grafana/data';
import type { DataQuery } from '@grafana/schema';
import { from, map, type Observable } from 'rxjs';
import type { EditedQuery } from './query';
import type { UpliftJsonData } from './settings';
import { VariableEditor } from './VariableEditor';

export const VARIABLE_KINDS = ['experiments', 'variants', 'metrics', 'values'] as const;
export type VariableKind = (typeof VARIABLE_KINDS)[number];

/** What a query variable lists; `values` are those of a dimension, e.g. `environment`. */
export interface VariableQuery extends DataQuery {
  kind: VariableKind;
  experiment?: string;
  dimension?: string;
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

type ListChoices = (query: VariableQuery, scopedVars: ScopedVars) => Promise<MetricFindValue[]>;

export class UpliftVariableSupport extends CustomVariableSupport<
  DataSourceApi<EditedQuery, UpliftJsonData>,
  VariableQuery,
  EditedQuery,
  UpliftJsonData
> {
  override readonly editor = VariableEditor;

  constructor(private readonly listChoices: ListChoices) {
    super();
  }

  override query = ({ targets, scopedVars }: DataQueryRequest<VariableQuery>): Observable<DataQueryResponse> => {
    const [target] = targets;
    const choices = target === undefined ? Promise.resolve([]) : this.listChoices(target, scopedVars);
    return from(choices).pipe(map((found) => ({ data: [choicesFrame(target?.refId ?? 'variable', found)] })));
  };
}
