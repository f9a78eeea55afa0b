/** The numbers in our frames against the stores read directly, and what happens when stores go and come. */
import pg from 'pg';
import { z } from 'zod';
import type { Demo } from '../../../demo/demo';
import { startDemo } from '../../../demo/demo';
import { DATA_SOURCE_WORDS } from '../../../src/calc/provenance';
import {
  CHECKS_FIELDS,
  COMPARISONS_FIELDS,
  OVERVIEW_FIELDS,
  SOURCES_FIELDS,
  VARIANTS_FIELDS,
} from '../../../src/contract/frames';
import type { Backend } from './backend';
import { annotationsHold } from './annotations';
import { frameNamed, rowsOf, startBackend } from './backend';
import { publicDashboardsLeakNothing } from './public-dashboards';
import { statementsHold } from './statements';

const EXPERIMENT = 'checkout-ranking';

let demo: Demo;
let backend: Backend;

beforeAll(async () => {
  demo = await startDemo();
  backend = await startBackend(demo);
});

afterAll(async () => {
  await backend.stop();
  await demo.stop();
});

const namesOf = (frame: { fields: ReadonlyArray<{ name: string }> }) => frame.fields.map(({ name }) => name);

function prometheusUrl(): string {
  const server = demo.stores.prometheus.running;
  if (!server) {
    throw new Error('Prometheus is not running');
  }
  return server.url;
}

const vectorSchema = z.object({
  data: z.object({
    result: z.array(z.object({ metric: z.record(z.string(), z.string()), value: z.tuple([z.number(), z.string()]) })),
  }),
});

/** Prometheus's own answer, by variant label. */
async function askPrometheus(query: string, time: number): Promise<Record<string, number>> {
  const body = new URLSearchParams({ query, time: String(time / 1000) });
  const response = await fetch(`${prometheusUrl()}/api/v1/query`, { method: 'POST', body });
  const { data } = vectorSchema.parse(await response.json());
  return Object.fromEntries(data.result.map(({ metric, value }) => [metric.model_name ?? '', Number(value[1])]));
}

const tables = () => backend.ask({ queryType: 'experiment', experiment: EXPERIMENT });

// Over the same demo, to start it once.
statementsHold(() => demo);
annotationsHold(() => demo);
publicDashboardsLeakNothing(() => demo);

describe('the experiment query', () => {
  it('answers its three frames with the contract’s fields, in order', async () => {
    const answer = await tables();
    expect(answer.error).toBeNull();
    expect(answer.frames.map(({ name }) => name)).toEqual(['variants', 'comparisons', 'checks']);
    expect(namesOf(frameNamed(answer, 'variants'))).toEqual([...VARIANTS_FIELDS]);
    expect(namesOf(frameNamed(answer, 'comparisons'))).toEqual([...COMPARISONS_FIELDS]);
    expect(namesOf(frameNamed(answer, 'checks'))).toEqual([...CHECKS_FIELDS]);
  });

  it('counts the requests Prometheus counts', async () => {
    const answer = await tables();
    const [row] = rowsOf(frameNamed(answer, 'comparisons'));
    const from = Number(row?.window_start);
    const to = Number(row?.window_end);
    const window = `${(to - from) / 1000}s`;
    const direct = await askPrometheus(
      `sum by (model_name) (increase(ab_test_requests_total{experiment="${EXPERIMENT}"}[${window}]))`,
      to,
    );
    for (const variant of rowsOf(frameNamed(answer, 'variants'))) {
      const expected = direct[`${String(variant.variant)}-predictor`] ?? NaN;
      // Our chunks and the one long range extrapolate at different edges: a few requests in half a million.
      expect(Math.abs(Number(variant.requests) / expected - 1)).toBeLessThan(0.001);
    }
  });

  it('shows the accuracy, precision and runs that psql reads', async () => {
    const server = demo.stores.mlflow.running;
    if (!server) {
      throw new Error('PostgreSQL is not running');
    }
    const { host, port, user, password } = server;
    const client = new pg.Client({ host, port, user, password, database: 'mlflow' });
    await client.connect();
    const { rows } = await client.query<{ variant: string; precision: number; runs: string }>(
      `SELECT p.value AS variant, count(*) AS runs,
              (array_agg(lm.value ORDER BY r.start_time DESC))[1] AS precision
         FROM experiments e
         JOIN runs r ON r.experiment_id = e.experiment_id AND r.lifecycle_stage = 'active' AND r.status = 'FINISHED'
         JOIN params p ON p.run_uuid = r.run_uuid AND p.key = 'model_variant'
         JOIN latest_metrics lm ON lm.run_uuid = r.run_uuid AND lm.key = 'precision' AND NOT lm.is_nan
        WHERE e.name = $1 GROUP BY 1`,
      [EXPERIMENT],
    );
    await client.end();
    expect(rows.length).toBeGreaterThanOrEqual(2);
    const shown = rowsOf(frameNamed(await tables(), 'variants'));
    for (const direct of rows) {
      const variant = shown.find((row) => row.variant === direct.variant);
      expect(variant?.runs).toBe(Number(direct.runs));
      expect(variant?.precision).toBeGreaterThan(0.5);
    }
  });

  it('finds the seeded truth: it lies in the intervals, and enhanced wins', async () => {
    const seeded = demo.scenario.experiments.find(({ id }) => id === EXPERIMENT);
    const truthOf = (name: string) => {
      const variant = seeded?.variants.find((one) => one.name === name);
      return Object.entries(seeded?.regions ?? {}).reduce(
        (sum, [region, share]) => sum + share * (variant?.truth.accuracy[region] ?? NaN),
        0,
      );
    };
    const rows = rowsOf(frameNamed(await tables(), 'comparisons'));
    const accuracy = rows.find(({ metric }) => metric === 'accuracy');
    const lift = truthOf('enhanced') - truthOf('baseline');
    expect(Number(accuracy?.seq_ci_low)).toBeLessThan(lift);
    expect(Number(accuracy?.seq_ci_high)).toBeGreaterThan(lift);
    expect(accuracy?.verdict).toBe('winner');
    const errors = rows.find(({ metric }) => metric === 'error_rate');
    expect(Number(errors?.seq_ci_low)).toBeLessThan(-0.0005);
    expect(errors?.guardrail).toBe('holds');
  });

  it('finds the segment that is worse inside the overall win', async () => {
    const answer = await backend.ask({ queryType: 'experiment', experiment: EXPERIMENT, breakdown: 'region' });
    const rows = rowsOf(frameNamed(answer, 'comparisons')).filter(({ dimension }) => dimension === 'region');
    const eu = rows.find(({ metric, segment }) => metric === 'accuracy' && segment === 'EU');
    expect(Number(eu?.ci_high)).toBeLessThan(0);
    expect(frameNamed(answer, 'comparisons').meta?.custom).toMatchObject({
      uplift: { worstSegment: { dimension: 'region', segment: 'EU', metric: 'accuracy' } },
    });
  });

  it('finds the seeded split change, ratio mismatch, deployment and shadow variant', async () => {
    const answer = await backend.ask({ queryType: 'experiment', experiment: 'search-rerank' });
    const checks = new Map(rowsOf(frameNamed(answer, 'checks')).map(({ check, status }) => [check, status]));
    expect(checks.get('srm')).toBe('failed');
    expect(checks.get('split_changed')).toBe('failed');
    expect(checks.get('deployment_changed')).toBe('warning');
    const rows = rowsOf(frameNamed(answer, 'comparisons'));
    expect(new Set(rows.map(({ verdict }) => verdict))).toEqual(new Set(['invalid']));
    const shadow = rowsOf(frameNamed(answer, 'variants')).find(({ role }) => role === 'shadow');
    expect(shadow).toMatchObject({ variant: 'distilled', traffic_share: null });
  });

  it('replays to the figures of the table', async () => {
    const replay = await backend.ask({
      queryType: 'experiment',
      experiment: EXPERIMENT,
      format: 'timeseries',
      metric: 'accuracy',
    });
    const points = rowsOf(replay.frames[0] ?? { fields: [] });
    const last = points.at(-1);
    const table = rowsOf(frameNamed(await tables(), 'comparisons')).find(({ metric }) => metric === 'accuracy');
    expect(points.length).toBeGreaterThan(60);
    for (const field of ['lift_abs', 'seq_ci_low', 'seq_ci_high'] as const) {
      // Both are read within seconds of each other, and traffic goes on in between.
      expect(Number(last?.[field])).toBeCloseTo(Number(table?.[field]), 3);
    }
  });

  it('calibrates on the two days of control alone before the start', async () => {
    const checks = rowsOf(frameNamed(await tables(), 'checks'));
    const calibration = checks.find(({ check }) => check === 'aa_calibration');
    expect(['ok', 'warning']).toContain(calibration?.status);
    expect(calibration?.message).toMatch(/^A\/A calibration (ok|\d\.\d\d×): .* alarms in \d+ of \d{2,3} tests/);
    expect(calibration?.p_value).toBeGreaterThan(0);
  });
});

describe('bad input', () => {
  it.each([
    ['an unknown experiment', { queryType: 'experiment', experiment: 'nope' }, /“nope” is not known.*checkout-ranking/],
    ['no experiment where several are known', { queryType: 'experiment' }, /Choose one of/],
    [
      'an unknown metric',
      { queryType: 'experiment', experiment: EXPERIMENT, metrics: [{ id: 'beauty' }] },
      /“beauty” is not known/,
    ],
    [
      'a control that is no variant',
      { queryType: 'experiment', experiment: EXPERIMENT, definition: { control: 'x' } },
      /Control “x”/,
    ],
    [
      'a start without an offset',
      { queryType: 'experiment', experiment: EXPERIMENT, definition: { start: '2026-03-01' } },
      /definition\.start.*ISO 8601/,
    ],
    ['an unknown query type', { queryType: 'astrology' }, /queryType/],
    ['a field of the wrong type', { queryType: 'experiment', experiment: 7 }, /experiment/],
  ])('%s is refused with the field and the fix', async (_, query, words) => {
    const answer = await backend.ask(query);
    expect(answer.status).toBe(400);
    expect(answer.error).toMatch(words);
    expect(answer.frames).toEqual([]);
  });

  it('describes a test without a start, and gives no verdict', async () => {
    const answer = await backend.ask({ queryType: 'experiment', experiment: EXPERIMENT, window: 'range' });
    const rows = rowsOf(frameNamed(answer, 'comparisons'));
    expect(new Set(rows.map(({ verdict }) => verdict))).toEqual(new Set(['not-enough-data']));
    expect(rows.every(({ seq_p }) => seq_p === null)).toBe(true);
    expect(rows[0]?.reasons).toMatch(/no-start/);
  });
});

describe('overview and status', () => {
  it('answers the seed’s live fields', async () => {
    const answer = await backend.ask({ queryType: 'overview', experiment: EXPERIMENT });
    const frame = frameNamed(answer, 'overview');
    expect(namesOf(frame)).toEqual([...OVERVIEW_FIELDS]);
    const [row] = rowsOf(frame);
    // The demo's three: one being chosen does not end the others.
    expect(row).toMatchObject({ data_source: 'REAL_PRODUCTION_DATA', active_experiments: 3 });
    expect(Number(row?.baseline_accuracy)).toBeGreaterThan(70);
    expect(Number(row?.enhanced_accuracy)).toBeGreaterThan(Number(row?.baseline_accuracy));
    const direct = await askPrometheus(
      `sum by (model_name) (increase(ab_test_requests_total{experiment="${EXPERIMENT}"}[24h]))`,
      Date.now(),
    );
    const total = Object.values(direct).reduce((sum, count) => sum + count, 0);
    expect(Math.abs(Number(row?.total_requests_24h) / total - 1)).toBeLessThan(0.01);
  });

  it('gives no single accuracy where several experiments are meant, and says so', async () => {
    const frame = frameNamed(await backend.ask({ queryType: 'overview' }), 'overview');
    expect(rowsOf(frame)[0]).toMatchObject({ active_experiments: 3, baseline_accuracy: null });
    expect(frame.meta?.notices?.map(({ text }) => text).join()).toMatch(/Choose an experiment/);
  });

  it('shows each source', async () => {
    const frame = frameNamed(await backend.ask({ queryType: 'status' }), 'sources');
    expect(namesOf(frame)).toEqual([...SOURCES_FIELDS]);
    expect(rowsOf(frame).map(({ source, state }) => [source, state])).toEqual([
      ['mlflow', 'ok'],
      ['prometheus', 'ok'],
      ['influx', 'ok'],
    ]);
  });
});

describe('alerts', () => {
  const alert = { FromAlert: 'true' };

  it('get one number a frame, with labels that do not change', async () => {
    const answer = await backend.ask(
      { queryType: 'experiment', experiment: EXPERIMENT, format: 'numeric', value: 'seq_p' },
      alert,
    );
    expect(answer.error).toBeNull();
    for (const { fields, meta } of answer.frames) {
      expect(meta).toMatchObject({ type: 'numeric-multi', typeVersion: [0, 1] });
      expect(fields).toHaveLength(1);
      expect(Object.keys(fields[0]?.labels ?? {}).sort()).toEqual(['experiment', 'metric', 'variant']);
    }
  });

  it('are refused tables, with a hint', async () => {
    const answer = await backend.ask({ queryType: 'experiment', experiment: EXPERIMENT }, { Fromalert: 'true' });
    expect(answer.error).toMatch(/numeric/);
  });
});

describe('stores that go and come', () => {
  const levelNow = async () => {
    const answer = await backend.ask({ queryType: 'overview', experiment: EXPERIMENT }, { 'X-Cache-Skip': 'true' });
    return rowsOf(frameNamed(answer, 'overview'))[0]?.data_source;
  };

  /** Within one refresh of a dashboard on a machine of its own; the limit is for one that is busy. */
  const levelBecomes = async (level: string) => {
    const deadline = Date.now() + 120_000;
    let now = await levelNow();
    while (now !== level && Date.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 1000));
      now = await levelNow();
    }
    expect(now).toBe(level);
  };

  it('reads MODEL without Prometheus and InfluxDB, OPERATIONAL without MLflow, LIVE when all are back', async () => {
    await levelBecomes(DATA_SOURCE_WORDS.live);
    await Promise.all([demo.stores.prometheus.stop(), demo.stores.influx.stop()]);
    await levelBecomes(DATA_SOURCE_WORDS.model);
    expect((await backend.health()).status).toBe('error');
    await Promise.all([demo.stores.prometheus.start(), demo.stores.influx.start()]);
    await demo.stores.mlflow.stop();
    await levelBecomes(DATA_SOURCE_WORDS.operational);
    await demo.stores.mlflow.start();
    await levelBecomes(DATA_SOURCE_WORDS.live);
    expect((await backend.health()).status).toBe('ok');
  }, 600_000);
});
