/** What every part of the query editor is given. */
import type { UpliftDataSource } from '../datasource';
import type { EditedQuery, EditedQueryOf } from '../query';

export interface FieldProps<T extends EditedQuery['queryType']> {
  datasource: UpliftDataSource;
  query: EditedQueryOf<T>;
  /** Takes the changed query and runs it. */
  onChange: (query: EditedQueryOf<T>) => void;
}
