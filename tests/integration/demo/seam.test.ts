/** One past in three stores, and live traffic that goes on from it: what each store says is what was generated. */
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import pino from 'pino';
import { z } from 'zod';
import { startDemo, type Demo } from '../../../demo/demo';
import { findSeeded } from '../../../demo/scenario';
import { requestsOf } from '../../../demo/telemetry/tally';
import type { Instance } from '../../../pkg/instance';
import { createInstance } from '../../../pkg/instance';
import { answerQuery } from '../../../pkg/queries/answer';
import type { DataFrame } from '../../../pkg/sdk/frame';
import { secretsSchema, settingsSchema } from '../../../src/contract/settings';

const DAY = 86_400_000;
const vector = z.object({
  data: z.object({
    result: z.array(z.object({ metric: z.record(z.string(), z.string()), value: z.tuple([z.number(), z.string()]) })),
  }),
});
const influxSums = z.object({
  results: z.tuple([
    z.object({
      series: z.array(
        z.object({
          tags: z.record(z.string(), z.string()),
          values: z.array(z.array(z.union([z.string(), z.number()]))),
        }),
      ),
    }),
  ]),
});

let demo: Demo;
const reported: string[] = [];

async function queryPrometheus(query: string, label: string, time = demo.seam): Promise<Map<string, number>> {
  const { prometheus } = demo.stores;
  const parameters = new URLSearchParams({ query, time: String(time / 1000) });
  const response = await fetch(`${prometheus.running?.url ?? ''}/api/v1/query?${parameters.toString()}`);
  const { data } = vector.parse(await response.json());
  return new Map(data.result.map(({ metric, value }) => [metric[label] ?? '', Number(value[1])]));
}

/** Requests scored by each variant of an experiment in `[from, to)`, as generated. */
function generated(experiment: string, from: number, to: number): Map<string, number> {
  const simulation = demo.simulations.find((one) => one.experiment.id === experiment);
  const rows = new Map<string, number>();
  for (const { variant, time, rows: count } of simulation?.scoring ?? []) {
    if (time >= from && time < to) rows.set(variant.name, (rows.get(variant.name) ?? 0) + count);
  }
  return rows;
}

async function sumInflux(experiment: string, from: number, to: number): Promise<Map<string, number>> {
  const body = await demo.stores.influx.running?.execute(
    `SELECT sum(rows_scored) FROM model_scoring WHERE deployment = '${experiment}' AND time >= ${from}ms AND time < ${to}ms GROUP BY variant`,
  );
  const [{ series }] = influxSums.parse(body).results;
  return new Map(series.map(({ tags, values }) => [tags['variant'] ?? '', Number(values[0]?.[1])]));
}

beforeAll(async () => {
  demo = await startDemo({ scrapeSeconds: 2, flushSeconds: 2, report: (line) => reported.push(line) });
});

afterAll(() => demo.stop());

describe('the past', () => {
  it('is in all three stores', () => {
    expect(Object.values(demo.stores).map(({ name, missing }) => [name, missing?.message ?? null])).toEqual([
      ['mlflow', null],
      ['prometheus', null],
      ['influx', null],
    ]);
    expect(reported.join('\n')).toMatch(/mlflow: PostgreSQL.*35 runs/);
  });

  it.each(['checkout-ranking', 'fraud-threshold', 'search-rerank'])(
    'gives Prometheus, within 1 %, and InfluxDB, exactly, the requests generated for %s since its start',
    async (id) => {
      const { start, variants } = findSeeded(demo.scenario, id);
      const expected = generated(id, start, demo.seam);
      const seconds = (demo.seam - start) / 1000;
      const increases = await queryPrometheus(
        `sum by (model_name) (increase(ab_test_requests_total{experiment="${id}"}[${seconds}s]))`,
        'model_name',
      );
      for (const { name, modelName } of variants) {
        const count = expected.get(name) ?? 0;
        expect(count).toBeGreaterThan(1_000);
        expect(Math.abs((increases.get(modelName) ?? 0) / count - 1)).toBeLessThan(0.01);
      }
      expect(await sumInflux(id, start, demo.seam)).toEqual(expected);
    },
  );

  it('answers increase over five minutes at any age', async () => {
    const { start } = findSeeded(demo.scenario, 'checkout-ranking');
    for (const time of [start + DAY, start + 8 * DAY, demo.seam - DAY]) {
      const query = 'sum by (model_name) (increase(ab_test_requests_total{experiment="checkout-ranking"}[5m]))';
      const increases = await queryPrometheus(query, 'model_name', time);
      const expected = generated('checkout-ranking', time - 300_000, time).get('baseline') ?? 0;
      expect(Math.abs((increases.get('baseline-predictor') ?? 0) - expected)).toBeLessThan(0.02 * expected + 2);
    }
  });

  it('is read in MLflow by a role that may not write', async () => {
    const { mlflow } = settingsSchema.parse(demo.settings.jsonData);
    const client = new pg.Client({ ...mlflow, ssl: false, password: demo.settings.secrets.mlflowPassword });
    await client.connect();
    const { rows } = await client.query<{ variant: string }>(
      `SELECT p.value AS variant FROM registered_model_aliases a JOIN model_versions v USING (name, version)
       JOIN params p ON p.run_uuid = v.run_id AND p.key = 'model_variant' WHERE a.alias = 'challenger' ORDER BY 1`,
    );
    expect(rows.map(({ variant }) => variant)).toEqual(['adaptive', 'enhanced', 'reranker']);
    await expect(client.query('DELETE FROM runs')).rejects.toThrow(/permission denied|read-only/);
    await client.end();
  });
});

describe('drift', () => {
  let instance: Instance;
  const HOUR = 3_600_000;

  beforeAll(() => {
    const settings = settingsSchema.parse(demo.settings.jsonData);
    const secrets = secretsSchema.parse(demo.settings.secrets);
    instance = createInstance({ uid: 'u', name: 'n', settings, secrets, logger: pino({ level: 'silent' }) });
  });
  afterAll(() => instance.dispose());

  const seeded = () => {
    const { driftFrom } = findSeeded(demo.scenario, 'checkout-ranking');
    if (driftFrom === null) throw new Error('no drift is seeded');
    return driftFrom;
  };

  async function ask(fields: Record<string, unknown>, from: number): Promise<DataFrame[]> {
    const query = { queryType: 'monitor', experiment: 'checkout-ranking', metric: 'drift', method: 'psi', ...fields };
    const answer = await answerQuery('monitor', query, {
      instance,
      refId: 'A',
      range: { from, to: demo.seam },
      intervalMs: 60_000,
      maxDataPoints: 500,
      now: demo.seam,
      isAlert: false,
      skipCache: true,
      signal: AbortSignal.timeout(30_000),
    });
    if ('error' in answer) throw new Error(answer.error);
    return answer.frames;
  }

  /** The two days before the shift, in which nothing drifts. */
  const reference = () => {
    const iso = (instant: number) => new Date(instant).toISOString();
    return { kind: 'fixed', from: iso(seeded() - 4 * DAY), to: iso(seeded() - 2 * DAY) };
  };

  it.each(['prometheus', 'influx'])(
    'seeded into the traffic is on the chart from its first hour on and not before, as %s counts it',
    async (store) => {
      const frames = await ask({ format: 'timeseries', store, reference: reference() }, seeded() - 2 * DAY);
      expect(frames.map(({ fields }) => fields[1]?.labels)).toEqual([{ variant: 'baseline' }, { variant: 'enhanced' }]);
      for (const { fields } of frames) {
        const [times = [], values = []] = fields.map((field) => [...field.values].map(Number));
        const during = values.filter((_, index) => (times[index] ?? 0) >= seeded());
        const before = values.filter((_, index) => (times[index] ?? 0) < seeded());
        expect(before.length).toBeGreaterThanOrEqual(24);
        expect(during.length).toBeGreaterThanOrEqual(19);
        expect(Math.max(...before)).toBeLessThan(0.1);
        expect(Math.min(...during)).toBeGreaterThan(0.1);
      }
    },
  );

  it('is found in the features it is seeded into and in no other, and is the whole model’s', async () => {
    const [frame] = await ask({ format: 'table', reference: reference() }, seeded());
    const column = (name: string) => [...(frame?.fields.find((field) => field.name === name)?.values ?? [])];
    const bands = new Map(column('feature').map((feature, row) => [feature, column('band')[row]]));
    expect(Object.fromEntries(bands)).toEqual({
      basket_value: 'drifted',
      country: 'watch',
      session_minutes: 'watch',
      prediction: 'stable',
      device: 'stable',
      items_viewed: 'stable',
      days_since_visit: 'stable',
      tenure_months: 'stable',
      __all__: 'drifted',
    });
  });

  it('is nowhere in a model whose inputs are as they were', async () => {
    const frames = await ask({ experiment: 'fraud-threshold', format: 'numeric' }, demo.seam - DAY);
    expect(frames.map(({ fields }) => fields[0]?.labels?.variant)).toEqual(['baseline', 'adaptive']);
    for (const { fields } of frames) expect(Number(fields[0]?.values[0])).toBeLessThan(0.05);
  });

  it('is computed from every row that was scored', async () => {
    const from = Math.floor((demo.seam - DAY) / HOUR) * HOUR;
    const to = from + 20 * HOUR;
    const body = await demo.stores.influx.running?.execute(
      `SELECT sum(rows_scored) FROM model_bins WHERE deployment = 'checkout-ranking' AND feature = 'device' AND time >= ${from}ms AND time < ${to}ms GROUP BY variant`,
    );
    const [{ series }] = influxSums.parse(body).results;
    expect(new Map(series.map(({ tags, values }) => [tags['variant'] ?? '', Number(values[0]?.[1])]))).toEqual(generated('checkout-ranking', from, to)); // prettier-ignore
  });
});

describe('live traffic', () => {
  it('goes on in the same series, with no reset and nothing counted twice', async () => {
    const total = 'sum by (experiment) (ab_test_requests_total)';
    const atSeam = await queryPrometheus(total, 'experiment');
    const past = demo.simulations.map(
      ({ experiment, tallies }) => [experiment.id, tallies.reduce((sum, tally) => sum + requestsOf(tally), 0)] as const,
    );
    const deadline = Date.now() + 120_000;
    let live = new Map<string, number>();
    while (Date.now() < deadline && past.some(([id, count]) => (live.get(id) ?? 0) <= count)) {
      await sleep(500);
      live = await queryPrometheus(total, 'experiment', Date.now());
    }
    for (const [id, count] of past) {
      // A replaced version's counters end in the past, so only what still counts is compared.
      expect(live.get(id)).toBeGreaterThan(count);
      expect(live.get(id)).toBeLessThan(count * 1.01 + 100);
      expect(atSeam.get(id)).toBeLessThanOrEqual(count);
    }
    for (const name of [
      'requests_total',
      'revenue_total',
      'response_time_seconds_bucket',
      'response_time_seconds_sum',
    ]) {
      const resets = await queryPrometheus(`max(resets(ab_test_${name}[10m]))`, '', Date.now());
      expect([name, resets.get('')]).toEqual([name, 0]);
    }
    const series = await queryPrometheus(
      'count by (experiment) (ab_test_requests_total{experiment="checkout-ranking"})',
      'experiment',
      Date.now(),
    );
    expect(series.get('checkout-ranking')).toBe(24);
  });

  it('waits for an InfluxDB that is away, and then writes what was scored meanwhile', async () => {
    await demo.stores.influx.stop();
    const [from, length] = [Date.now(), 8_000];
    await sleep(length);
    await demo.stores.influx.start();
    const scored = async () =>
      JSON.stringify(
        await demo.stores.influx.running?.execute(
          `SELECT sum(rows_scored) FROM model_scoring WHERE time >= ${from}ms AND time < ${from + length}ms`,
        ),
      );
    const isWritten = /"values":\[\["[^"]+",[1-9]/;
    for (const deadline = Date.now() + 120_000; !isWritten.test(await scored()) && Date.now() < deadline;) {
      await sleep(500);
    }
    expect(await scored()).toMatch(isWritten);
  });
});
