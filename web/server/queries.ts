/** `POST /api/ds/query`: Grafana's query API over the backend. Errors are answered per refId, never for all. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { ClientQuery, QueryAnswer } from '../../pkg/sdk/client';
import { toGrafanaJson, type GrafanaFrame } from '../../pkg/sdk/json';
import { encodeAnswer, type Answer, type Range, type SharedAnswers } from './answers';
import type { Backend } from './backend';
import type { DataSources } from './dataSources';
import type { PageMetrics } from './metrics';
import { readTime } from './timeRange';

const QUERY_TIMEOUT_MS = 60_000;
const MAX_QUERIES = 100;

const queryModelSchema = z.looseObject({
  refId: z.string().min(1).default('A'),
  datasource: z.union(
    [z.string(), z.looseObject({ uid: z.string() })],
    'the data source’s uid, e.g. {"uid": "uplift"}',
  ),
  queryType: z.string().optional(),
  maxDataPoints: z.number().int().positive().max(100_000).optional(),
  intervalMs: z.number().positive().optional(),
});
type QueryModel = z.infer<typeof queryModelSchema>;

const timeSchema = z.union([z.string(), z.number().transform(String)]);
const bodySchema = z.object({
  from: timeSchema.default('now-6h'),
  to: timeSchema.default('now'),
  queries: z.array(queryModelSchema).min(1).max(MAX_QUERIES),
});

interface Result {
  status: number;
  frames: GrafanaFrame[];
  error?: string;
  errorSource?: string;
}
type Results = Record<string, Result>;

const failed = (status: number, error: string): Result => ({ status, frames: [], error, errorSource: 'plugin' });

const uidOf = ({ datasource }: QueryModel): string => (typeof datasource === 'string' ? datasource : datasource.uid);

function toResult({ status, frames, error, errorSource }: QueryAnswer): Result {
  return {
    status,
    frames: frames.map(toGrafanaJson),
    ...(error === null ? {} : { error }),
    ...(errorSource === null ? {} : { errorSource }),
  };
}

/** The first thing wrong with a body, as `field: what it must be`. */
const describeIssue = ({ issues: [issue] }: z.ZodError): string =>
  issue === undefined ? 'the body is not a query' : `${issue.path.join('.') || 'body'}: ${issue.message}`;

/** A dashboard must not get the answer of its own last refresh again, so nearly that old is too old. */
const NEARLY = 0.8;

/** `Cache-Control` as a browser sends it: how old an answer may be, ms. A dashboard says so by how often it refreshes. */
function maxAgeOf({ headers }: FastifyRequest): number {
  const directives = headers['cache-control'] ?? '';
  const [, seconds] = /\bmax-age=(\d{1,9})\b/.exec(directives) ?? [];
  const skipsCache = headers['x-cache-skip'] === 'true' || /\bno-(?:cache|store)\b/.test(directives);
  return skipsCache ? -1 : seconds === undefined ? Infinity : Number(seconds) * 1000 * NEARLY;
}

export interface Querying {
  backend: Backend;
  dataSources: DataSources;
  answers: SharedAnswers;
  metrics: PageMetrics;
}

export function registerQueries(app: FastifyInstance, { backend, dataSources, answers, metrics }: Querying): void {
  async function askOne(uid: string, queries: ClientQuery[], isFresh: boolean): Promise<Results> {
    const settings = dataSources.settingsOf(uid);
    const all = (result: Result): Results => Object.fromEntries(queries.map(({ refId }) => [refId, result]));
    if (settings === undefined) {
      return all(failed(404, `There is no data source “${uid}” here; there is ${dataSources.uids}.`));
    }
    const headers: Record<string, string> = isFresh ? { 'X-Cache-Skip': 'true' } : {};
    // Not ended with the browser that asked first: others may wait for the same answer.
    const call = { timeoutMs: QUERY_TIMEOUT_MS };
    try {
      const answered = await backend.call((client) => client.queryData({ settings, headers, queries }, call));
      return Object.fromEntries(Object.entries(answered).map(([refId, answer]) => [refId, toResult(answer)]));
    } catch (error) {
      app.log.error({ err: error, uid }, 'the backend did not answer a query');
      return all(failed(502, 'The backend did not answer. It is started again; try once more in a moment.'));
    }
  }

  async function askAll(models: readonly QueryModel[], range: Range, isFresh: boolean): Promise<Answer> {
    const byDataSource = new Map<string, ClientQuery[]>();
    for (const model of models) {
      const { refId, queryType, maxDataPoints, intervalMs } = model;
      const query = { refId, json: model, queryType, range, maxDataPoints, intervalMs };
      const uid = uidOf(model);
      byDataSource.set(uid, [...(byDataSource.get(uid) ?? []), query]);
    }
    const answered = await Promise.all([...byDataSource].map(([uid, queries]) => askOne(uid, queries, isFresh)));
    const results: Results = Object.fromEntries(answered.flatMap((one) => Object.entries(one)));
    const hasErrors = Object.values(results).some(({ error }) => error !== undefined);
    return encodeAnswer(hasErrors ? 207 : 200, { results });
  }

  app.post('/api/ds/query', async (request, reply) => {
    const parsed = bodySchema.safeParse(request.body);
    if (!parsed.success) {
      return reply.code(400).send({ message: `Not a query: ${describeIssue(parsed.error)}` });
    }
    const now = Date.now();
    const from = readTime(parsed.data.from, now, 'from');
    const to = readTime(parsed.data.to, now, 'to');
    if (from === undefined || to === undefined || from >= to) {
      const { from: asked, to: until } = parsed.data;
      return reply.code(400).send({
        message: `Not a time range: from “${asked}” to “${until}”. Use epoch milliseconds, ISO 8601, or now-24h, with from before to.`,
      });
    }
    const { queries } = parsed.data;
    const range = { from, to };
    const maxAgeMs = maxAgeOf(request);
    const question = `${dataSources.revision} ${JSON.stringify(queries)}`;
    const { answer, isShared } = await answers.answer(question, range, maxAgeMs, () =>
      askAll(queries, range, maxAgeMs < 0),
    );
    metrics.countAnswer(isShared ? 'shared' : 'asked');
    return send(request, reply, answer);
  });
}

function send({ headers }: FastifyRequest, reply: FastifyReply, { status, json, gzipped }: Answer) {
  reply.code(status).type('application/json; charset=utf-8').header('vary', 'accept-encoding');
  return /\bgzip\b/.test(headers['accept-encoding'] ?? '')
    ? reply.header('content-encoding', 'gzip').send(gzipped)
    : reply.send(json);
}
