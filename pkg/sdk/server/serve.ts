import { writeSync } from 'node:fs';
import { format } from 'node:util';

import { formatHandshake, MAGIC_COOKIE } from '../protocol/handshake';
import type { Logger } from './logger';
import { watchParent } from './parent-watch';
import { createPluginServer } from './plugin-server';
import type { BackendPlugin, PluginInstance } from './plugin';

const STDOUT = 1;

/** The host reads stdout as protocol: whatever a library prints there goes to the log instead. */
function keepStdoutSilent(logger: Logger): void {
  const log = logger.child({ '@module': 'stdout' });
  const levels = { debug: 'debug', log: 'info', info: 'info', dir: 'info', warn: 'warn', error: 'error' } as const;
  for (const [method, level] of Object.entries(levels)) {
    Object.assign(console, { [method]: (...words: unknown[]) => log[level](format(...words)) });
  }
  process.stdout.write = (
    chunk: Uint8Array | string,
    encodingOrDone?: BufferEncoding | (() => void),
    done?: () => void,
  ): boolean => {
    log.info(Buffer.from(chunk).toString('utf8').trimEnd());
    const callback = typeof encodingOrDone === 'function' ? encodingOrDone : done;
    callback?.();
    return true;
  };
}

/** One request's bug must not end everybody's process. */
function surviveStrayErrors(logger: Logger): void {
  process.on('uncaughtException', (error) => logger.error({ error }, 'uncaught exception'));
  process.on('unhandledRejection', (error) => logger.error({ error }, 'unhandled rejection'));
}

/**
 * Runs a plugin as Grafana starts it: checks the cookie, listens on a loopback port, writes the handshake line to
 * stdout, answers until the host says Shutdown, a signal comes or the parent vanishes, and exits with 0. Started by hand
 * (without the cookie) it says so on stderr and exits with 1.
 */
export async function serve<Instance extends PluginInstance>(
  plugin: BackendPlugin<Instance>,
  logger: Logger,
): Promise<void> {
  if (process.env[MAGIC_COOKIE.key] !== MAGIC_COOKIE.value) {
    process.stderr.write(
      'This is a Grafana plugin: Grafana starts it, it is not meant to be run by hand.\n' +
        `(${MAGIC_COOKIE.key}=${MAGIC_COOKIE.value} is missing from the environment.)\n`,
    );
    process.exit(1);
  }
  keepStdoutSilent(logger);
  surviveStrayErrors(logger);

  let isStopping = false;
  const stop = (reason: string): void => {
    if (isStopping) return;
    isStopping = true;
    logger.info({ reason }, 'stopping');
    server.close().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error({ error }, 'stopping failed');
        process.exit(1);
      },
    );
  };
  const server = createPluginServer(plugin, logger, () => stop('the host asked to shut down'));
  process.on('SIGTERM', () => stop('SIGTERM'));
  process.on('SIGINT', () => stop('SIGINT'));
  watchParent(() => stop('the parent process is gone'));

  const port = await server.listen().catch((error: unknown) => {
    logger.error({ error }, 'cannot listen on a loopback port');
    process.exit(1);
  });
  writeSync(STDOUT, `${formatHandshake(port)}\n`);
  logger.debug({ port, pid: process.pid }, 'listening');
}
