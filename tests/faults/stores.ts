/** Real stores with everything that can be wrong with each: away, slow, guarded by another password, holding nothing of ours. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import type { Demo } from '../../demo/demo';
import { startDemo } from '../../demo/demo';
import { MLFLOW_READER } from '../../demo/history/mlflow';
import type { RunningPostgres } from '../../demo/stores/postgres';
import { PROJECT } from '../../demo/stores/project';
import { startPrometheus, type RunningPrometheus } from '../../demo/stores/prometheus';
import type { SourceName } from '../../src/calc/provenance';
import { SOURCE_NAMES } from '../../src/calc/provenance';
import type { Secrets, SettingsInput } from '../../src/contract/settings';
import type { DataSource } from './plugin';
import { FaultProxy } from './proxy';

export const CONDITIONS = ['up', 'down', 'slow', 'wrong password', 'empty'] as const;
export type Condition = (typeof CONDITIONS)[number];
export type Conditions = Record<SourceName, Condition>;

export const ALL_UP: Conditions = { mlflow: 'up', prometheus: 'up', influx: 'up' };
export const ALL_DOWN: Conditions = { mlflow: 'down', prometheus: 'down', influx: 'down' };

export const GUARD = { user: 'uplift', password: 'the right one' };
const WRONG = 'not the right one';
const EMPTY_DATABASE = 'nothing_here';
/** Long enough for a busy machine, and too short for a slow store. */
const PATIENT_SECONDS = 60;
const HASTY_SECONDS = 0.5;

type Endpoint<Name extends SourceName> = { settings: SettingsInput[Name]; secrets: Secrets };

export interface FaultStores {
  demo: Demo;
  /** A proxy before each store that is up until told otherwise. */
  proxies: Record<SourceName, FaultProxy>;
  /** A Prometheus with nothing in it, behind a password. */
  guarded: RunningPrometheus;
  /** A data source whose stores are in these conditions. */
  dataSource(uid: string, conditions: Conditions, more?: Partial<SettingsInput>): DataSource;
  stop(): Promise<void>;
}

/** @param only ids of the demo's experiments that are needed; absent: all */
export async function startStores(only?: readonly string[]): Promise<FaultStores> {
  const demo = await startDemo({ only });
  const guarded = await startPrometheus({ basicAuth: GUARD });
  const addresses = {
    mlflow: runningOf(demo, 'mlflow'),
    prometheus: runningOf(demo, 'prometheus'),
    influx: runningOf(demo, 'influx'),
  };
  await makeEmptyMlflow(runningPostgres(demo));
  await demo.stores.influx.running?.execute(`CREATE DATABASE "${EMPTY_DATABASE}"`);
  await demo.stores.influx.running?.execute(`GRANT READ ON "${EMPTY_DATABASE}" TO "${MLFLOW_READER}"`);
  const proxiesOf = async (fault: 'up' | 'down' | 'slow'): Promise<Record<SourceName, FaultProxy>> => ({
    mlflow: await FaultProxy.start(addresses.mlflow, fault),
    prometheus: await FaultProxy.start(addresses.prometheus, fault),
    influx: await FaultProxy.start(addresses.influx, fault),
  });
  const proxies = { up: await proxiesOf('up'), down: await proxiesOf('down'), slow: await proxiesOf('slow') };
  const { jsonData, secrets } = demo.settings;

  const portOf = (source: SourceName, condition: Condition): number =>
    proxies[condition === 'down' || condition === 'slow' ? condition : 'up'][source].port;
  const timeoutSeconds = (condition: Condition): number => (condition === 'slow' ? HASTY_SECONDS : PATIENT_SECONDS);

  const mlflow = (condition: Condition): Endpoint<'mlflow'> => ({
    settings: jsonData.mlflow && {
      ...jsonData.mlflow,
      port: portOf('mlflow', condition),
      ...(condition === 'empty' && { database: EMPTY_DATABASE }),
      timeoutSeconds: timeoutSeconds(condition),
    },
    secrets: { mlflowPassword: condition === 'wrong password' ? WRONG : secrets.mlflowPassword },
  });
  const prometheus = (condition: Condition): Endpoint<'prometheus'> =>
    condition === 'empty' || condition === 'wrong password'
      ? {
          settings: { url: guarded.url, user: GUARD.user, timeoutSeconds: PATIENT_SECONDS },
          secrets: { prometheusPassword: condition === 'empty' ? GUARD.password : WRONG },
        }
      : {
          settings: {
            url: `http://127.0.0.1:${String(portOf('prometheus', condition))}`,
            timeoutSeconds: timeoutSeconds(condition),
          },
          secrets: {},
        };
  const influx = (condition: Condition): Endpoint<'influx'> => ({
    settings: jsonData.influx && {
      ...jsonData.influx,
      url: `http://127.0.0.1:${String(portOf('influx', condition))}`,
      ...(condition === 'empty' && { database: EMPTY_DATABASE }),
      timeoutSeconds: timeoutSeconds(condition),
    },
    secrets: { influxPassword: condition === 'wrong password' ? WRONG : secrets.influxPassword },
  });

  return {
    demo,
    proxies: proxies.up,
    guarded,
    dataSource(uid, conditions, more = {}) {
      const parts = {
        mlflow: mlflow(conditions.mlflow),
        prometheus: prometheus(conditions.prometheus),
        influx: influx(conditions.influx),
      };
      return {
        uid,
        jsonData: {
          ...jsonData,
          mlflow: parts.mlflow.settings,
          prometheus: parts.prometheus.settings,
          influx: parts.influx.settings,
          fallback: { allowSimulated: false },
          ...more,
        },
        secrets: { ...parts.mlflow.secrets, ...parts.prometheus.secrets, ...parts.influx.secrets },
      };
    },
    async stop() {
      await Promise.all(Object.values(proxies).flatMap((set) => SOURCE_NAMES.map((name) => set[name].stop())));
      await guarded.stop();
      await demo.stop();
    },
  };
}

function runningOf(demo: Demo, name: SourceName): { host: string; port: number } {
  const { running } = demo.stores[name];
  if (!running) {
    throw new Error(`${name} is not running: ${demo.stores[name].missing?.message ?? 'it ended'}`);
  }
  return { host: running.host, port: running.port };
}

function runningPostgres(demo: Demo): RunningPostgres {
  const { running } = demo.stores.mlflow;
  if (!running) {
    throw new Error('PostgreSQL is not running');
  }
  return running;
}

/** MLflow's tables without a single experiment, open to the same reader. */
async function makeEmptyMlflow(postgres: RunningPostgres): Promise<void> {
  const run = async (database: string | undefined, ...statements: string[]): Promise<void> => {
    const client = new pg.Client({ connectionString: postgres.url(database) });
    await client.connect();
    try {
      for (const statement of statements) {
        await client.query(statement);
      }
    } finally {
      await client.end();
    }
  };
  await run(undefined, `CREATE DATABASE ${EMPTY_DATABASE}`);
  await run(
    EMPTY_DATABASE,
    await readFile(join(PROJECT, 'demo', 'schema', 'mlflow.sql'), 'utf8'),
    `GRANT USAGE ON SCHEMA public TO ${MLFLOW_READER}`,
    `GRANT SELECT ON ALL TABLES IN SCHEMA public TO ${MLFLOW_READER}`,
  );
}
