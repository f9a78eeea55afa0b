/** What a plugin's author writes: plain values in, plain values out; nothing of gRPC, Arrow or processes. */
import type { DataFrame } from '../frame';
import type { CallContext, DataSourceSettings } from '../protocol/context';
import type { CallHeaders } from '../protocol/headers';

/** Connections, caches and the like of one configured data source. */
export interface PluginInstance {
  /** Called once, after the settings changed and the last request on this instance ended. */
  dispose(): Promise<void>;
}

export interface CallRequest {
  context: CallContext;
  headers: CallHeaders;
}

export interface Query {
  /** Unique within the request. */
  refId: string;
  queryType: string;
  /** The query's model, parsed; not yet checked. */
  json: unknown;
  maxDataPoints: number;
  /** Width of a bucket, not the dashboard's refresh. */
  intervalMs: number;
  /** Epoch ms. */
  range: { from: number; to: number };
}

export interface QueryDataRequest extends CallRequest {
  queries: Query[];
}

export type ErrorSource = 'downstream' | 'plugin';

/** Grafana drops the frames of a result that has an error: a partial failure belongs into a frame's notices. */
export type QueryDataResult =
  | { status: number; frames: DataFrame[] }
  | { status: number; error: string; errorSource: ErrorSource; frames?: DataFrame[] };

export interface HealthResult {
  status: 'ok' | 'error' | 'unknown';
  message: string;
  /** Any JSON; Grafana shows it on error only. */
  details?: unknown;
}

export interface ResourceRequest extends CallRequest {
  /** Without a leading slash or query. */
  path: string;
  method: string;
  /** Path with query. */
  url: string;
  body: Uint8Array;
}

export interface ResourceResult {
  /** An HTTP status. */
  status: number;
  headers?: Readonly<Record<string, string | readonly string[]>>;
  body: Uint8Array | string;
}

/**
 * A data source's backend. Every `signal` aborts when the caller cancels, its deadline passes or the process must end.
 * What a handler throws becomes an error answer; only the text of a `PublicError` is shown, the rest goes to the log.
 */
export interface BackendPlugin<Instance extends PluginInstance> {
  /** Called for the first request and whenever the settings have changed. Connect lazily: this is on a request's path. */
  createInstance(settings: DataSourceSettings): Instance;
  /** One result per refId. Queries whose JSON is broken are answered before and are not in the request. */
  queryData(
    instance: Instance,
    request: QueryDataRequest,
    signal: AbortSignal,
  ): Promise<Readonly<Record<string, QueryDataResult>>>;
  checkHealth(instance: Instance, request: CallRequest, signal: AbortSignal): Promise<HealthResult>;
  callResource(instance: Instance, request: ResourceRequest, signal: AbortSignal): Promise<ResourceResult>;
  /** The process's own metrics in Prometheus's text format. */
  collectMetrics(): Promise<string>;
}
