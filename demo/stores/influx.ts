/** A real InfluxDB 1.x of our own: on loopback, telling nobody, with a writer and a reader where a password is wanted. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openDataDirectory } from './directory';
import { obtainServer } from './download';
import { findFreePort } from './port';
import { launchIn, startServer, type Server } from './server';

export interface InfluxUser {
  user: string;
  password: string;
}

export interface InfluxOptions {
  /** Kept after `stop()`; without it a temporary folder is used and removed. */
  dataDir?: string;
  /** Chosen by the operating system when absent. */
  port?: number;
  /** Made if absent. */
  database?: string;
  /** Demands passwords: `admin` may do everything, `reader` only read `database`. */
  auth?: { admin: InfluxUser; reader: InfluxUser };
}

export interface RunningInflux extends Server {
  readonly host: '127.0.0.1';
  readonly port: number;
  readonly url: string;
  readonly dataDir: string;
  readonly database: string;
  /** Writes line protocol (timestamps in seconds) as the administrator. */
  write(lines: string): Promise<void>;
  /** Runs one InfluxQL statement as the administrator and returns the body. */
  execute(statement: string): Promise<unknown>;
}

const quote = (identifier: string): string => `"${identifier.replace(/[\\"]/g, '\\$&')}"`;
const literal = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;

function configuration(folder: string, port: number, rpcPort: number, isGuarded: boolean): string {
  const path = (name: string): string => JSON.stringify(join(folder, name));
  return [
    'reporting-disabled = true',
    `bind-address = "127.0.0.1:${rpcPort}"`,
    '[meta]',
    `  dir = ${path('meta')}`,
    '[data]',
    `  dir = ${path('data')}`,
    `  wal-dir = ${path('wal')}`,
    '  query-log-enabled = false',
    '[http]',
    `  bind-address = "127.0.0.1:${port}"`,
    `  auth-enabled = ${isGuarded}`,
    '  log-enabled = false',
    '[monitor]',
    '  store-enabled = false',
    '[logging]',
    '  level = "warn"',
    '  suppress-logo = true',
    '',
  ].join('\n');
}

/**
 * Starts InfluxDB and resolves when it answers and `database` and the users exist (about 0.1 s).
 *
 * @throws MissingStoreError when the program is neither here nor to be had.
 */
export async function startInflux(options: InfluxOptions = {}): Promise<RunningInflux> {
  const folder = await obtainServer({
    store: 'influx',
    packages: ['influxdb'],
    programs: ['influxd'],
    install: 'put influxd (InfluxDB 1.x) on PATH (https://www.influxdata.com/downloads)',
  });
  const directory = await openDataDirectory('influx', options.dataDir);
  const database = options.database ?? 'ml_monitoring';
  const { auth } = options;

  return launchIn(directory, options.port, async (port): Promise<RunningInflux> => {
    const url = `http://127.0.0.1:${port}`;
    const configFile = join(directory.path, 'influxdb.conf');
    await writeFile(configFile, configuration(directory.path, port, await findFreePort(), auth !== undefined));
    const server = await startServer({
      name: 'influxd',
      program: join(folder, 'influxd'),
      args: ['run', '-config', configFile],
      stopSignal: 'SIGTERM',
      isReady: () =>
        fetch(`${url}/ping`).then(
          (response) => response.ok,
          () => false,
        ),
    });
    const headers: Record<string, string> =
      auth === undefined
        ? {}
        : { authorization: `Basic ${Buffer.from(`${auth.admin.user}:${auth.admin.password}`).toString('base64')}` };

    const execute = async (statement: string): Promise<unknown> => {
      const body = new URLSearchParams({ q: statement, db: database });
      const response = await fetch(`${url}/query`, { method: 'POST', headers, body });
      const text = await response.text();
      if (!response.ok || /"error":/.test(text))
        throw new Error(`influxd refused ${statement.split(' ')[0] ?? ''}: ${text}`);
      return JSON.parse(text) as unknown;
    };
    if (auth !== undefined) {
      // The first administrator may be made without a password; after a restart the same statement needs it and is idempotent.
      await execute(
        `CREATE USER ${quote(auth.admin.user)} WITH PASSWORD ${literal(auth.admin.password)} WITH ALL PRIVILEGES`,
      );
    }
    await execute(`CREATE DATABASE ${quote(database)}`);
    if (auth !== undefined) {
      await execute(`CREATE USER ${quote(auth.reader.user)} WITH PASSWORD ${literal(auth.reader.password)}`);
      await execute(`GRANT READ ON ${quote(database)} TO ${quote(auth.reader.user)}`);
    }
    return {
      ...server,
      host: '127.0.0.1',
      port,
      url,
      dataDir: directory.path,
      database,
      execute,
      async write(lines) {
        const query = new URLSearchParams({ db: database, precision: 's' });
        const response = await fetch(`${url}/write?${query.toString()}`, { method: 'POST', headers, body: lines });
        if (!response.ok) throw new Error(`influxd refused points: ${await response.text()}`);
      },
      async stop() {
        await server.stop();
        await directory.dispose();
      },
    };
  });
}
