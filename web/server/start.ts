/** Starts the standalone page: the backend as Grafana would start it, and the server that stands for Grafana. */
import path from 'node:path';
import { createSecureContext } from 'node:tls';
import compress from '@fastify/compress';
import fastify, { LogController, type FastifyInstance } from 'fastify';
import { isLoopback, refuseUnsafe, type Access } from './access/access';
import { trustAddresses, type IsTrusted } from './access/trusted-addresses';
import { SharedAnswers } from './answers';
import { registerAssets } from './assets';
import { Backend } from './backend';
import { registerConnections } from './connections';
import { registerDashboards } from './dashboards';
import { DataSources, type PageDataSource } from './dataSources';
import { registerGuards } from './guards';
import { registerHealth, type Readiness } from './health';
import { LIMITS, registerLimits, serverOptions, type PageLimits } from './limits';
import { loggerOptions, registerAccessLog, type LogLevel } from './log';
import { PageMetrics, registerMetrics } from './metrics';
import { backendExecutable, readBundle } from './plugins';
import { PROJECT_ROOT } from './project';
import { registerQueries } from './queries';
import { registerResources } from './resources';
import { frontendSettings, registerSettings } from './settings';
import { warmUp } from './warm';

export type { PageDataSource } from './dataSources';

export interface PageOptions {
  /** Default `localhost`, both its addresses; any other wants `access`. */
  host?: string;
  /** Default 8050; 0 lets the system choose. */
  port?: number;
  /** Default: open to everybody on this machine. */
  access?: Access;
  /** Addresses and networks of the proxies in front: their word on the client is taken. */
  trustedProxies?: readonly string[];
  /** PEM texts; without them the page speaks HTTP. */
  tls?: { cert: string; key: string };
  datasources: readonly PageDataSource[];
  /** The plugin bundle, as `npm run build` writes it. */
  distDir: string;
  dashboardsDir: string;
  /** The page's own files; default `web/dist`. */
  pageDir?: string;
  /** Lets connections be changed for as long as the page runs: for the demo, and on loopback without a proxy only. */
  hasEditableConnections?: boolean;
  /** How often a dashboard that says nothing refreshes, and how long an answer is shared; default 30. */
  refreshSeconds?: number;
  /** What is written to stderr; default `warn`. */
  logLevel?: LogLevel;
  limits?: Partial<PageLimits>;
}

export interface RunningPage {
  url: string;
  /** The backend's process now; undefined while it is started again. */
  backendPid(): number | undefined;
  /** Lets running requests end, then ends the server and the backend it started. */
  stop(): Promise<void>;
}

const DEFAULT_PORT = 8050;
const DEFAULT_REFRESH_SECONDS = 30;

const defaultPageDir = path.join(PROJECT_ROOT, 'web/dist');

/** @throws Error when the certificate or its key cannot be used */
function tlsOptions(tls: PageOptions['tls']) {
  if (tls === undefined) {
    return null;
  }
  try {
    createSecureContext(tls);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(
      `The page’s certificate and key cannot be used (${reason}): give PEM files that belong together ` +
        'in DASHBOARD_TLS_CERT_FILE and DASHBOARD_TLS_KEY_FILE.',
      { cause },
    );
  }
  return { ...tls, minVersion: 'TLSv1.2' as const };
}

function createApp({ logLevel = 'warn', tls }: PageOptions, limits: PageLimits, isTrustedProxy: IsTrusted) {
  const https = tlsOptions(tls);
  const options = {
    bodyLimit: limits.bodyBytes,
    // Names are long where every character of theirs is escaped; the router’s own 100 would answer them with its own words.
    routerOptions: { maxParamLength: 1_000 },
    requestTimeout: limits.requestMs,
    // Idle connections end at once when the page stops, busy ones when they have their answer.
    forceCloseConnections: 'idle' as const,
    trustProxy: isTrustedProxy,
    logController: new LogController({ disableRequestLogging: true }),
    logger: loggerOptions(logLevel),
  };
  const server = serverOptions(limits);
  // Two calls, as Fastify types its two kinds of server apart.
  const app: FastifyInstance =
    https === null ? fastify({ ...options, http: server }) : fastify({ ...options, https: { ...https, ...server } });
  return app;
}

const isPortTaken = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'EADDRINUSE';

/** @throws Error that names the port when it is taken */
async function listen(app: FastifyInstance, host: string, port: number): Promise<void> {
  try {
    await app.listen({ host, port });
  } catch (cause) {
    throw isPortTaken(cause)
      ? new Error(`Port ${port} is taken: end what uses it, or choose another.`, { cause })
      : cause;
  }
}

/** The port the system chose, or the one asked for. @throws Error when the server listens on no port */
function listeningPort(app: FastifyInstance): number {
  const address = app.server.address();
  if (address === null || typeof address === 'string') {
    throw new Error('the page listens on no port');
  }
  return address.port;
}

const isAnyAddress = (host: string): boolean => host === '0.0.0.0' || host === '::';

/** Where to open it: an address that stands for all of them is none a browser can open. */
function urlOf(app: FastifyInstance, host: string, isTls: boolean): string {
  const name = isAnyAddress(host) ? 'localhost' : host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
  return `${isTls ? 'https' : 'http'}://${name}:${listeningPort(app)}`;
}

/**
 * Starts the page and waits until it listens.
 * @throws Error in words: no build, a host that others reach without anything that asks who they are, a port that is
 * taken, a certificate that cannot be used, a backend that does not start
 */
export async function startPage(options: PageOptions): Promise<RunningPage> {
  const { host = 'localhost', access = { kind: 'open' }, trustedProxies = [], refreshSeconds } = options;
  refuseUnsafe(host, access, trustedProxies);
  const { hasEditableConnections = false } = options;
  if (hasEditableConnections && !(isLoopback(host) && access.kind === 'open' && trustedProxies.length === 0)) {
    throw new Error(
      'Connections can be edited on loopback only, with no proxy in front: elsewhere the page only reads.',
    );
  }
  const limits = { ...LIMITS, ...options.limits };
  const isTrustedProxy = trustAddresses(trustedProxies);
  const isTls = options.tls !== undefined;
  const distDir = path.resolve(options.distDir);
  const plugins = await readBundle(distDir);
  const dataSources = new DataSources(options.datasources, Date.now());
  const app = createApp(options, limits, isTrustedProxy);
  const readiness: Readiness = { isStopping: false };
  const metrics = new PageMetrics();
  const refresh = refreshSeconds ?? DEFAULT_REFRESH_SECONDS;
  const backend = await Backend.start(backendExecutable(distDir), app.log);
  try {
    registerLimits(app, limits);
    registerAccessLog(app);
    await registerGuards(app, { access, isTrustedProxy, isLocal: isLoopback(host), isTls });
    // Of answers only: a compressed body could be a bomb.
    await app.register(compress, { globalDecompression: false });
    registerHealth(app, backend, readiness);
    registerMetrics(app, metrics, backend);
    registerSettings(app, frontendSettings(plugins, dataSources, refresh, hasEditableConnections));
    const dashboardsDir = path.resolve(options.dashboardsDir);
    registerDashboards(app, dashboardsDir);
    registerQueries(app, { backend, dataSources, metrics, answers: new SharedAnswers(refresh * 1000, Date.now) });
    registerResources(app, backend, dataSources);
    if (hasEditableConnections) {
      registerConnections(app, dataSources);
    }
    const pageDir = path.resolve(options.pageDir ?? defaultPageDir);
    await registerAssets(app, { pageDir, dashboardsDir, plugins, dataSource: dataSources.list[0]?.uid });
    await listen(app, host, options.port ?? DEFAULT_PORT);
    void warmUp(backend, dataSources, app.log);
  } catch (error) {
    await Promise.allSettled([app.close(), backend.stop()]);
    throw error;
  }
  if (access.kind === 'password' && !isTls && !isLoopback(host)) {
    app.log.warn('passwords cross the network in the clear: give the page a certificate, or a proxy that has one');
  }
  return {
    url: urlOf(app, host, isTls),
    backendPid: () => backend.pid,
    stop: async () => {
      readiness.isStopping = true;
      const cutOff = setTimeout(() => app.server.closeAllConnections(), limits.graceMs);
      await app.close();
      clearTimeout(cutOff);
      await backend.stop();
    },
  };
}
