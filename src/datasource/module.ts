import { DataSourcePlugin } from '@grafana/data';
import { ConfigEditor } from './ConfigEditor';
import { UpliftDataSource } from './datasource';
import type { EditedQuery } from './query';
import { QueryEditor } from './QueryEditor';
import { QueryEditorHelp } from './QueryEditorHelp';
import type { UpliftJsonData, UpliftSecrets } from './settings';

export const plugin = new DataSourcePlugin<UpliftDataSource, EditedQuery, UpliftJsonData, UpliftSecrets>(
  UpliftDataSource,
)
  .setConfigEditor(ConfigEditor)
  .setQueryEditor(QueryEditor)
  .setQueryEditorHelp(QueryEditorHelp);
