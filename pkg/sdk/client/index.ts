/** The host's side of Grafana's plugin protocol: start a plugin's executable, or connect to one, and call it. */
export type { DataSourceSettings, User } from '../protocol/context';
export { CallHeaders } from '../protocol/headers';
export { PluginClient } from './plugin-client';
export { PluginConnection } from './plugin-connection';
export type { PluginLog } from './plugin-log';
export type { Exit, PluginStart } from './plugin-process';
export type {
  Asker,
  CallOptions,
  ClientQuery,
  HealthAnswer,
  QueryAnswer,
  QueryDataCall,
  ResourceAnswer,
  ResourceCall,
} from './requests';
