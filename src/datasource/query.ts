/** The query as the front end holds it: half-filled while someone edits it, and whether it is worth sending. */
import { CoreApp } from '@grafana/data';
import type { DataQuery } from '@grafana/schema';
import type { z } from 'zod';
import type { querySchema } from '../contract/query';

/** What a dashboard stores: fields with a default may be missing, the backend fills them in. */
export type EditedQuery = z.input<typeof querySchema> & DataQuery;
export type EditedQueryOf<T extends EditedQuery['queryType']> = Extract<EditedQuery, { queryType: T }>;

/** Alert rules evaluate numbers only. */
export const isAlerting = (app: CoreApp | undefined): boolean =>
  app === CoreApp.UnifiedAlerting || app === CoreApp.CloudAlerting;

/** The query a new panel, or a new alert rule, starts from. */
export function defaultQuery(app: CoreApp | undefined): Omit<EditedQueryOf<'experiment'>, 'refId'> {
  const experiment = { queryType: 'experiment', experiment: '' } as const;
  return isAlerting(app) ? { ...experiment, format: 'numeric', value: 'seq_p' } : { ...experiment, format: 'table' };
}

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
