/** The query as the front end holds it: half-filled while someone edits it, and whether it is worth sending. */
import { CoreApp } from '@grafana/data';
import type { DataQuery } from '@grafana/schema';
import type { z } from 'zod';
import { querySchema } from '../contract/query';
import { migrateQuery } from '../contract/query-migration';

/** What a dashboard stores: fields with a default may be missing, the backend fills them in. */
export type EditedQuery = z.input<typeof querySchema> & DataQuery;
export type EditedQueryOf<T extends EditedQuery['queryType']> = Extract<EditedQuery, { queryType: T }>;

/** Alert rules evaluate numbers only. */
export const isAlerting = (app: CoreApp | undefined): boolean =>
  app === CoreApp.UnifiedAlerting || app === CoreApp.CloudAlerting;

type Starting = Omit<EditedQueryOf<'experiment'>, 'refId'> | Omit<EditedQueryOf<'overview'>, 'refId'>;

/** The query a new panel, or a new alert rule, starts from; Explore begins with what there is. */
export function defaultQuery(app: CoreApp | undefined): Starting {
  if (app === CoreApp.Explore) {
    return { queryType: 'overview', format: 'table' };
  }
  const experiment = { queryType: 'experiment', experiment: '' } as const;
  return isAlerting(app) ? { ...experiment, format: 'numeric', value: 'seq_p' } : { ...experiment, format: 'table' };
}

const QUERY_TYPES: ReadonlySet<string> = new Set(querySchema.options.map(({ shape }) => shape.queryType.value));

/** A type this version answers. */
const isKnown = (query: DataQuery): query is EditedQuery =>
  query.queryType !== undefined && QUERY_TYPES.has(query.queryType);

/**
 * A query as today's editor reads it: older shapes migrated, a new one with its defaults. Null when its type is not known,
 * as in a dashboard of a newer version: it is then left as it is.
 */
export function readQuery(query: DataQuery, app: CoreApp | undefined): EditedQuery | null {
  const migrated: DataQuery = { ...migrateQuery({ ...query }), refId: query.refId };
  if (isKnown(migrated)) {
    return migrated;
  }
  const isNew = migrated.queryType === undefined || migrated.queryType === '';
  const created: DataQuery = { ...migrated, ...defaultQuery(app), refId: query.refId };
  return isNew && isKnown(created) ? created : null;
}

/** What each question answers with in an alert rule, where none was chosen. */
export function asNumeric(query: EditedQuery): EditedQuery {
  switch (query.queryType) {
    case 'experiment':
      return { ...query, format: 'numeric', value: query.value ?? 'seq_p' };
    case 'impact':
      return { ...query, format: 'numeric', value: query.value ?? 'p_net_positive' };
    case 'overview':
      return { ...query, format: 'numeric', value: query.value ?? 'error_rate' };
    case 'monitor':
    case 'status':
    case 'prometheus':
    case 'influx':
    case 'mlflow':
      return { ...query, format: 'numeric' };
    case 'annotations':
      return query;
  }
}

/** Which experiment a query is about, as written; empty for none. What MLflow calls an experiment is not one of ours. */
export const experimentOf = (query: EditedQuery): string =>
  'experiment' in query && query.queryType !== 'mlflow' ? (query.experiment ?? '') : '';

const isFilled = (text: string | undefined): boolean => text !== undefined && text.trim() !== '';

/** Whether the query says enough to be answered; a half-filled one is neither sent nor an error. */
export function isComplete(query: EditedQuery): boolean {
  switch (query.queryType) {
    case 'experiment':
    case 'impact':
      return isFilled(query.experiment) && (query.format !== 'numeric' || query.value !== undefined);
    case 'overview':
      return query.format !== 'numeric' || query.value !== undefined;
    case 'monitor':
    case 'annotations':
    case 'status':
      return true;
    case 'prometheus':
      return isFilled(query.expr);
    case 'influx':
      return isFilled(query.query);
    case 'mlflow':
      return query.mode === 'builder' || isFilled(query.rawSql);
  }
}
