/** Starts the standalone page: the backend as Grafana would start it, and the server that stands for Grafana. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import compress from '@fastify/compress';
import fastify, { LogController, type FastifyInstance } from 'fastify';
import { registerAssets } from './assets';
import { Backend } from './backend';
import { registerDashboards } from './dashboards';
import { DataSources, type PageDataSource } from './dataSources';
import { isLoopback, registerGuards } from './guards';
import { backendExecutable, readBundle } from './plugins';
import { registerQueries } from './queries';
import { registerResources } from './resources';
import { frontendSettings, registerSettings } from './settings';

export type { PageDataSource } from './dataSources';

export interface PageOptions {
  /** A loopback name; default `localhost`, both its addresses. */
  host?: string;
  /** Default 8050; 0 lets the system choose. */
  port?: number;
  datasources: readonly PageDataSource[];
  /** The plugin bundle, as `npm run build` writes it. */
  distDir: string;
  dashboardsDir: string;
  /** The page's own files; default `web/dist`. */
  pageDir?: string;
  /** How often a dashboard that says nothing refreshes; default 30. */
  refreshSeconds?: number;
  /** What is written to stderr; default `warn`. */
  logLevel?: 'debug' | 'info' | 'warn' | 'error' | 'silent';
}

export interface RunningPage {
  url: string;
  /** Ends the server and the backend it started. */
  stop(): Promise<void>;
}

const DEFAULT_PORT = 8050;
const DEFAULT_REFRESH_SECONDS = 30;
const BODY_LIMIT_BYTES = 1024 * 1024;
const REQUEST_TIMEOUT_MS = 30_000;
const MAX_CONNECTIONS = 1_000;

const defaultPageDir = () => path.join(path.dirname(fileURLToPath(import.meta.url)), '../dist');

function createApp(logLevel: string): FastifyInstance {
  return fastify({
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    connectionTimeout: 0,
    forceCloseConnections: true,
    logController: new LogController({ disableRequestLogging: true }),
    logger: { level: logLevel, stream: process.stderr },
  });
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

/**
 * Starts the page and waits until it listens.
 * @throws Error in words: no build, a host that is not loopback, a port that is taken, a backend that does not start
 */
export async function startPage(options: PageOptions): Promise<RunningPage> {
  const host = options.host ?? 'localhost';
  if (!isLoopback(host)) {
    throw new Error(`The page listens on loopback only, not on “${host}”: it has no password. Use localhost.`);
  }
  const distDir = path.resolve(options.distDir);
  const plugins = await readBundle(distDir);
  const dataSources = new DataSources(options.datasources, Date.now());
  const app = createApp(options.logLevel ?? 'warn');
  app.server.maxConnections = MAX_CONNECTIONS;
  const backend = await Backend.start(backendExecutable(distDir), app.log);
  try {
    registerGuards(app);
    await app.register(compress);
    app.get('/healthz', () => ({ status: 'ok' }));
    registerSettings(app, frontendSettings(plugins, dataSources, options.refreshSeconds ?? DEFAULT_REFRESH_SECONDS));
    registerDashboards(app, path.resolve(options.dashboardsDir));
    registerQueries(app, backend, dataSources);
    registerResources(app, backend, dataSources);
    await registerAssets(app, path.resolve(options.pageDir ?? defaultPageDir()), plugins);
    await listen(app, host, options.port ?? DEFAULT_PORT);
  } catch (error) {
    await Promise.allSettled([app.close(), backend.stop()]);
    throw error;
  }
  return {
    url: `http://${host}:${listeningPort(app)}`,
    stop: async () => {
      await app.close();
      await backend.stop();
    },
  };
}
