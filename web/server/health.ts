/** What a cluster asks: is the process alive, and may it get requests. Open to everybody; says nothing else. */
import type { FastifyInstance } from 'fastify';
import type { Backend } from './backend';

const PROBE_LIMIT_MS = 2_000;
const OPEN = { config: { isOpen: true } };

/** Whether the page may get requests, as far as it knows itself. */
export interface Readiness {
  isStopping: boolean;
}

/** `/healthz` while the server runs; `/readyz` while its backend answers and nobody has asked it to stop. */
export function registerHealth(app: FastifyInstance, backend: Backend, readiness: Readiness): void {
  // A client that would keep its connection would keep the server from ending.
  app.addHook('onSend', (_request, reply, _payload, done) => {
    if (readiness.isStopping) {
      reply.header('connection', 'close');
    }
    done();
  });

  app.get('/healthz', OPEN, () => ({ status: 'ok' }));

  app.get('/readyz', OPEN, async (request, reply) => {
    if (readiness.isStopping) {
      return reply.code(503).send({ status: 'stopping' });
    }
    try {
      await backend.call((client) => client.collectMetrics({ timeoutMs: PROBE_LIMIT_MS }));
      return { status: 'ready' };
    } catch (error) {
      request.log.warn({ err: error }, 'the backend is not ready');
      return reply.code(503).send({ status: 'the backend does not answer' });
    }
  });
}
