/** The server side of Grafana's plugin protocol: write a `BackendPlugin`, hand it to `serve`. */
export type { CallContext, DataSourceSettings, User } from '../protocol/context';
export { CallHeaders } from '../protocol/headers';
export { createLogger, type Logger, type LoggerOptions } from './logger';
export type {
  BackendPlugin,
  CallRequest,
  ErrorSource,
  HealthResult,
  PluginInstance,
  Query,
  QueryDataRequest,
  QueryDataResult,
  ResourceRequest,
  ResourceResult,
} from './plugin';
export { PublicError } from './public-error';
export { createPluginServer, type PluginServer } from './plugin-server';
export { serve } from './serve';
