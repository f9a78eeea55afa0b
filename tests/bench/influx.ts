/** A million points over thirty days in a real InfluxDB: what the data source adds to the store's own time. */
import { join } from 'node:path';
import { PROJECT } from '../../demo/stores/project';
import { startInflux, type RunningInflux } from '../../demo/stores/influx';
import { PluginClient } from '../../pkg/sdk/client';
import { backendExecutable } from '../../web/server/plugins';
import type { Figure } from './figure';
import { median, timeRuns } from './figure';

const POINTS = 1_000_000;
const DAY = 86_400_000;
const STEP = 3_600_000;
const BATCH = 20_000;
const SERIES = ['baseline', 'enhanced'].flatMap((variant) => ['eu', 'us'].map((region) => ({ variant, region })));

const TO = Math.floor(Date.now() / STEP) * STEP;
const FROM = TO - 30 * DAY;

async function fill(influx: RunningInflux): Promise<void> {
  const perSeries = POINTS / SERIES.length;
  for (const [index, { variant, region }] of SERIES.entries()) {
    let lines: string[] = [];
    for (let point = 0; point < perSeries; point++) {
      const seconds = Math.floor((FROM + ((TO - FROM) * point) / perSeries) / 1000);
      lines.push(
        `model_scoring,deployment=bench,variant=${variant},region=${region} rows_scored=${40 + ((point + index) % 17)}i,errors=${point % 3}i,latency_ms=${45 + (point % 11)} ${seconds}`,
      );
      if (lines.length === BATCH || point === perSeries - 1) {
        await influx.write(lines.join('\n'));
        lines = [];
      }
    }
  }
}

const WHERE = `time >= ${FROM}ms AND time < ${TO}ms`;
const BY = `GROUP BY time(${STEP}ms), "variant" fill(none)`;

const MEAN = `SELECT sum("x") / sum("rows_scored") FROM (SELECT "latency_ms" * "rows_scored" AS "x", "rows_scored" FROM "model_scoring" WHERE ${WHERE} GROUP BY "variant") WHERE ${WHERE} ${BY}`; // prettier-ignore
const TAGS = '"deployment", "variant", "model_name", "model_version", "environment", "deployment_type", "deployment_mode", "problem_type"'; // prettier-ignore
const GOAL = { atMost: 1.3 };
const CHART = { queryType: 'monitor', by: ['variant'], format: 'timeseries' };

interface Panel {
  query: Record<string, unknown>;
  /** What a client of the store would ask for the same, all at once. */
  statements: readonly string[];
  rows: number;
  runs: number;
  goal?: Figure['goal'];
}

const PANELS: Readonly<Record<string, Panel>> = {
  'rows scored': {
    query: { ...CHART, metric: 'rows_scored' },
    statements: [`SELECT sum("rows_scored") FROM "model_scoring" WHERE ${WHERE} ${BY}`],
    rows: 1440,
    runs: 15,
    goal: GOAL,
  },
  'rows scored, one number a variant': {
    query: { ...CHART, metric: 'rows_scored', format: 'table' },
    statements: [`SELECT sum("rows_scored") FROM "model_scoring" WHERE ${WHERE} GROUP BY "variant"`],
    rows: 2,
    runs: 15,
    goal: GOAL,
  },
  // Milliseconds for the store, so that what we add shows whole: no goal.
  'what is deployed': {
    query: { queryType: 'monitor', view: 'facts', format: 'table' },
    statements: ['first', 'last'].map((edge) => `SELECT ${edge}("rows_scored") FROM "model_scoring" WHERE ${WHERE} GROUP BY ${TAGS}`), // prettier-ignore
    rows: 2,
    runs: 15,
  },
  // A weighted mean takes the store itself seconds.
  'mean latency': {
    query: { ...CHART, metric: 'latency_mean_ms' },
    statements: [MEAN],
    rows: 1440,
    runs: 3,
    goal: GOAL,
  },
};
async function askStore(influx: RunningInflux, statement: string): Promise<number> {
  const query = new URLSearchParams({ db: influx.database, epoch: 'ms', q: statement });
  const response = await fetch(`${influx.url}/query?${query.toString()}`);
  return JSON.stringify(await response.json()).length;
}

export async function benchInflux(): Promise<Figure[]> {
  const influx = await startInflux();
  const client = await PluginClient.start({ executable: backendExecutable(join(PROJECT, 'dist')) });
  try {
    await fill(influx);
    const jsonData = { influx: { url: influx.url, database: influx.database, timeoutSeconds: 120 } };
    const settings = { id: 1, uid: 'bench', name: 'bench', url: '', user: '', database: '', jsonData, secrets: {}, updatedMs: 1, apiVersion: '' }; // prettier-ignore
    const ask = async (json: Record<string, unknown>): Promise<number> => {
      const { A } = await client.queryData({ settings, headers: { 'X-Cache-Skip': 'true' }, queries: [{ refId: 'A', json, range: { from: FROM, to: TO }, maxDataPoints: 720, intervalMs: STEP }] }); // prettier-ignore
      if (A === undefined || A.error !== null) throw new Error(A?.error ?? 'no answer');
      return A.frames.reduce((rows, frame) => rows + (frame.fields[0]?.values.length ?? 0), 0);
    };
    const figures: Figure[] = [];
    for (const [name, { query, statements, rows, runs, goal }] of Object.entries(PANELS)) {
      const askBoth = {
        own: () => timeRuns(1, () => Promise.all(statements.map((statement) => askStore(influx, statement)))),
        ours: () => timeRuns(1, () => ask(query)),
      };
      if ((await ask(query)) !== rows) throw new Error(`${name}: not the whole answer`);
      await askBoth.own();
      const taken: Record<keyof typeof askBoth, number[]> = { own: [], ours: [] };
      // In turns, each first every other time: whatever else the machine does slows both.
      for (let run = 0; run < runs; run++) {
        for (const who of run % 2 === 0 ? (['own', 'ours'] as const) : (['ours', 'own'] as const)) {
          taken[who].push(...(await askBoth[who]()));
        }
      }
      const ratio = median(taken.ours) / median(taken.own);
      figures.push(
        { what: `${name}, 1 M points over 30 days: the store alone, median of ${runs}`, value: median(taken.own), unit: 'ms' }, // prettier-ignore
        { what: `${name}, the same through the data source, median of ${runs}`, value: median(taken.ours), unit: 'ms' },
        { what: `${name}, ours ÷ the store’s own`, value: ratio, unit: '×', ...(goal && { goal }) },
      );
    }
    return figures;
  } finally {
    await client.stop();
    await influx.stop();
  }
}
