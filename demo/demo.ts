/** The whole demo as one object: real stores, their past, live traffic. Tests start it in process and take stores away. */
import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SourceName } from '../src/calc/provenance';
import type { SettingsInput } from '../src/contract/settings';
import { driftHistory, writeBins, writeLines, writeScoring } from './history/influx';
import { createMlflow, fillMlflow, MLFLOW_DATABASE, MLFLOW_READER } from './history/mlflow';
import { buildMlflowRows } from './history/mlflow-rows';
import { backfillPrometheus } from './history/openmetrics';
import { MINUTE, Simulation } from './history/simulation';
import { buildScenario, withDrills, type Scenario } from './scenario';
import { LiveExperiment } from './service/live-experiment';
import { beginReporting } from './service/reporting';
import { RunLogger, ScoringWriter } from './service/writers';
import { ControlledStore } from './stores/controlled';
import { startInflux, type RunningInflux } from './stores/influx';
import { MissingStoreError } from './stores/missing';
import { findFreePort } from './stores/port';
import { startPostgres, type RunningPostgres } from './stores/postgres';
import { startPrometheus, type RunningPrometheus } from './stores/prometheus';
import { PAGE_JOB, SCRAPE_JOB } from './telemetry/names';

export interface DemoOptions {
  /** Stores to do without; the data source still names them, so that the page shows what is missing. */
  without?: SourceName[];
  seed?: number;
  /** Ids of the experiments there are; absent: all. A short one alone is generated and written in no time. */
  only?: readonly string[];
  /** Adds the tests in which alert rules fire and recover. */
  drills?: boolean;
  scrapeSeconds?: number;
  /** Seconds between writes to InfluxDB; MLflow gets every fourth. */
  flushSeconds?: number;
  /**
   * Runs on without a store that cannot be started or filled, reports why, and shows it as down. Otherwise that ends the
   * start: half a past is no ground for a test.
   */
  isTolerant?: boolean;
  /** Told of progress, a line at a time. */
  report?: (line: string) => void;
  /** Gives up starting; what was started is ended and removed before the promise rejects. */
  signal?: AbortSignal;
}

export interface Demo {
  scenario: Scenario;
  /** Epoch ms at which the generated past ends and live traffic goes on. */
  seam: number;
  /** The past, for tests that compare answers with what was generated. */
  simulations: Simulation[];
  stores: {
    mlflow: ControlledStore<RunningPostgres>;
    prometheus: ControlledStore<RunningPrometheus>;
    influx: ControlledStore<RunningInflux>;
  };
  /** What a data source needs to read the three stores and to know the experiments. */
  settings: { jsonData: SettingsInput; secrets: Record<'mlflowPassword' | 'influxPassword', string> };
  /** Has Prometheus read a page's `/metrics`, so that the page can be watched in itself. */
  watchPage(url: string): Promise<void>;
  /** Ends traffic and stores and removes the data. */
  stop(): Promise<void>;
}

/** Of the folder in the system's temporary one that holds a demo's data; the process id follows. */
export const DATA_PREFIX = 'uplift-demo-';
const INFLUX_DATABASE = 'ml_monitoring';
const INFLUX_READER = 'uplift_reader';

/** Starts stores with fifteen days of past in them, and live traffic. Takes about 15 s, most of it writing the past. */
export async function startDemo(options: DemoOptions = {}): Promise<Demo> {
  const report = options.report ?? (() => undefined);
  const flushSeconds = options.flushSeconds ?? 15;
  const without = new Set(options.without ?? []);
  const folder = await mkdtemp(join(tmpdir(), `${DATA_PREFIX}${process.pid}-`));
  // PostgreSQL runs as another user where we are root, and must be able to walk through.
  await chmod(folder, 0o711);
  const secret = (): string => randomBytes(12).toString('hex');
  const passwords = { postgres: secret(), mlflow: secret(), influxAdmin: secret(), influxReader: secret() };
  const ports = { mlflow: await findFreePort(), prometheus: await findFreePort(), influx: await findFreePort() };

  const whole = buildScenario(Date.now(), options.seed);
  const isWanted = ({ id }: Scenario['experiments'][number]): boolean => options.only?.includes(id) ?? true;
  const own = { ...whole, experiments: whole.experiments.filter(isWanted) };
  const scenario = options.drills === true ? withDrills(own) : own;
  const { seed } = scenario;
  const simulations = scenario.experiments.map((experiment) => new Simulation(experiment, seed));
  const pageTargets = join(folder, 'page-targets.json');
  const lives: LiveExperiment[] = [];
  /** What ends before the servers do. */
  const endings: Array<() => Promise<void>> = [];

  const stores: Demo['stores'] = {
    mlflow: new ControlledStore('mlflow', () =>
      startPostgres({ dataDir: join(folder, 'postgres'), port: ports.mlflow, password: passwords.postgres }),
    ),
    prometheus: new ControlledStore('prometheus', () =>
      startPrometheus({
        dataDir: join(folder, 'prometheus'),
        port: ports.prometheus,
        scrape: [
          {
            job: SCRAPE_JOB,
            intervalSeconds: options.scrapeSeconds ?? 10,
            targets: lives.flatMap(({ targets }) => targets),
          },
          { job: PAGE_JOB, intervalSeconds: options.scrapeSeconds ?? 10, targets: [], targetsFile: pageTargets },
        ],
      }),
    ),
    influx: new ControlledStore('influx', () =>
      startInflux({
        dataDir: join(folder, 'influx'),
        port: ports.influx,
        database: INFLUX_DATABASE,
        auth: {
          admin: { user: 'demo', password: passwords.influxAdmin },
          reader: { user: INFLUX_READER, password: passwords.influxReader },
        },
      }),
    ),
  };

  const stop = async (): Promise<void> => {
    const reported = endings.map((end) => end());
    await Promise.all(lives.map((live) => live.stop()));
    await Promise.all(reported);
    await Promise.all(Object.values(stores).map((store) => store.stop()));
    await rm(folder, { recursive: true, force: true });
  };

  const tolerate = async (name: SourceName, work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const trouble = error instanceof MissingStoreError ? reason : `${name}: ${reason}`;
      if (options.isTolerant !== true) throw new Error(`The demo has not all its stores. ${trouble}`, { cause: error });
      if (options.signal?.aborted !== true) report(trouble);
    }
  };

  /** Starts one store unless it is to be left out. @throws MissingStoreError when it is not to be had */
  const bringUp = async (
    store: ControlledStore<RunningPostgres | RunningPrometheus | RunningInflux>,
  ): Promise<void> => {
    if (without.has(store.name)) {
      report(`${store.name}: left out`);
      return;
    }
    await store.start();
    if (store.missing !== null) throw store.missing;
  };

  const fillPostgres = async (): Promise<void> => {
    await bringUp(stores.mlflow);
    const postgres = stores.mlflow.running;
    if (postgres === null) return;
    await createMlflow(postgres, passwords.mlflow);
    const rows = buildMlflowRows(scenario);
    await fillMlflow(postgres, rows);
    report(
      `mlflow: PostgreSQL on port ${postgres.port}, ${rows.experiments.length} experiments, ${rows.runs.length} runs`,
    );
  };

  const fillInflux = async (until: number): Promise<void> => {
    await bringUp(stores.influx);
    const influx = stores.influx.running;
    if (influx === null) return;
    for (const simulation of simulations) {
      await writeScoring(influx, simulation.scoring.slice());
      await writeBins(influx, simulation.bins.slice());
      await writeLines(influx, driftHistory(simulation.experiment, seed, until));
    }
    report(`influx: InfluxDB on port ${influx.port}, database ${INFLUX_DATABASE}`);
  };

  /** Blocks must lie in the folder before the server starts; without a past it is not started at all. */
  const fillPrometheus = async (): Promise<void> => {
    if (without.has('prometheus')) return;
    const columns = simulations.flatMap((simulation) => simulation.columns);
    try {
      await backfillPrometheus(columns, join(folder, 'prometheus'), options.signal);
    } catch (error) {
      without.add('prometheus');
      throw error;
    }
  };

  try {
    const seam = Math.floor(Date.now() / MINUTE) * MINUTE;
    report('generating fifteen days of traffic …');
    for (const simulation of simulations) simulation.advanceTo(seam);
    const written = simulations.map(({ scoring, bins }) => ({ scoring: scoring.length, bins: bins.length }));
    report('writing it into the stores …');
    const filled = await Promise.allSettled([
      tolerate('mlflow', fillPostgres),
      tolerate('influx', () => fillInflux(seam)),
      tolerate('prometheus', fillPrometheus),
    ]);
    // Settled, not raced: what still writes would put files into a folder that is being removed.
    for (const outcome of filled) if (outcome.status === 'rejected') throw outcome.reason;
    options.signal?.throwIfAborted();
    // What happened while the past was being written is lived through too, so that there is no gap at the seam.
    const begin = Date.now();
    for (const simulation of simulations) simulation.advanceTo(begin);
    lives.push(...simulations.map((simulation) => new LiveExperiment(simulation, seed)));
    await Promise.all(lives.map((live) => live.listen()));
    for (const live of lives) live.beginTraffic();
    await tolerate('prometheus', () => bringUp(stores.prometheus));
    options.signal?.throwIfAborted();
    const prometheus = stores.prometheus.running;
    if (prometheus !== null) report(`prometheus: Prometheus on port ${prometheus.port}, ${lives.length} experiments`);

    const scoring = new ScoringWriter(async (lines) => {
      if (stores.influx.running === null) throw new Error('influx is stopped');
      await stores.influx.running.write(lines);
    });
    const runs = new RunLogger(() => ({ connectionString: stores.mlflow.running?.url(MLFLOW_DATABASE) }));
    simulations.forEach(({ scoring: points, bins }, index) => {
      scoring.addScoring(points.slice(written[index]?.scoring));
      scoring.addBins(bins.slice(written[index]?.bins));
    });
    endings.push(
      beginReporting({
        lives,
        seed,
        seconds: flushSeconds,
        scoring,
        runs,
        wants: () => ({ influx: !without.has('influx'), mlflow: stores.mlflow.running !== null }),
      }),
    );

    return {
      scenario,
      seam,
      simulations,
      stores,
      settings: {
        jsonData: {
          mlflow: {
            host: '127.0.0.1',
            port: ports.mlflow,
            database: MLFLOW_DATABASE,
            user: MLFLOW_READER,
            ssl: 'disable',
          },
          prometheus: { url: `http://127.0.0.1:${ports.prometheus}` },
          influx: { url: `http://127.0.0.1:${ports.influx}`, database: INFLUX_DATABASE, user: INFLUX_READER },
          experiments: scenario.experiments.map(({ definition }) => definition),
          fallback: { allowSimulated: true },
        },
        secrets: { mlflowPassword: passwords.mlflow, influxPassword: passwords.influxReader },
      },
      watchPage: (url) =>
        writeFile(pageTargets, JSON.stringify([{ targets: [`127.0.0.1:${new URL(url).port}`] }]), { mode: 0o644 }),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
