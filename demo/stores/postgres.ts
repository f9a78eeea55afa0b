/** A real PostgreSQL of our own: on loopback, for one demo or one test. */
import { execFile } from 'node:child_process';
import { chown, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import pg from 'pg';
import { openDataDirectory } from './directory';
import { obtainPostgres } from './postgres-programs';
import { launchIn, startServer, type Server } from './server';

const run = promisify(execFile);

export interface PostgresOptions {
  /** Kept after `stop()`, and started as it is if it holds a cluster; without it a temporary folder is used and removed. */
  dataDir?: string;
  /** Chosen by the operating system when absent. */
  port?: number;
  /** Of the superuser `postgres`. */
  password?: string;
  /** Server settings beside our own, e.g. `{ max_connections: '20' }`. */
  settings?: Record<string, string>;
}

export interface RunningPostgres extends Server {
  readonly host: '127.0.0.1';
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly dataDir: string;
  /** Connection string of the superuser for a database (default `postgres`). */
  url(database?: string): string;
}

const SUPERUSER = 'postgres';

/** PostgreSQL refuses to run as root; `nobody` exists everywhere and owns nothing, so no user need be made. */
const UNPRIVILEGED = { uid: 65534, gid: 65534 };

/** A demo's data are worth nothing after a crash, so speed may be had for durability. */
const SETTINGS = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '60' };

async function initialiseCluster(programs: string, folder: string, password: string, identity: object): Promise<void> {
  const passwordFile = join(tmpdir(), `uplift-${randomUUID()}`);
  await writeFile(passwordFile, password, { mode: 0o600 });
  try {
    if ('uid' in identity) await chown(passwordFile, UNPRIVILEGED.uid, UNPRIVILEGED.gid);
    const args = ['-D', folder, '-U', SUPERUSER, '-A', 'scram-sha-256', `--pwfile=${passwordFile}`];
    // The C locale is the one every machine has; UTF-8 is what MLflow asks for.
    await run(join(programs, 'initdb'), [...args, '--no-sync', '--locale=C', '--encoding=UTF8'], identity);
  } finally {
    await rm(passwordFile, { force: true });
  }
}

/**
 * Starts PostgreSQL, making the cluster first if the data folder holds none, and resolves when it accepts connections
 * (0.6 s with, 0.1 s without making it).
 *
 * @throws MissingStoreError when the programs are neither here nor to be had.
 */
export async function startPostgres(options: PostgresOptions = {}): Promise<RunningPostgres> {
  const programs = await obtainPostgres();
  const directory = await openDataDirectory('postgres', options.dataDir);
  const password = options.password ?? 'uplift-demo';
  const identity = process.getuid?.() === 0 ? UNPRIVILEGED : {};
  if ('uid' in identity) await chown(directory.path, UNPRIVILEGED.uid, UNPRIVILEGED.gid);
  if (!(await readdir(directory.path)).includes('PG_VERSION')) {
    await initialiseCluster(programs, directory.path, password, identity);
  }

  return launchIn(directory, options.port, async (port): Promise<RunningPostgres> => {
    const address = { host: '127.0.0.1', port, user: SUPERUSER, password } as const;
    const settings = { ...SETTINGS, ...options.settings, listen_addresses: '127.0.0.1', unix_socket_directories: '' };
    const server = await startServer({
      name: 'postgres',
      program: join(programs, 'postgres'),
      args: [
        ...['-D', directory.path, '-p', String(port)],
        ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
      ],
      env: { ...process.env, LC_MESSAGES: 'C' },
      ...identity,
      stopSignal: 'SIGINT',
      isReady: () => acceptsConnections(address),
    });
    return {
      ...server,
      ...address,
      dataDir: directory.path,
      url: (database = 'postgres') =>
        `postgresql://${SUPERUSER}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`,
      async stop() {
        await server.stop();
        await directory.dispose();
      },
    };
  });
}

async function acceptsConnections(address: pg.ClientConfig): Promise<boolean> {
  const client = new pg.Client({ ...address, database: 'postgres' });
  // A connection cut while the server still starts is reported twice; the rejected promise is the one that counts.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    return false;
  }
}
