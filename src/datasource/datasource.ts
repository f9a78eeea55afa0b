/** The data source in the browser: interpolates, leaves half-filled queries out, and asks the backend for everything. */
import type {
  CoreApp,
  DataQueryRequest,
  DataQueryResponse,
  DataSourceInstanceSettings,
  MetricFindValue,
  ScopedVars,
} from '@grafana/data';
import { DataSourceWithBackend, getTemplateSrv } from '@grafana/runtime';
import { of, type Observable } from 'rxjs';
import { z } from 'zod';
import { interpolateQuery, isMissingVariables, replacerOf } from './interpolate';
import { defaultQuery, isComplete, type EditedQuery } from './query';
import {
  experimentChoiceSchema,
  metricChoiceSchema,
  sourceStatusSchema,
  type ExperimentChoice,
  type MetricChoice,
  type SourceStatus,
} from '../contract/resources';
import type { InfluxDialect } from './quoting';
import type { UpliftJsonData } from './settings';
import { UpliftVariableSupport, type VariableQuery } from './variables';

export class UpliftDataSource extends DataSourceWithBackend<EditedQuery, UpliftJsonData> {
  override readonly variables = new UpliftVariableSupport((query, scopedVars) => this.listChoices(query, scopedVars));
  /** What this data source's InfluxDB is asked in. */
  readonly dialect: InfluxDialect;

  constructor(settings: DataSourceInstanceSettings<UpliftJsonData>) {
    super(settings);
    this.dialect = settings.jsonData.influx?.dialect ?? 'influxql';
    // Annotation queries are ordinary queries, edited with the ordinary editor.
    this.annotations = {};
  }

  override getDefaultQuery(app: CoreApp): Partial<EditedQuery> {
    return defaultQuery(app);
  }

  override applyTemplateVariables(query: EditedQuery, scopedVars: ScopedVars): EditedQuery {
    const replace = replacerOf(getTemplateSrv(), scopedVars);
    const interpolated = !isMissingVariables(query, replace, this.dialect);
    return { ...interpolateQuery(query, replace, this.dialect), interpolated };
  }

  override interpolateVariablesInQueries(queries: EditedQuery[], scopedVars: ScopedVars): EditedQuery[] {
    const replace = replacerOf(getTemplateSrv(), scopedVars);
    return queries.map((query) => ({
      ...interpolateQuery(query, replace, this.dialect),
      datasource: this.getRef(),
    }));
  }

  override filterQuery(query: EditedQuery): boolean {
    return query.hide !== true && isComplete(query);
  }

  /** Leaves out what is not worth sending, also where only an empty variable makes it so: that is no error. */
  override query(request: DataQueryRequest<EditedQuery>): Observable<DataQueryResponse> {
    const isWorthSending = (query: EditedQuery) =>
      this.filterQuery(query) && isComplete(this.applyTemplateVariables(query, request.scopedVars));
    const targets = request.targets.filter(isWorthSending);
    return targets.length === 0 ? of({ data: [] }) : super.query({ ...request, targets });
  }

  /** The experiments known to any source. */
  async listExperiments(): Promise<ExperimentChoice[]> {
    return z.array(experimentChoiceSchema).parse(await this.getResource<unknown>('experiments'));
  }

  /** The metrics of an experiment. */
  async listMetrics(experiment: string): Promise<MetricChoice[]> {
    return z.array(metricChoiceSchema).parse(await this.getResource<unknown>('metrics', { experiment }));
  }

  /** The values of a dimension that contain `search`. */
  async listValues(dimension: string, search: string): Promise<string[]> {
    return z.array(z.string()).parse(await this.getResource<unknown>('values', { dimension, search }));
  }

  /** How each configured source answers right now, by the saved settings. */
  async checkSources(): Promise<SourceStatus[]> {
    return z.array(sourceStatusSchema).parse(await this.getResource<unknown>('sources'));
  }

  /** The choices of a dashboard variable. */
  async listChoices(query: VariableQuery, scopedVars: ScopedVars): Promise<MetricFindValue[]> {
    const replace = (text = '') => getTemplateSrv().replace(text, scopedVars);
    const experiment = replace(query.experiment);
    switch (query.kind) {
      case 'experiments':
        return (await this.listExperiments()).map(({ id, name }) => ({ text: name, value: id }));
      case 'variants': {
        const found = (await this.listExperiments()).find(({ id }) => id === experiment);
        return (found?.variants ?? []).map((variant) => ({ text: variant, value: variant }));
      }
      case 'metrics':
        return experiment === ''
          ? []
          : (await this.listMetrics(experiment)).map(({ id, label }) => ({ text: label, value: id }));
      case 'values': {
        const dimension = replace(query.dimension);
        return dimension === '' ? [] : (await this.listValues(dimension, '')).map((value) => ({ text: value, value }));
      }
    }
  }
}
