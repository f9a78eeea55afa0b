/** Annotation queries are ordinary queries, edited with the ordinary editor, that begin with what happened. */
import type { AnnotationSupport } from '@grafana/data';
import { migrateQuery } from '../contract/query-migration';
import type { EditedQuery } from './query';

export const annotationSupport: AnnotationSupport<EditedQuery> = {
  getDefaultQuery: () => ({ queryType: 'annotations', experiment: '' }),
  /** One that says nothing of its type, as Grafana's own empty one, is what the editor shows for it. */
  prepareQuery: ({ target }) =>
    target === undefined || migrateQuery({ ...target }).queryType === undefined
      ? { ...target, refId: target?.refId ?? 'Anno', queryType: 'annotations' }
      : target,
};
