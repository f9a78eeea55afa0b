/**
 * The one HTTP client of the stores that speak HTTP. axios over `node:http`, because that behaves the same in Node and
 * in a Bun executable (custom CA, client certificate, body cap, abort: tried in both), which the two runtimes' `fetch`
 * do not.
 */
import http from 'node:http';
import https from 'node:https';
import tls from 'node:tls';
import axios from 'axios';
import type { AxiosInstance } from 'axios';
import type { TlsSettings } from '../../../src/contract/settings';
import type { HttpAuth, HttpOptions, HttpReply, HttpRequest, Parameters } from './exchange';
import { connectionFailure, replyFailure } from './failures';

/** What a store's API needs of the client. */
export type Http = Pick<HttpClient, 'send'>;

/** Enough for one dashboard's panels at once, without flooding a store. */
const MAX_SOCKETS = 32;

export class HttpClient {
  readonly #axios: AxiosInstance;
  readonly #agents: { http: http.Agent; https: https.Agent };

  /** @throws FailureError class `tls` when a certificate or key is not PEM */
  constructor(private readonly options: HttpOptions) {
    const pool = { keepAlive: true, maxSockets: MAX_SOCKETS };
    this.#agents = {
      http: new http.Agent(pool),
      https: new https.Agent({ ...pool, ...tlsOptions(options.tls, options.clientKey) }),
    };
    this.#axios = axios.create({
      adapter: 'http',
      httpAgent: this.#agents.http,
      httpsAgent: this.#agents.https,
      maxRedirects: 0,
      maxContentLength: options.maxBytes,
      maxBodyLength: options.maxBytes,
      responseType: 'text',
      transformResponse: (body: unknown) => body,
      validateStatus: () => true,
    });
  }

  /**
   * Sends one request and reads the whole reply. The timeout covers all of it: queueing, connecting, the slowest body.
   * Statuses a store answers with itself (400, 404, 422, 5xx with its own words) are returned for the store to explain.
   *
   * @throws FailureError: `network`, `tls`, `timeout`, `limit`; `auth` for 401 and 403; `config` for a redirect
   * @throws the signal's own reason when the caller gives up
   */
  async send(request: HttpRequest, signal: AbortSignal): Promise<HttpReply> {
    signal.throwIfAborted();
    const timeout = AbortSignal.timeout(this.options.timeoutMs);
    try {
      const response = await this.#axios.request<string>({
        method: request.method,
        url: join(this.options.url, request.path),
        params: request.query && encode(request.query),
        data: bodyOf(request),
        headers: {
          ...(request.form && { 'Content-Type': 'application/x-www-form-urlencoded' }),
          ...(request.json && { 'Content-Type': 'application/json' }),
          ...authorization(this.options.auth),
          ...request.headers,
          ...this.options.headers,
        },
        signal: AbortSignal.any([signal, timeout]),
      });
      const reply = { status: response.status, headers: plainHeaders(response.headers), body: response.data };
      const refused = replyFailure(this.options, reply);
      if (refused) {
        throw refused;
      }
      return reply;
    } catch (error) {
      signal.throwIfAborted();
      throw connectionFailure(this.options, error, timeout.aborted);
    }
  }

  /** Closes kept connections; requests in flight end on their own. */
  dispose(): void {
    this.#agents.http.destroy();
    this.#agents.https.destroy();
  }
}

function tlsOptions(settings: TlsSettings, clientKey: string | undefined): https.AgentOptions {
  return {
    rejectUnauthorized: !settings.skipVerify,
    // Node replaces the system's authorities by `ca`; ours is one beside them.
    ...(settings.ca && { ca: [...tls.rootCertificates, settings.ca] }),
    ...(settings.clientCertificate && { cert: settings.clientCertificate }),
    ...(clientKey && { key: clientKey }),
    ...(settings.serverName && { servername: settings.serverName }),
  };
}

function authorization(auth: HttpAuth): Record<string, string> {
  switch (auth.kind) {
    case 'none':
      return {};
    case 'basic':
      return { Authorization: `Basic ${Buffer.from(`${auth.user}:${auth.password}`).toString('base64')}` };
    case 'token':
      return { Authorization: `${auth.scheme} ${auth.token}` };
  }
}

function join(base: string, path: string): string {
  return base.replace(/\/+$/, '') + path;
}

function bodyOf({ form, json }: HttpRequest): string | undefined {
  return json ? JSON.stringify(json) : form && encode(form).toString();
}

function encode(parameters: Parameters): URLSearchParams {
  const encoded = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    for (const one of typeof value === 'string' ? [value] : (value ?? [])) {
      encoded.append(name, one);
    }
  }
  return encoded;
}

function plainHeaders(headers: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name.toLowerCase(), value]] : [],
    ),
  );
}
