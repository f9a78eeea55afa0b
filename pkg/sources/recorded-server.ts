/** A server that answers what a real one was recorded to answer, for tests. */
import type { Http } from './http/client';
import type { HttpReply, HttpRequest } from './http/exchange';

export interface Recorded {
  status?: number;
  body: string;
}

/** @param answer by the request's path and its query text */
export class RecordedServer implements Http {
  readonly requests: HttpRequest[] = [];

  constructor(private readonly answer: (path: string, query: string) => Recorded) {}

  send(request: HttpRequest): Promise<HttpReply> {
    this.requests.push(request);
    const query =
      request.form?.query ??
      request.form?.['match[]'] ??
      request.query?.['match[]'] ??
      request.form?.q ??
      request.json?.query ??
      request.json?.q;
    const { status = 200, body } = this.answer(request.path, typeof query === 'string' ? query : '');
    return Promise.resolve({ status, headers: {}, body });
  }
}

/** A body of `/api/v1/query` with these samples. */
export function vectorBody(samples: ReadonlyArray<[Record<string, string>, number]>): string {
  const result = samples.map(([metric, value]) => ({ metric, value: [1_795_361_826.306, String(value)] }));
  return JSON.stringify({ status: 'success', data: { resultType: 'vector', result } });
}

/** A body of `/api/v1/query_range`; times in seconds. */
export function matrixBody(series: ReadonlyArray<[Record<string, string>, ReadonlyArray<[number, number]>]>): string {
  const result = series.map(([metric, points]) => ({
    metric,
    values: points.map(([time, value]) => [time, String(value)]),
  }));
  return JSON.stringify({ status: 'success', data: { resultType: 'matrix', result } });
}

export const EMPTY_VECTOR = vectorBody([]);
export const EMPTY_MATRIX = matrixBody([]);
