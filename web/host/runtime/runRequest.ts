/** Runs a panel's queries, as Grafana's own `runRequest` does (not published): loading first, then the answer. */
import {
  LoadingState,
  toDataFrame,
  type DataQueryRequest,
  type DataQueryResponse,
  type DataSourceApi,
  type PanelData,
} from '@grafana/data';
import { toDataQueryError } from '@grafana/runtime';
import { catchError, from, isObservable, map, of, startWith, type Observable } from 'rxjs';

type QueryFunction = DataSourceApi['query'];

function toPanelData(loading: PanelData, response: DataQueryResponse): PanelData {
  const errors = response.errors ?? (response.error === undefined ? [] : [response.error]);
  return {
    ...loading,
    state: errors.length > 0 ? LoadingState.Error : (response.state ?? LoadingState.Done),
    series: response.data.map((frame) => toDataFrame(frame)),
    error: errors[0],
    errors: errors.length > 0 ? errors : undefined,
  };
}

/** The panel's data over time. Never fails: a failure is a state of the data. */
export function runRequest(
  datasource: DataSourceApi,
  request: DataQueryRequest,
  queryFunction?: QueryFunction,
): Observable<PanelData> {
  const started = { ...request, startTime: Date.now() };
  const loading: PanelData = {
    state: LoadingState.Loading,
    series: [],
    annotations: [],
    request: started,
    timeRange: request.range,
  };
  const answer = queryFunction === undefined ? datasource.query(started) : queryFunction(started);
  return (isObservable(answer) ? answer : from(answer)).pipe(
    map((response) => toPanelData({ ...loading, request: { ...started, endTime: Date.now() } }, response)),
    catchError((error: unknown) =>
      of({ ...loading, state: LoadingState.Error, error: toDataQueryError(asError(error)) }),
    ),
    startWith(loading),
  );
}

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));
