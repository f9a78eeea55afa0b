/** Readers as a proxy in front of the page has signed them in: its header counts, from its address only. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { IsTrusted } from './trusted-addresses';

/** Letters, digits and marks of a name or address; long enough for any of them. */
const READER = /^[\w.@+\- ]{1,256}$/;

export interface ProxyOptions {
  header: string;
  isTrusted: IsTrusted;
  /** Which requests need it. */
  isGuarded: (request: FastifyRequest) => boolean;
}

/** The reader the proxy names; undefined when it is not the proxy who says so, or says it twice. */
function readerOf({ raw }: FastifyRequest, { header, isTrusted }: ProxyOptions): string | undefined {
  // The address of the connection itself: every other one is in a header that anybody can write.
  if (!isTrusted(raw.socket.remoteAddress)) {
    return undefined;
  }
  const named = raw.headersDistinct[header.toLowerCase()] ?? [];
  const [reader] = named;
  return named.length === 1 && reader !== undefined && READER.test(reader) ? reader : undefined;
}

/** Refuses every guarded request that does not come through the proxy. */
export function registerProxy(app: FastifyInstance, options: ProxyOptions): void {
  app.addHook('onRequest', async (request, reply) => {
    if (!options.isGuarded(request) || readerOf(request, options) !== undefined) {
      return undefined;
    }
    request.log.info({ client: request.raw.socket.remoteAddress }, 'not from the trusted proxy');
    return reply.code(401).send({ message: 'Sign in at the proxy in front of this page.' });
  });
}
