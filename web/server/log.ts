/** The page's log: one JSON object a line on stderr, for whatever collects it. */
import type { FastifyInstance } from 'fastify';

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Options of pino; passwords never reach a log. */
export const loggerOptions = (level: LogLevel) => ({
  level,
  stream: process.stderr,
  base: { service: 'uplift-page' },
  redact: ['req.headers.authorization', 'req.headers.cookie'],
});

/** One line for every answer, with the route instead of the address: an address names experiments and values. */
export function registerAccessLog(app: FastifyInstance): void {
  app.addHook('onResponse', (request, reply, done) => {
    request.log.info(
      {
        method: request.method,
        route: request.routeOptions.url ?? 'none',
        status: reply.statusCode,
        milliseconds: Math.round(reply.elapsedTime),
        client: request.ip,
      },
      'answered',
    );
    done();
  });
}
