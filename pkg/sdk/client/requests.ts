/** What a caller asks of a plugin and what it gets back. */
import type { DataFrame } from '../frame';
import type { CallContext, DataSourceSettings, User } from '../protocol/context';
import type { CallHeaders } from '../protocol/headers';

export interface CallOptions {
  /** Cancels the call. */
  signal?: AbortSignal;
  /** Deadline from now; none by default. */
  timeoutMs?: number;
}

/** Who asks about which data source. */
export interface Asker {
  settings: DataSourceSettings;
  headers?: Readonly<Record<string, string>>;
  /** Default 1. */
  orgId?: number;
  /** Default: none, as for calls that Grafana makes itself. */
  user?: User;
  pluginId?: string;
  pluginVersion?: string;
}

export interface ClientQuery {
  refId: string;
  /** The query's model; bytes are sent as they are. */
  json: unknown;
  queryType?: string;
  /** Epoch ms. */
  range: { from: number; to: number };
  /** Default 1000. */
  maxDataPoints?: number;
  /** Default 1000. */
  intervalMs?: number;
}

export interface QueryDataCall extends Asker {
  queries: readonly ClientQuery[];
}

export interface ResourceCall extends Asker {
  /** Without a leading slash; a query (`?a=b`) is allowed and travels in the url. */
  path: string;
  /** Default GET. */
  method?: string;
  body?: Uint8Array | string;
}

/** One refId's answer; `Frame` is a decoded frame or its Arrow bytes. */
export interface QueryAnswer<Frame = DataFrame> {
  status: number;
  frames: Frame[];
  /** Null when all went well. */
  error: string | null;
  errorSource: string | null;
}

export interface HealthAnswer {
  status: 'ok' | 'error' | 'unknown';
  message: string;
  /** Null when there are none. */
  details: unknown;
}

export interface ResourceAnswer {
  status: number;
  headers: CallHeaders;
  body: Buffer;
}

export function contextOf(asker: Asker): CallContext {
  return {
    orgId: asker.orgId ?? 1,
    pluginId: asker.pluginId ?? '',
    pluginVersion: asker.pluginVersion ?? '',
    user: asker.user ?? null,
    settings: asker.settings,
  };
}
