/** Annotation queries are ordinary queries, edited with the ordinary editor, that begin with what happened. */
import type { AnnotationSupport } from '@grafana/data';
import { migrateQuery } from '../contract/query-migration';
import type { EditedQuery } from './query';

export const annotationSupport: AnnotationSupport<EditedQuery> = {
  getDefaultQuery: () => ({ queryType: 'annotations', experiment: '' }),
  prepareQuery: ({ target }) => {
    const isEmpty = target === undefined || Object.keys(migrateQuery({ ...target })).length === 0;
    return isEmpty ? { refId: 'Anno', queryType: 'annotations' } : target;
  },
};
