/** `POST /api/ds/query`: Grafana's query API over the backend. Errors are answered per refId, never for all. */
import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import type { ClientQuery, QueryAnswer } from '../../pkg/sdk/client';
import { toGrafanaJson, type GrafanaFrame } from '../../pkg/sdk/json';
import type { Backend } from './backend';
import type { DataSources } from './dataSources';
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

const isGone = (reply: FastifyReply): boolean => reply.raw.destroyed && !reply.raw.writableFinished;

/** Ends when the browser goes away: it needs no answer then. */
function abortWith(reply: FastifyReply): AbortSignal {
  const abort = new AbortController();
  reply.raw.once('close', () => abort.abort());
  return AbortSignal.any([abort.signal, AbortSignal.timeout(QUERY_TIMEOUT_MS)]);
}

export function registerQueries(app: FastifyInstance, backend: Backend, dataSources: DataSources): void {
  async function answerOf(uid: string, queries: ClientQuery[], reply: FastifyReply): Promise<Results> {
    const settings = dataSources.settingsOf(uid);
    const all = (result: Result): Results => Object.fromEntries(queries.map(({ refId }) => [refId, result]));
    if (settings === undefined) {
      return all(failed(404, `There is no data source “${uid}” here; there is ${dataSources.uids}.`));
    }
    const skipsCache = reply.request.headers['x-cache-skip'] === 'true';
    const headers: Record<string, string> = skipsCache ? { 'X-Cache-Skip': 'true' } : {};
    const signal = abortWith(reply);
    try {
      const answers = await backend.call((client) => client.queryData({ settings, headers, queries }, { signal }));
      return Object.fromEntries(Object.entries(answers).map(([refId, answer]) => [refId, toResult(answer)]));
    } catch (error) {
      if (isGone(reply)) {
        return all(failed(499, 'The browser went away.'));
      }
      reply.log.error({ err: error, uid }, 'the backend did not answer a query');
      return all(failed(502, 'The backend did not answer. It is started again; try once more in a moment.'));
    }
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
    const byDataSource = new Map<string, ClientQuery[]>();
    for (const model of parsed.data.queries) {
      const { refId, queryType, maxDataPoints, intervalMs } = model;
      const query = { refId, json: model, queryType, range: { from, to }, maxDataPoints, intervalMs };
      const uid = uidOf(model);
      byDataSource.set(uid, [...(byDataSource.get(uid) ?? []), query]);
    }
    const answered = await Promise.all([...byDataSource].map(([uid, queries]) => answerOf(uid, queries, reply)));
    const results: Results = Object.fromEntries(answered.flatMap((results) => Object.entries(results)));
    const hasErrors = Object.values(results).some(({ error }) => error !== undefined);
    return reply.code(hasErrors ? 207 : 200).send({ results });
  });
}
