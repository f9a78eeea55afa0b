/** The data source in the browser: interpolates, leaves half-filled queries out, and asks the backend for everything. */
import type {
  CoreApp,
  DataQueryRequest,
  DataQueryResponse,
  DataSourceApi,
  DataSourceInstanceSettings,
  ScopedVars,
} from '@grafana/data';
import { DataSourceWithBackend, getTemplateSrv } from '@grafana/runtime';
import type { DataQuery } from '@grafana/schema';
import { of, type Observable } from 'rxjs';
import { z } from 'zod';
import {
  experimentChoiceSchema,
  metricChoiceSchema,
  sourceStatusSchema,
  type ExperimentChoice,
  type MetricChoice,
  type SourceStatus,
} from '../contract/resources';
import { influxDialectSchema, type InfluxDialect } from '../contract/settings';
import { annotationSupport } from './annotations';
import { summarizeQuery } from './editor/describe';
import { importedQuery } from './imported';
import { interpolateQuery, isMissingVariables, replacerOf } from './interpolate';
import { defaultQuery, isComplete, readQuery, type EditedQuery } from './query';
import type { UpliftJsonData } from './settings';
import { listChoices } from './variable-choices';
import type { Lister } from './lister';
import { UpliftVariableSupport } from './variables';

export class UpliftDataSource extends DataSourceWithBackend<EditedQuery, UpliftJsonData> implements Lister {
  override readonly variables = new UpliftVariableSupport(this, (query, request) =>
    listChoices(this, query, request, (text = '') => getTemplateSrv().replace(text, request.scopedVars)),
  );
  /** What this data source's InfluxDB is asked in. */
  readonly dialect: InfluxDialect;
  /** The data source's business parameters, which a query's own lie over. */
  readonly business: UpliftJsonData['business'];

  constructor(settings: DataSourceInstanceSettings<UpliftJsonData>) {
    super(settings);
    // Where a provisioning file leaves it to the environment and nothing is set there, it is an empty text.
    this.dialect = influxDialectSchema.catch('influxql').parse(settings.jsonData.influx?.dialect);
    this.business = settings.jsonData.business;
    this.annotations = annotationSupport;
  }

  override getDefaultQuery(app: CoreApp): Partial<EditedQuery> {
    return defaultQuery(app);
  }

  /** In one line, where Grafana shows a query folded up: in its row, and in Explore's history. */
  override getQueryDisplayText(query: EditedQuery): string {
    const read = readQuery(query, undefined);
    return read === null ? '' : summarizeQuery(read, Date.now());
  }

  resolve(name: string): string {
    return getTemplateSrv().replace(name);
  }

  override applyTemplateVariables(query: EditedQuery, scopedVars: ScopedVars): EditedQuery {
    const replace = replacerOf(getTemplateSrv(), scopedVars);
    const interpolated = !isMissingVariables(query, replace, this.dialect);
    return { ...interpolateQuery(query, replace, this.dialect), interpolated };
  }

  override interpolateVariablesInQueries(queries: EditedQuery[], scopedVars: ScopedVars): EditedQuery[] {
    const replace = replacerOf(getTemplateSrv(), scopedVars);
    return queries.map((query) => {
      const read = readQuery(query, undefined);
      // One of an unknown type stays as it is.
      return { ...(read === null ? query : interpolateQuery(read, replace, this.dialect)), datasource: this.getRef() };
    });
  }

  /** Grafana asks this of queries as they are stored: of older shapes too, and of types that only the backend can refuse. */
  override filterQuery(query: EditedQuery): boolean {
    const read = readQuery(query, undefined);
    return query.hide !== true && (read === null || isComplete(read));
  }

  /** Queries of Grafana's own data sources for the same stores, when a panel changes over to this one. */
  override importQueries(queries: DataQuery[], origin: DataSourceApi): Promise<EditedQuery[]> {
    return Promise.resolve(queries.flatMap((query) => importedQuery(query, origin.type) ?? []));
  }

  /** Leaves out what is not worth sending, also where only an empty variable makes it so: that is no error. */
  override query(request: DataQueryRequest<EditedQuery>): Observable<DataQueryResponse> {
    const targets = request.targets
      .filter((query) => this.filterQuery(query))
      .flatMap((query) => {
        const read = readQuery(query, undefined);
        if (read === null) {
          // The backend says that it does not know the type.
          return query;
        }
        return isComplete(this.applyTemplateVariables(read, request.scopedVars)) ? read : [];
      });
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

  /** The values of a dimension that contain `search`, of one experiment and store where they are named. */
  async listValues(dimension: string, search: string, experiment = '', source?: string): Promise<string[]> {
    const asked = { dimension, search, experiment, ...(source !== undefined && { source }) };
    return z.array(z.string()).parse(await this.getResource<unknown>('values', asked));
  }

  /** How each configured source answers right now, by the saved settings. */
  async checkSources(): Promise<SourceStatus[]> {
    return z.array(sourceStatusSchema).parse(await this.getResource<unknown>('sources'));
  }
}
