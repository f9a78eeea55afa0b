/** Grafana's HTTP service for plugins and scenes, over `fetch`. Waits out a lost connection instead of failing. */
import {
  locationService,
  type BackendSrv,
  type BackendSrvRequest,
  type FetchError,
  type FetchResponse,
} from '@grafana/runtime';
import { lastValueFrom, map, retry, throwError, type Observable } from 'rxjs';
import { fromFetch } from 'rxjs/fetch';
import { recovery, reportLost } from './connection';

type Params = NonNullable<BackendSrvRequest['params']>;

function withParams(url: string, params: Params | undefined): string {
  if (params === undefined) {
    return url;
  }
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries<unknown>(params)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null) {
        search.append(name, String(one));
      }
    }
  }
  return search.size === 0 ? url : `${url}${url.includes('?') ? '&' : '?'}${search.toString()}`;
}

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600 };

/** How old a shared answer may be: as old as one refresh of the dashboard that asks. */
function freshness({ url }: BackendSrvRequest): Record<string, string> {
  const [, count, unit = ''] = /^(\d+)([smh])$/.exec(locationService.getSearch().get('refresh') ?? '') ?? [];
  const isShared = url.startsWith('/api/ds/query') && count !== undefined;
  return isShared ? { 'cache-control': `max-age=${Number(count) * (SECONDS[unit] ?? 1)}` } : {};
}

function requestInit(request: BackendSrvRequest): RequestInit {
  const data: unknown = request.data;
  return {
    method: request.method ?? 'GET',
    body: data === undefined ? undefined : JSON.stringify(data),
    headers: {
      accept: 'application/json',
      ...(data === undefined ? {} : { 'content-type': 'application/json' }),
      ...freshness(request),
      ...request.headers,
    },
  };
}

async function readBody(response: Response): Promise<unknown> {
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') === true;
  return isJson && text !== '' ? JSON.parse(text) : text;
}

async function toResponse(response: Response, config: BackendSrvRequest): Promise<FetchResponse<unknown>> {
  const { status, statusText, ok, headers, redirected, type, url } = response;
  const data = await readBody(response);
  if (!ok) {
    // Grafana's services reject with this plain object, which `isFetchError` recognises.
    throw Object.assign(new Error(`${status} ${statusText}`), {
      status,
      statusText,
      data,
      config,
    } satisfies FetchError);
  }
  return { data, status, statusText, ok, headers, redirected, type, url, config };
}

/** `fetch` fails with a TypeError when there is no answer at all. */
const isConnectionLost = (error: unknown) => error instanceof TypeError;

function send(request: BackendSrvRequest): Observable<FetchResponse<unknown>> {
  return fromFetch(withParams(request.url, request.params), {
    ...requestInit(request),
    selector: (response) => toResponse(response, request),
  }).pipe(
    retry({
      delay: (error: unknown) => {
        if (!isConnectionLost(error)) {
          return throwError(() => error);
        }
        reportLost();
        return recovery();
      },
    }),
  );
}

export class FetchBackendSrv implements BackendSrv {
  /** @param known answers that are here already, by address; each is given once */
  constructor(private readonly known: Map<string, unknown>) {}

  // The caller of Grafana's interface names the type of the answer; nothing on this side can know it.
  fetch<T>(request: BackendSrvRequest): Observable<FetchResponse<T>> {
    return send(request) as Observable<FetchResponse<T>>;
  }

  datasourceRequest<T>(request: BackendSrvRequest): Promise<FetchResponse<T>> {
    return lastValueFrom(this.fetch<T>(request));
  }

  request<T>(request: BackendSrvRequest): Promise<T> {
    return lastValueFrom(this.fetch<T>(request).pipe(map(({ data }) => data)));
  }

  get<T>(url: string, params?: Params, requestId?: string, options?: Partial<BackendSrvRequest>): Promise<T> {
    if (this.known.has(url)) {
      const answer = this.known.get(url);
      this.known.delete(url);
      return Promise.resolve(answer as T);
    }
    return this.request<T>({ ...options, url, params, requestId, method: 'GET' });
  }

  delete<T>(url: string, data?: unknown, options?: Partial<BackendSrvRequest>): Promise<T> {
    return this.request<T>({ ...options, url, data, method: 'DELETE' });
  }

  post<T>(url: string, data?: unknown, options?: Partial<BackendSrvRequest>): Promise<T> {
    return this.request<T>({ ...options, url, data, method: 'POST' });
  }

  patch<T>(url: string, data?: unknown, options?: Partial<BackendSrvRequest>): Promise<T> {
    return this.request<T>({ ...options, url, data, method: 'PATCH' });
  }

  put<T>(url: string, data?: unknown, options?: Partial<BackendSrvRequest>): Promise<T> {
    return this.request<T>({ ...options, url, data, method: 'PUT' });
  }

  chunked(request: BackendSrvRequest): Observable<FetchResponse<Uint8Array | undefined>> {
    return throwError(() => new Error(`${request.url}: this page does not stream`));
  }
}
