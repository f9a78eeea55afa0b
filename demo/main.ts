/** `npm run demo`: starts the demo and the page, says where, and ends everything on Ctrl-C. */
import { access, rm } from 'node:fs/promises';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { SOURCE_NAMES, type SourceName } from '../src/calc/provenance';
import { isLoopback } from '../web/server/access/access';
import { startPage, type RunningPage } from '../web/server/start';
import { writeCommandLineSettings } from './command-line';
import { DATA_PREFIX, startDemo, type Demo } from './demo';
import { sweepLeftovers } from './leftovers';
import { isPortFree } from './stores/port';
import { CACHE, PROJECT } from './stores/project';

interface Flags {
  host: string;
  port: number;
  seed?: number;
  mlflow: boolean;
  prometheus: boolean;
  influx: boolean;
  page: boolean;
}

const DIST = join(PROJECT, 'dist');
const SETTINGS_PREFIX = 'demo-';

function readInteger(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw new InvalidArgumentError('a whole number, please');
  return value;
}

function readFlags(): Flags {
  return new Command('npm run demo --')
    .description('Real stores, fifteen days of traffic and more of it coming, and the page that shows them.')
    .option('--host <name>', 'loopback name the page listens on', 'localhost')
    .option('--port <number>', 'port of the page; 0 lets the system choose', readInteger, 8050)
    .option('--seed <number>', 'another past', readInteger)
    .option('--no-mlflow', 'without PostgreSQL')
    .option('--no-prometheus', 'without Prometheus')
    .option('--no-influx', 'without InfluxDB')
    .option('--no-page', 'stores and traffic only; prints how to reach them')
    .parse()
    .opts<Flags>();
}

async function buildIfMissing(report: (line: string) => void): Promise<void> {
  const parts = [join(DIST, 'plugin.json'), join(PROJECT, 'web', 'dist', 'index.html')];
  const present = await Promise.all(
    parts.map((path) =>
      access(path).then(
        () => true,
        () => false,
      ),
    ),
  );
  if (present.every(Boolean)) return;
  report('building the plugin and the page …');
  const build = spawn('npm', ['run', '--silent', 'build'], { cwd: PROJECT, stdio: 'inherit' });
  const [code] = (await once(build, 'exit')) as [number | null];
  if (code !== 0) throw new Error('the build failed; its output is above');
}

/** What would fail only after the past was written, a minute later. @throws Error in words */
async function refuseUnreachablePage({ host, port }: Flags): Promise<void> {
  if (!isLoopback(host)) {
    throw new Error(
      `The demo is for this machine only, and ${host} is not: leave --host out. For others there is \`npx uplift serve\`.`,
    );
  }
  if (!(await isPortFree(host, port))) {
    throw new Error(`Port ${port} is taken: end what uses it, or choose another with --port.`);
  }
}

async function showPage(flags: Flags, demo: Demo): Promise<RunningPage> {
  const { jsonData, secrets } = demo.settings;
  return startPage({
    host: flags.host,
    port: flags.port,
    datasources: [{ uid: 'uplift', name: 'Uplift', jsonData, secureJsonData: secrets }],
    distDir: DIST,
    dashboardsDir: join(PROJECT, 'provisioning', 'dashboards'),
    hasEditableConnections: true,
  });
}

async function main(): Promise<void> {
  const begin = performance.now();
  const report = (line: string): void => {
    console.log(`${((performance.now() - begin) / 1000).toFixed(1).padStart(5)} s  ${line}`);
  };
  // A terminal that was closed takes no more lines; what was started must be ended and removed all the same.
  process.stdout.on('error', () => undefined);
  const flags = readFlags();
  const without = SOURCE_NAMES.filter((name: SourceName) => !flags[name]);
  const ending = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (!ending.signal.aborted) report('ending …');
      ending.abort();
    });
  }
  const ended = once(ending.signal, 'abort');
  // Its own folder, for a second demo may run beside this one.
  const commandLineFolder = join(CACHE, `${SETTINGS_PREFIX}${process.pid}`);
  let demo: Demo | null = null;
  let page: RunningPage | null = null;
  try {
    await Promise.all([sweepLeftovers(tmpdir(), DATA_PREFIX), sweepLeftovers(CACHE, SETTINGS_PREFIX)]);
    if (flags.page) {
      await refuseUnreachablePage(flags);
      await buildIfMissing(report);
    }
    demo = await startDemo({ without, seed: flags.seed, isTolerant: true, report, signal: ending.signal });
    const settings = await writeCommandLineSettings(demo, commandLineFolder);
    report(`command line: npx uplift check --env ${relative(PROJECT, settings)}`);
    if (flags.page) {
      page = await showPage(flags, demo);
      await demo.watchPage(page.url);
      report(`page: ${page.url}   (Ctrl-C ends it all)`);
    } else {
      report(`data source settings: ${JSON.stringify(demo.settings)}`);
    }
    await ended;
  } catch (error) {
    if (!ending.signal.aborted) {
      report(error instanceof Error ? error.message : String(error));
      process.exitCode = 1;
    }
  } finally {
    await page?.stop();
    await demo?.stop();
    await rm(commandLineFolder, { recursive: true, force: true });
  }
  // Connections that others hold open must not keep a process alive that has ended its work.
  process.exit();
}

await main();
