/** `/api/datasources/uid/:uid/…`: the data source's resources and its health check, read-only. */
import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import type { DataSourceSettings, HealthAnswer } from '../../pkg/sdk/client';
import type { Backend } from './backend';
import type { DataSources } from './dataSources';

const CALL_TIMEOUT_MS = 30_000;
const HEALTH_WORDS: Record<HealthAnswer['status'], string> = { ok: 'OK', error: 'ERROR', unknown: 'UNKNOWN' };

const paramsSchema = z.object({ uid: z.string(), '*': z.string().default('') });

export function registerResources(app: FastifyInstance, backend: Backend, dataSources: DataSources): void {
  /** Answers 404 for a data source the page does not serve, 502 when the backend does not answer. */
  async function withSettings(
    uid: string,
    reply: FastifyReply,
    answer: (settings: DataSourceSettings) => Promise<unknown>,
  ): Promise<unknown> {
    const settings = dataSources.settingsOf(uid);
    if (settings === undefined) {
      return reply.code(404).send({ message: `There is no data source “${uid}” here; there is ${dataSources.uids}.` });
    }
    try {
      return await answer(settings);
    } catch (error) {
      reply.log.error({ err: error, uid }, 'the backend did not answer');
      return reply.code(502).send({ message: 'The backend did not answer; try once more in a moment.' });
    }
  }

  app.get('/api/datasources/uid/:uid/resources/*', async (request, reply) => {
    const { uid, '*': resource } = paramsSchema.parse(request.params);
    const search = new URL(request.url, 'http://page').search;
    return withSettings(uid, reply, async (settings) => {
      const options = { timeoutMs: CALL_TIMEOUT_MS };
      const call = { settings, path: `${resource}${search}` };
      const { status, headers, body } = await backend.call((client) => client.callResource(call, options));
      return reply
        .code(status)
        .type(headers.get('content-type') ?? 'application/octet-stream')
        .send(body);
    });
  });

  app.get('/api/datasources/uid/:uid/health', async (request, reply) => {
    const { uid } = paramsSchema.parse(request.params);
    return withSettings(uid, reply, async (settings) => {
      const health = await backend.call((client) => client.checkHealth({ settings }, { timeoutMs: CALL_TIMEOUT_MS }));
      const { status, message, details } = health;
      return reply.code(status === 'ok' ? 200 : 400).send({ status: HEALTH_WORDS[status], message, details });
    });
  });
}
