/**
 * Stands in for `@grafana/plugin-compat/datasources`, which imports from `@grafana/runtime` what 13.2 exports from
 * `/unstable` only.
 */
import type { DataSourceApi, DataSourceRef, ScopedVars } from '@grafana/data';
import { getDataSourceSrv } from '@grafana/runtime';

export {
  getDataSourceInstanceList,
  getDataSourceInstanceSettings,
  getDefaultDataSourceInstance as getDefaultDataSourceInstanceListItem,
} from '@grafana/runtime/unstable';

export const getDataSourceInstance = (
  ref?: DataSourceRef | string | null,
  scopedVars?: ScopedVars,
): Promise<DataSourceApi> => getDataSourceSrv().get(ref, scopedVars);
