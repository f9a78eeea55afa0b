/** A real Prometheus of our own: started on loopback, scraping what the caller names. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hash } from 'bcryptjs';
import { openDataDirectory } from './directory';
import { obtainServer } from './download';
import { launchIn, startServer, type Server } from './server';

export interface ScrapeTarget {
  /** `host:port` of the exporter. */
  address: string;
  path?: string;
  /** Labels put on every series of the target; `instance` here replaces the address, which changes from run to run. */
  labels?: Record<string, string>;
}

export interface ScrapeJob {
  job: string;
  intervalSeconds: number;
  targets: ScrapeTarget[];
  /** A file of further targets, in Prometheus's own form; it may appear and change while Prometheus runs. */
  targetsFile?: string;
}

export interface PrometheusOptions {
  /** Kept after `stop()`; without it a temporary folder is used and removed. */
  dataDir?: string;
  /** Chosen by the operating system when absent. */
  port?: number;
  scrape?: ScrapeJob[];
  retentionDays?: number;
  /** Asks this user and password (Basic) of every caller, through `web.config.file`. */
  basicAuth?: { user: string; password: string };
}

export interface RunningPrometheus extends Server {
  readonly host: '127.0.0.1';
  readonly port: number;
  readonly url: string;
  readonly dataDir: string;
}

const PACKAGE = {
  store: 'prometheus',
  packages: ['prometheus'],
  programs: ['prometheus', 'promtool'],
  install: 'put prometheus and promtool on PATH (https://prometheus.io/download)',
} as const;

/** Paths of `prometheus` and of `promtool`, which writes history into a data folder. Fetches them if need be. */
export async function obtainPrometheus(): Promise<{ prometheus: string; promtool: string }> {
  const folder = await obtainServer({ ...PACKAGE, packages: [...PACKAGE.packages], programs: [...PACKAGE.programs] });
  return { prometheus: join(folder, 'prometheus'), promtool: join(folder, 'promtool') };
}

function scrapeConfig(jobs: ScrapeJob[]): object {
  // YAML is a superset of JSON, so the configuration needs no YAML writer.
  return {
    scrape_configs: jobs.map((job) => ({
      job_name: job.job,
      scrape_interval: `${job.intervalSeconds}s`,
      scrape_timeout: `${job.intervalSeconds}s`,
      ...(job.targetsFile !== undefined && { file_sd_configs: [{ files: [job.targetsFile] }] }),
      static_configs: job.targets.map((target) => ({
        targets: [target.address],
        labels: { ...target.labels, ...(target.path === undefined ? {} : { __metrics_path__: target.path }) },
      })),
    })),
  };
}

/**
 * Starts Prometheus and resolves when it answers queries (about 0.2 s).
 *
 * @throws MissingStoreError when the program is neither here nor to be had.
 */
export async function startPrometheus(options: PrometheusOptions = {}): Promise<RunningPrometheus> {
  const { prometheus } = await obtainPrometheus();
  const directory = await openDataDirectory('prometheus', options.dataDir);
  const configFile = join(directory.path, 'prometheus.json');
  const webFile = join(directory.path, 'web.json');
  const { basicAuth } = options;
  await writeFile(configFile, JSON.stringify(scrapeConfig(options.scrape ?? [])));
  const users = basicAuth === undefined ? {} : { [basicAuth.user]: await hash(basicAuth.password, 4) };
  await writeFile(webFile, JSON.stringify({ basic_auth_users: users }));
  const authorization =
    basicAuth === undefined
      ? undefined
      : `Basic ${Buffer.from(`${basicAuth.user}:${basicAuth.password}`).toString('base64')}`;

  return launchIn(directory, options.port, async (port): Promise<RunningPrometheus> => {
    const url = `http://127.0.0.1:${port}`;
    const server = await startServer({
      name: 'prometheus',
      program: prometheus,
      args: [
        `--config.file=${configFile}`,
        `--web.config.file=${webFile}`,
        `--web.listen-address=127.0.0.1:${port}`,
        `--storage.tsdb.path=${join(directory.path, 'tsdb')}`,
        `--storage.tsdb.retention.time=${options.retentionDays ?? 60}d`,
        '--log.level=warn',
      ],
      stopSignal: 'SIGTERM',
      isReady: () =>
        fetch(`${url}/-/ready`, { headers: authorization === undefined ? {} : { authorization } }).then(
          (response) => response.ok,
          () => false,
        ),
    });
    return {
      ...server,
      host: '127.0.0.1',
      port,
      url,
      dataDir: directory.path,
      async stop() {
        await server.stop();
        await directory.dispose();
      },
    };
  });
}

/** The folder inside a Prometheus data directory into which `promtool tsdb create-blocks-from` writes. */
export const blockFolder = (dataDir: string): string => join(dataDir, 'tsdb');
