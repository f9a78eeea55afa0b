import { DataSourcePlugin } from '@grafana/data';
import { UpliftDataSource } from './datasource';
import type { EditedQuery } from './query';
import type { UpliftJsonData, UpliftSecrets } from './settings';

export const plugin = new DataSourcePlugin<UpliftDataSource, EditedQuery, UpliftJsonData, UpliftSecrets>(
  UpliftDataSource,
);
