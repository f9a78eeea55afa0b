/** Limits on what one client, or all of them, may take: size, time, connections. */
import type { FastifyInstance } from 'fastify';

export interface PageLimits {
  /** The largest body read. */
  bodyBytes: number;
  /** A connection that has not sent its request’s headers by then is ended. */
  headersMs: number;
  /** …nor its whole request. */
  requestMs: number;
  /** A reader that has not taken its answer by then is cut off: longer than the slowest query takes. */
  answerMs: number;
  /** Open connections; one more is refused. */
  connections: number;
  /** How long running requests may take to end when the page is asked to stop. */
  graceMs: number;
}

export const LIMITS: PageLimits = {
  bodyBytes: 1024 * 1024,
  headersMs: 10_000,
  requestMs: 30_000,
  answerMs: 120_000,
  connections: 4_000,
  graceMs: 10_000,
};

/** How often the server looks for connections that are past their time. */
const CHECK_EVERY_MS = 1_000;

/** Of Node's server: how long a request may take to arrive. */
export const serverOptions = ({ headersMs, requestMs }: PageLimits) => ({
  headersTimeout: Math.min(headersMs, requestMs),
  requestTimeout: requestMs,
  connectionsCheckingInterval: Math.min(CHECK_EVERY_MS, headersMs),
});

export function registerLimits(app: FastifyInstance, { connections, answerMs }: PageLimits): void {
  app.server.maxConnections = connections;
  app.addHook('onRequest', (_request, { raw }, done) => {
    const cutOff = setTimeout(() => raw.destroy(), answerMs);
    raw.once('close', () => clearTimeout(cutOff));
    done();
  });
}
