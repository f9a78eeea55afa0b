/** Prometheus's HTTP API (also Thanos's, Mimir's and VictoriaMetrics'), with its errors told apart. */
import type { z } from 'zod';
import { FailureError } from '../../../src/contract/failure';
import { SlowQueryError } from '../endpoints';
import type { Http } from '../http/client';
import type { HttpReply, HttpRequest } from '../http/exchange';
import { foreignReply, quoteSafely } from '../http/failures';
import type { Grid } from './grid';
import type { AlertEntry, RangeSeries, Sample } from './wire';
import { alertsSchema, buildInfoSchema, envelopeSchema, readMatrix, readVector, stringsSchema } from './wire';

export interface Reply<T> {
  value: T;
  /** Prometheus's `warnings` and `infos`: partial answers and doubtful queries. */
  warnings: string[];
}

export class PrometheusApi {
  constructor(private readonly http: Http) {}

  /** @param time epoch ms of the evaluation. @throws FailureError */
  query(expr: string, time: number, signal: AbortSignal): Promise<Reply<Sample[]>> {
    const form = { query: expr, time: seconds(time) };
    return this.#ask({ method: 'POST', path: '/api/v1/query', form }, readVector, signal);
  }

  /** @throws FailureError */
  queryRange(expr: string, grid: Grid, signal: AbortSignal): Promise<Reply<RangeSeries[]>> {
    const form = { query: expr, start: seconds(grid.start), end: seconds(grid.end), step: seconds(grid.stepMs) };
    return this.#ask({ method: 'POST', path: '/api/v1/query_range', form }, readMatrix, signal);
  }

  /** Values of a label over the series a selector matches. @throws FailureError */
  async labelValues(label: string, selector: string, signal: AbortSignal): Promise<Reply<string[]>> {
    const path = `/api/v1/label/${encodeURIComponent(label)}/values`;
    const query = { 'match[]': selector };
    return this.#ask({ method: 'GET', path, query }, (data) => stringsSchema.parse(data) ?? [], signal);
  }

  /** Names of the labels on the series a selector matches. @throws FailureError */
  async labels(selector: string, signal: AbortSignal): Promise<string[]> {
    const form = { 'match[]': selector };
    const reply = await this.#ask(
      { method: 'POST', path: '/api/v1/labels', form },
      (data) => stringsSchema.parse(data) ?? [],
      signal,
    );
    return reply.value;
  }

  /** Alerts that its rules raise now, pending or firing. @throws FailureError */
  alerts(signal: AbortSignal): Promise<Reply<AlertEntry[]>> {
    return this.#ask({ method: 'GET', path: '/api/v1/alerts' }, (data) => alertsSchema.parse(data).alerts, signal);
  }

  /** The server's version; null where it tells none (VictoriaMetrics, Prometheus built from source). @throws FailureError */
  async version(signal: AbortSignal): Promise<string | null> {
    const reply = await this.http.send({ method: 'GET', path: '/api/v1/status/buildinfo' }, signal);
    if (reply.status !== 200) {
      return null;
    }
    const info = buildInfoSchema.safeParse(parseEnvelope(reply)?.data);
    return (info.success && info.data.version) || null;
  }

  async #ask<T>(request: HttpRequest, read: (data: unknown) => T, signal: AbortSignal): Promise<Reply<T>> {
    const reply = await this.http.send(request, signal);
    const envelope = parseEnvelope(reply);
    if (!envelope) {
      throw refusal(reply);
    }
    try {
      return {
        value: read(envelope.data),
        warnings: [...(envelope.warnings ?? []), ...(envelope.infos ?? [])].map(quoteSafely),
      };
    } catch (error) {
      throw new FailureError(
        {
          class: 'server',
          source: 'prometheus',
          message: 'Prometheus’s answer has a shape that is not understood.',
          fix: 'Check that prometheus.url is a Prometheus-compatible query API; the plugin’s log has the details.',
        },
        { cause: error },
      );
    }
  }
}

type Success = Extract<z.infer<typeof envelopeSchema>, { status: 'success' }>;

function readEnvelope(reply: HttpReply): z.infer<typeof envelopeSchema> | null {
  let body: unknown;
  try {
    body = JSON.parse(reply.body);
  } catch {
    // Not JSON: a proxy's page or a cut answer; the caller says so by the status.
    return null;
  }
  const parsed = envelopeSchema.safeParse(body);
  return parsed.success ? parsed.data : null;
}

function parseEnvelope(reply: HttpReply): Success | null {
  const envelope = readEnvelope(reply);
  return envelope?.status === 'success' ? envelope : null;
}

/** Why the API did not answer with a result. */
function refusal(reply: HttpReply): FailureError {
  const envelope = readEnvelope(reply);
  if (envelope?.status !== 'error') {
    return reply.status === 200 ? cutOff(reply) : foreignReply('prometheus', reply);
  }
  const words = quoteSafely(envelope.error);
  const source = 'prometheus';
  if (/deadline exceeded|timed? ?out|canceled|timeout/i.test(words) || envelope.errorType === 'timeout') {
    return new SlowQueryError({
      class: 'timeout',
      source,
      message: 'Prometheus gave the query up, because it took too long.',
      fix: 'Shorten the time range, narrow the selector, or raise Prometheus’s --query.timeout.',
    });
  }
  if (/maximum resolution|too many samples|too many points|max-?samples|limit/i.test(words)) {
    return new FailureError({
      class: 'limit',
      source,
      message: `Prometheus refused the query for its size: ${words}`,
      fix: 'Shorten the time range, coarsen the step, or narrow the selector.',
    });
  }
  if (reply.status === 503 || envelope.errorType === 'unavailable') {
    return new FailureError({
      class: 'server',
      source,
      message: 'Prometheus is not ready to answer queries.',
      fix: 'Wait for it to finish starting; if it does not, look into its log.',
    });
  }
  if (reply.status >= 500 || envelope.errorType === 'internal') {
    return foreignReply(source, { ...reply, status: Math.max(reply.status, 500) });
  }
  return new FailureError({
    class: 'query',
    source,
    message: `Prometheus does not accept the query: ${words}`,
    fix: 'Correct the query, or the selectors and labels in mapping.prometheus.',
  });
}

function cutOff(reply: HttpReply): FailureError {
  const isPage = /^\s*</.test(reply.body);
  return new FailureError({
    class: isPage ? 'config' : 'server',
    source: 'prometheus',
    ...(isPage && { field: 'prometheus.url' }),
    message: isPage ? 'A web page answered instead of Prometheus’s API.' : 'Prometheus’s answer is not complete JSON.',
    fix: isPage
      ? 'Set prometheus.url to the API’s address; a login page means that a proxy wants credentials.'
      : 'Try again; if it stays so, check the proxy between.',
  });
}

/** Unix time or duration in seconds, exact to the millisecond. */
function seconds(ms: number): string {
  return String(Math.round(ms) / 1000);
}
