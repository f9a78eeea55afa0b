/** The stores `uplift check` is tried on: three that are sound and ask for passwords, and servers that are none. */
import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import pg from 'pg';
import { createMlflow, fillMlflow, MLFLOW_READER } from '../../demo/history/mlflow';
import { buildMlflowRows } from '../../demo/history/mlflow-rows';
import { buildScenario } from '../../demo/scenario';
import { startInflux } from '../../demo/stores/influx';
import { findFreePort } from '../../demo/stores/port';
import { startPostgres } from '../../demo/stores/postgres';
import { startPrometheus } from '../../demo/stores/prometheus';

export const PASSWORD = 'reader-password';
const PROMETHEUS_AUTH = { user: 'grafana', password: 'scrape' };
const INFLUX_AUTH = {
  admin: { user: 'root', password: 'root-password' },
  reader: { user: 'reader', password: PASSWORD },
};

/** Lines of a `.env`. */
export type Env = Record<string, string | number>;

export interface CheckedStores {
  /** Settings under which each store can be read. */
  mlflow: Env;
  prometheus: Env;
  influx: Env;
  /** Nothing listens there. */
  closedPort: number;
  /** Accepts and never says a word. */
  silentPort: number;
  /** Sends everybody to a login page. */
  redirectingUrl: string;
  stop(): Promise<void>;
}

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') {
    throw new Error('not listening');
  }
  return address.port;
}

/** Starts everything: MLflow with the demo's experiments, an empty Prometheus, InfluxDB with one point. */
export async function startCheckedStores(): Promise<CheckedStores> {
  const [postgres, prometheus, influx, closedPort] = await Promise.all([
    startPostgres(),
    startPrometheus({ basicAuth: PROMETHEUS_AUTH }),
    startInflux({ auth: INFLUX_AUTH }),
    findFreePort(),
  ]);
  await createMlflow(postgres, PASSWORD);
  await fillMlflow(postgres, buildMlflowRows(buildScenario(Date.now())));
  const admin = new pg.Client({ connectionString: postgres.url('mlflow') });
  await admin.connect();
  await admin.query(`CREATE ROLE stranger LOGIN PASSWORD '${PASSWORD}'`);
  await admin.end();
  await influx.execute('CREATE DATABASE private');
  const now = Math.floor(Date.now() / 1000);
  await influx.write(
    `model_scoring,variant=baseline,deployment=checkout rows_scored=100i,errors=1i,latency_ms=40 ${now}`,
  );
  const sockets = new Set<Socket>();
  const silent = createServer((socket) => sockets.add(socket));
  const redirecting = createHttpServer((_, response) => response.writeHead(302, { location: '/login' }).end());
  return {
    mlflow: {
      MLFLOW_DB_HOST: '127.0.0.1',
      MLFLOW_DB_PORT: postgres.port,
      MLFLOW_DB_USER: MLFLOW_READER,
      MLFLOW_DB_PASSWORD: PASSWORD,
    },
    prometheus: {
      PROMETHEUS_URL: prometheus.url,
      PROMETHEUS_USER: PROMETHEUS_AUTH.user,
      PROMETHEUS_PASSWORD: PROMETHEUS_AUTH.password,
    },
    influx: {
      INFLUX_URL: influx.url,
      INFLUX_DATABASE: influx.database,
      INFLUX_USER: INFLUX_AUTH.reader.user,
      INFLUX_PASSWORD: PASSWORD,
    },
    closedPort,
    silentPort: await listen(silent),
    redirectingUrl: `http://127.0.0.1:${await listen(redirecting)}`,
    async stop() {
      for (const socket of sockets) {
        socket.destroy();
      }
      silent.close();
      redirecting.close();
      await Promise.all([postgres.stop(), prometheus.stop(), influx.stop()]);
    },
  };
}
