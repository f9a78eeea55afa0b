/** What a request must satisfy before any route sees it, and the headers every answer carries. */
import helmet from '@fastify/helmet';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isLoopback, type Access } from './access/access';
import { registerPassword } from './access/password';
import { registerProxy } from './access/proxy';
import type { IsTrusted } from './access/trusted-addresses';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Answers everybody: probes carry no password. */
    isOpen?: boolean;
  }
}

export interface Guards {
  access: Access;
  isTrustedProxy: IsTrusted;
  /** The page listens on loopback only. */
  isLocal: boolean;
  isTls: boolean;
}

const CONTENT_SECURITY_POLICY = {
  'default-src': ["'self'"],
  'script-src': ["'self'"],
  // Grafana's components write their styles at run time.
  'style-src': ["'self'", "'unsafe-inline'"],
  'img-src': ["'self'", 'data:', 'blob:'],
  'font-src': ["'self'", 'data:'],
  'object-src': ["'none'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
  'frame-ancestors': ["'none'"],
};

/** On loopback, a name that some other site has pointed at this machine (DNS rebinding) is not ours. */
const isOurHost = (request: FastifyRequest): boolean => isLoopback(request.hostname);

/** Browsers name the origin of a POST; a script or curl names none. */
function isSameOrigin({ headers, host }: FastifyRequest): boolean {
  const { origin, 'sec-fetch-site': site } = headers;
  const isOrigin = origin === undefined || (URL.canParse(origin) && new URL(origin).host === host);
  return isOrigin && (site === undefined || site === 'same-origin' || site === 'none');
}

const isReading = ({ method }: FastifyRequest): boolean => method === 'GET' || method === 'HEAD';

const isGuarded = ({ routeOptions }: FastifyRequest): boolean => routeOptions.config.isOpen !== true;

const refuse = (reply: FastifyReply, message: string) => reply.code(403).send({ message });

export async function registerGuards(app: FastifyInstance, guards: Guards): Promise<void> {
  // Only application/json is read; Fastify answers 415 to the rest, such as a form posted by another site.
  app.removeContentTypeParser('text/plain');
  await app.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: CONTENT_SECURITY_POLICY },
    xFrameOptions: { action: 'deny' },
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: guards.isTls,
  });
  app.addHook('onRequest', async (request, reply) => {
    if (request.url.startsWith('/api/')) {
      reply.header('cache-control', 'no-store');
    }
    if (guards.isLocal && !isOurHost(request)) {
      return refuse(reply, 'This page answers to localhost only.');
    }
    if (!isReading(request) && !isSameOrigin(request)) {
      return refuse(reply, 'Requests from other sites are not answered.');
    }
    return undefined;
  });
  await registerAccess(app, guards);
}

async function registerAccess(app: FastifyInstance, { access, isTrustedProxy }: Guards): Promise<void> {
  switch (access.kind) {
    case 'open':
      return;
    case 'password':
      await registerPassword(app, { ...access, isGuarded });
      return;
    case 'proxy':
      registerProxy(app, { ...access, isTrusted: isTrustedProxy, isGuarded });
      return;
  }
}
