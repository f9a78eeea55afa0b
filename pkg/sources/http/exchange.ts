/** What a store that speaks HTTP is asked and answers, whoever carries it. */
import type { SourceName } from '../../../src/calc/provenance';
import type { TlsSettings } from '../../../src/contract/settings';

export type HttpAuth =
  | { kind: 'none' }
  | { kind: 'basic'; user: string; password: string }
  /** `scheme` is `Bearer`, or `Token` for InfluxDB. */
  | { kind: 'token'; scheme: 'Bearer' | 'Token'; token: string };

export interface HttpOptions {
  source: SourceName;
  url: string;
  auth: HttpAuth;
  headers: Record<string, string>;
  timeoutMs: number;
  /** The largest body read, after decompression. */
  maxBytes: number;
  tls: TlsSettings;
  /** PEM text of the client certificate's key. */
  clientKey?: string;
}

export type Parameters = Record<string, string | readonly string[] | undefined>;

export interface HttpRequest {
  method: 'GET' | 'POST';
  /** Appended to the address, which may itself have a path. */
  path: string;
  query?: Parameters;
  /** Sent as `application/x-www-form-urlencoded`. */
  form?: Parameters;
  /** Sent as `application/json`. */
  json?: Readonly<Record<string, unknown>>;
  headers?: Record<string, string>;
}

export interface HttpReply {
  status: number;
  /** Names in lower case. */
  headers: Record<string, string>;
  body: string;
}
