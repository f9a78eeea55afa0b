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
/** A weighted mean takes the store itself seconds. */
const RUNS = { rows_scored: 15, latency_mean_ms: 3 } as const;
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

/** What a client of the store would ask for the same chart. */
const STATEMENTS = {
  rows_scored: `SELECT sum("rows_scored") FROM "model_scoring" WHERE ${WHERE} ${BY}`,
  latency_mean_ms: `SELECT sum("x") / sum("rows_scored") FROM (SELECT "latency_ms" * "rows_scored" AS "x", "rows_scored" FROM "model_scoring" WHERE ${WHERE} GROUP BY "variant") WHERE ${WHERE} ${BY}`,
} as const;

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
    const ask = async (metric: string): Promise<number> => {
      const json = { queryType: 'monitor', metric, by: ['variant'], format: 'timeseries' };
      const { A } = await client.queryData({ settings, headers: {}, queries: [{ refId: 'A', json, range: { from: FROM, to: TO }, maxDataPoints: 720, intervalMs: STEP }] }); // prettier-ignore
      if (A === undefined || A.error !== null) throw new Error(A?.error ?? 'no answer');
      return A.frames.reduce((rows, frame) => rows + (frame.fields[0]?.values.length ?? 0), 0);
    };
    const figures: Figure[] = [];
    for (const metric of ['rows_scored', 'latency_mean_ms'] as const) {
      const statement = STATEMENTS[metric];
      const runs = RUNS[metric];
      if ((await ask(metric)) !== 1440) throw new Error(`${metric}: not the whole chart`);
      await askStore(influx, statement);
      const own: number[] = [];
      const ours: number[] = [];
      // In turns: whatever else the machine does slows both.
      for (let run = 0; run < runs; run++) {
        own.push(...(await timeRuns(1, () => askStore(influx, statement))));
        ours.push(...(await timeRuns(1, () => ask(metric))));
      }
      figures.push(
        { what: `${metric}, 1 M points in 720 buckets: the store alone, median of ${runs}`, value: median(own), unit: 'ms' }, // prettier-ignore
        { what: `${metric}, the same through the data source, median of ${runs}`, value: median(ours), unit: 'ms' },
        { what: `${metric}, ours ÷ the store’s own`, value: median(ours) / median(own), unit: '×', goal: { atMost: 1.3 } }, // prettier-ignore
      );
    }
    return figures;
  } finally {
    await client.stop();
    await influx.stop();
  }
}
