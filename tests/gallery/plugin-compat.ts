/** `@grafana/plugin-compat` imports names that `@grafana/runtime` 13.2 has under `/unstable` only; panels need none of them. */
export {
  getDataSourceInstanceList,
  getDataSourceInstanceSettings,
  getDefaultDataSourceInstance as getDefaultDataSourceInstanceListItem,
} from '@grafana/runtime/unstable';
export { getDataSourceSrv as getDataSourceInstance } from '@grafana/runtime';
