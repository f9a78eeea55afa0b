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
import { createElement, type ComponentType } from 'react';
import { from, map, type Observable } from 'rxjs';
import type { EditedQuery } from './query';
import type { UpliftJsonData } from './settings';
import type { Lister } from './lister';
import { readVariableQuery, type VariableQuery } from './variable-query';
import { VariableEditor } from './VariableEditor';

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
