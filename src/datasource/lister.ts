/** What of the data source variables and editors list their choices from. */
import type { DataQueryRequest, DataQueryResponse } from '@grafana/data';
import type { Observable } from 'rxjs';
import type { ExperimentChoice, MetricChoice, SourceStatus } from '../contract/resources';
import type { EditedQuery } from './query';

export interface Lister {
  listExperiments(): Promise<ExperimentChoice[]>;
  listMetrics(experiment: string): Promise<MetricChoice[]>;
  listValues(dimension: string, search: string, experiment?: string, source?: string): Promise<string[]>;
  checkSources(): Promise<SourceStatus[]>;
  query(request: DataQueryRequest<EditedQuery>): Observable<DataQueryResponse>;
  /** A name with the dashboard's variables as they are now. */
  resolve(name: string): string;
}
