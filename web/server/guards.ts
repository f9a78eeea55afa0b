/** What a request must satisfy before any route sees it, and the headers every answer carries. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  // Grafana's components write their styles at run time.
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const HEADERS = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

const LOOPBACK = new Set(['localhost', '127.0.0.1', '::1', '[::1]']);

export const isLoopback = (host: string): boolean => LOOPBACK.has(host.toLowerCase());

/** A name that some other site has pointed at this machine (DNS rebinding) is not ours. */
const isOurHost = (request: FastifyRequest): boolean => isLoopback(request.hostname);

/** Browsers name the origin of a POST; a script or curl names none. */
function isSameOrigin(request: FastifyRequest): boolean {
  const { origin } = request.headers;
  return origin === undefined || (URL.canParse(origin) && new URL(origin).host === request.headers.host);
}

const isReading = ({ method }: FastifyRequest): boolean => method === 'GET' || method === 'HEAD';

const refuse = (reply: FastifyReply, message: string) => reply.code(403).send({ message });

export function registerGuards(app: FastifyInstance): void {
  // Only application/json is read; Fastify answers 415 to the rest, such as a form posted by another site.
  app.removeContentTypeParser('text/plain');
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(HEADERS);
    if (request.url.startsWith('/api/')) {
      reply.header('cache-control', 'no-store');
    }
    if (!isOurHost(request)) {
      return refuse(reply, 'This page answers to localhost only.');
    }
    if (!isReading(request) && !isSameOrigin(request)) {
      return refuse(reply, 'Requests from other sites are not answered.');
    }
    return undefined;
  });
}
