import type { RunningInflux } from '../../../demo/stores/influx';
import { startInflux } from '../../../demo/stores/influx';
import type { SettingsInput } from '../../../src/contract/settings';
import { complete, patient, sourcesOf } from './silent';

const HOUR = 3_600_000;
const MINUTE = 60_000;
const END = Math.floor(Date.now() / HOUR) * HOUR;
const PERIOD = { from: END - 3 * HOUR, to: END };
const AUTH = { admin: { user: 'admin', password: 'all' }, reader: { user: 'reader', password: 'only-read' } };
const DEPLOYMENT = `fraud "v1", o'clock`;

interface Point {
  variant: string;
  time: number;
  rows: number;
  errors: number | null;
  latency: number | null;
  prediction: number;
}

/** A point a minute and variant. The last one of `enhanced` lacks latency and errors. */
const POINTS: readonly Point[] = ['baseline', 'enhanced'].flatMap((variant) =>
  Array.from({ length: 180 }, (_, minute): Point => {
    const isBare = variant === 'enhanced' && minute === 179;
    return {
      variant,
      time: PERIOD.from + minute * MINUTE,
      rows: (variant === 'baseline' ? 700 : 300) + (minute % 7),
      errors: isBare ? null : minute % 3,
      latency: isBare ? null : (variant === 'baseline' ? 45 : 60) + (minute % 5),
      prediction: variant === 'baseline' ? 0.1 : 0.2,
    };
  }),
);

let server: RunningInflux;

beforeAll(async () => {
  server = await startInflux({ auth: AUTH });
  const tag = DEPLOYMENT.replace(/[ ,=]/g, '\\$&');
  const lines = POINTS.map(({ variant, time, rows, errors, latency, prediction }) => {
    const fields = [
      `rows_scored=${String(rows)}i`,
      `avg_prediction=${String(prediction)}`,
      ...(errors === null ? [] : [`errors=${String(errors)}i`]),
      ...(latency === null ? [] : [`latency_ms=${String(latency)}`]),
    ];
    return `model_scoring,deployment=${tag},environment=production,variant=${variant} ${fields.join(',')} ${String(time / 1000)}`;
  });
  const drift = ['__all__', 'amount'].map(
    (feature, index) =>
      `model_drift,deployment=${tag},variant=baseline,feature=${feature},method=psi value=${String(index + 0.1)},threshold=0.3 ${String(PERIOD.from / 1000)}`,
  );
  await server.write([...lines, ...drift].join('\n'));
});

afterAll(async () => {
  await server.stop();
});

function influx(overrides: Partial<NonNullable<SettingsInput['influx']>> = {}, password = AUTH.reader.password) {
  const sources = sourcesOf(
    { influx: { url: server.url, database: server.database, user: AUTH.reader.user, ...overrides } },
    { influxPassword: password },
  );
  return complete(sources, 'influx', 'traffic', 'timeline', 'experiments', 'deployments', 'dimensionValues', 'raw');
}

const request = { experiment: DEPLOYMENT, variants: [], period: PERIOD, bucketMs: null, dimension: null };
const pointsOf = (variant: string) => POINTS.filter((point) => point.variant === variant);
const add = (points: readonly Point[], value: (point: Point) => number) =>
  points.reduce((so, point) => so + value(point), 0);
const sum = (values: Float64Array | null | undefined) => (values ?? new Float64Array()).reduce((a, b) => a + b, 0);

test('totals are the sums of the points, latency weighted by rows', async () => {
  const traffic = await influx().traffic(request, patient());
  expect(traffic.variants).toHaveLength(2);
  for (const { variant, totals } of traffic.variants) {
    const points = pointsOf(variant);
    const timed = points.filter(({ latency }) => latency !== null);
    expect(totals).toEqual({
      requests: add(points, ({ rows }) => rows),
      errors: add(points, ({ errors }) => errors ?? 0),
      latencySumMs: add(timed, ({ latency, rows }) => (latency ?? 0) * rows),
      latencyCount: add(timed, ({ rows }) => rows),
      labelled: null,
      correct: null,
    });
  }
  expect(traffic.firstSample).toBe(PERIOD.from);
  expect(traffic.newestSample).toBe(PERIOD.to - MINUTE);
});

test('the series are the same points by the hour and sum to the totals', async () => {
  const traffic = await influx().traffic({ ...request, bucketMs: HOUR }, patient());
  for (const { variant, series, totals } of traffic.variants) {
    expect(Array.from(series?.times ?? [])).toEqual([PERIOD.from, PERIOD.from + HOUR, PERIOD.from + 2 * HOUR]);
    expect(series?.requests?.[0]).toBe(add(pointsOf(variant).slice(0, 60), ({ rows }) => rows));
    expect(sum(series?.requests)).toBe(totals.requests);
    expect(sum(series?.errors)).toBe(totals.errors);
    expect(sum(series?.latencySumMs)).toBe(totals.latencySumMs);
  }
});

test('a dimension breaks the counts down', async () => {
  const traffic = await influx().traffic({ ...request, variants: ['enhanced'], dimension: 'environment' }, patient());
  expect(traffic.variants.map(({ variant, segment }) => [variant, segment])).toEqual([['enhanced', 'production']]);
});

test('experiments, variants and values are read from the tags', async () => {
  const source = influx();
  expect(await source.experiments(patient())).toEqual([
    { id: DEPLOYMENT, variants: ['baseline', 'enhanced'], tags: {} },
  ]);
  expect(await source.dimensionValues('environment', 'PROD', patient())).toEqual(['production']);
  expect(await source.dimensionValues('feature', '', patient())).toEqual(['__all__', 'amount']);
});

test.each([
  ['rows_scored', add(pointsOf('baseline').slice(0, 30), ({ rows }) => rows)],
  ['requests', add(pointsOf('baseline').slice(0, 30), ({ rows }) => rows) / 30],
  ['errors', add(pointsOf('baseline').slice(0, 30), ({ errors }) => errors ?? 0)],
  ['prediction', 0.1],
  ['drift', 0.1],
] as const)('the timeline of %s is what the points say', async (metric, expected) => {
  const timeline = await influx().timeline(
    {
      metric,
      experiment: DEPLOYMENT,
      by: ['variant'],
      filters: { variant: ['baseline'] },
      period: PERIOD,
      stepMs: 30 * MINUTE,
    },
    patient(),
  );
  expect(timeline.series.map(({ labels }) => labels)).toEqual([{ variant: 'baseline' }]);
  expect(timeline.series[0]?.times[0]).toBe(PERIOD.from);
  expect(timeline.series[0]?.values[0]).toBeCloseTo(expected, 12);
});

test('what is deployed is told by its tags, with the times of its own first and last point', async () => {
  const { deployments, executed } = await influx().deployments(
    { experiment: DEPLOYMENT, filters: {}, period: PERIOD },
    patient(),
  );
  expect(executed).toHaveLength(2);
  expect(deployments.map(({ labels, firstSeen, lastSeen }) => [labels.variant, labels.environment, firstSeen, lastSeen])).toEqual([
    ['baseline', 'production', PERIOD.from, PERIOD.to - MINUTE],
    ['enhanced', 'production', PERIOD.from, PERIOD.to - MINUTE],
  ]); // prettier-ignore
});

test('the step grows until the buckets fit the limit', async () => {
  const sources = sourcesOf(
    { influx: { url: server.url, database: server.database, user: AUTH.reader.user }, limits: { points: 10 } },
    { influxPassword: AUTH.reader.password },
  );
  const timeline = await complete(sources, 'influx', 'timeline').timeline(
    { metric: 'requests', experiment: null, by: [], filters: {}, period: PERIOD, stepMs: MINUTE },
    patient(),
  );
  expect(timeline.series[0]?.times.length).toBeLessThanOrEqual(10);
  expect(timeline.series[0]?.values[0]).toBeGreaterThan(1000);
});

test('nothing there is an empty answer and not an error', async () => {
  const traffic = await influx().traffic(
    { ...request, experiment: `x' OR 1=1; DROP MEASUREMENT "model_scoring"` },
    patient(),
  );
  expect(traffic.variants).toEqual([]);
  expect(traffic.newestSample).toBeNull();
  expect((await influx().probe(patient())).found).toBe('2 measurements, 2 variants');
});

test('the connection test tells version, newest sample, and whether the user can write', async () => {
  const reader = await influx().probe(patient());
  expect(reader).toMatchObject({ newestSample: PERIOD.to - MINUTE, endpoint: 'primary', warnings: [] });
  expect(reader.version).toMatch(/^1\./);
  const admin = await influx({ user: AUTH.admin.user }, AUTH.admin.password).probe(patient());
  expect(admin.warnings).toEqual(['the user can write: use one that may only read']);
});

test.each([
  ['a wrong password', {}, 'wrong', { class: 'auth' }],
  [
    'a wrong database',
    { database: 'nowhere', user: AUTH.admin.user },
    AUTH.admin.password,
    { class: 'config', field: 'influx.database' },
  ],
  ['a database without the right to read', { database: '_internal' }, undefined, { class: 'auth' }],
  ['a closed port', { url: 'http://127.0.0.1:1' }, undefined, { class: 'network', field: 'influx.url' }],
])('%s is told apart', async (_case, overrides, password, failure) => {
  await expect(influx(overrides, password).traffic(request, patient())).rejects.toMatchObject({
    failure: { source: 'influx', ...failure },
  });
});

describe('InfluxQL typed by an editor', () => {
  const ask = (statement: string) =>
    influx({ user: AUTH.admin.user }, AUTH.admin.password).raw(
      { statement, period: PERIOD, stepMs: HOUR, isInstant: false },
      patient(),
    );

  test('answers a table a series, with the dashboard’s range and interval', async () => {
    const answer = await ask(
      'SELECT sum("rows_scored") AS rows FROM "model_scoring" WHERE $timeFilter GROUP BY time($__interval), "variant"',
    );
    expect(answer.tables.map(({ columns }) => columns[1])).toEqual(
      ['baseline', 'enhanced'].map((variant) => ({
        name: 'rows',
        type: 'number',
        labels: { variant },
        values: [0, 1, 2].map((hour) => add(pointsOf(variant).slice(hour * 60, hour * 60 + 60), ({ rows }) => rows)),
      })),
    );
  });

  test.each([
    ['a drop', 'DROP MEASUREMENT "model_scoring"'],
    ['a drop behind a select', 'SELECT 1; DROP MEASUREMENT "model_scoring"'],
    ['a select into', 'SELECT * INTO "copy" FROM "model_scoring"'],
    ['a million buckets', 'SELECT mean("rows_scored") FROM "model_scoring" WHERE $timeFilter GROUP BY time(1ms)'],
    ['buckets over all time', 'SELECT mean("rows_scored") FROM "model_scoring" GROUP BY time(1h)'],
  ])('refuses %s', async (_case, statement) => {
    await expect(ask(statement)).rejects.toMatchObject({ failure: { source: 'influx' } });
    expect((await influx().probe(patient())).found).toBe('2 measurements, 2 variants');
  });
});

describe('bad input on a real server', () => {
  const DAYS_AGO = PERIOD.from - 20 * 24 * HOUR;
  const at = (time: number) => String(time / 1000);
  const chart = (measurement: string, period = PERIOD, metric: 'rows_scored' | 'latency_mean_ms' = 'rows_scored') => {
    const sources = sourcesOf(
      {
        influx: { url: server.url, database: server.database, user: AUTH.reader.user },
        mapping: { influx: { measurement } },
      },
      { influxPassword: AUTH.reader.password },
    );
    return complete(sources, 'influx', 'timeline').timeline(
      { metric, experiment: null, by: ['variant'], filters: {}, period, stepMs: HOUR },
      patient(),
    );
  };
  const valuesOf = async (measurement: string, period = PERIOD) =>
    (await chart(measurement, period)).series.map(({ labels, values }) => [labels.variant, ...values]);

  beforeAll(async () => {
    const lines = [
      `bad_text,variant=a rows_scored="many" ${at(PERIOD.from)}`,
      `bad_latency,variant=a rows_scored=3i,latency_ms="slow" ${at(PERIOD.from)}`,
      `bad_untagged rows_scored=3i ${at(PERIOD.from)}`,
      `bad_twice,variant=a rows_scored=3i ${at(PERIOD.from)}`,
      `bad_twice,variant=a rows_scored=4i ${at(PERIOD.from)}`,
      `bad_mixed,variant=a rows_scored=3i ${at(PERIOD.from)}`,
      // Another shard, where a field may be of another type.
      `bad_mixed,variant=a rows_scored="x" ${at(DAYS_AGO)}`,
    ];
    for (const line of lines) {
      await server.write(line);
    }
  });

  afterAll(async () => {
    for (const name of ['text', 'latency', 'untagged', 'twice', 'mixed']) {
      await server.execute(`DROP MEASUREMENT "bad_${name}"`);
    }
  });

  test('a field that is a string is refused in words', async () => {
    await expect(chart('bad_text')).rejects.toMatchObject({
      failure: { class: 'query', source: 'influx', field: 'mapping.influx', message: expect.stringContaining('“rows_scored” of “bad_text” is string') as unknown }, // prettier-ignore
    });
  });

  test('so is one whose product with the rows InfluxDB silently leaves out', async () => {
    await expect(chart('bad_latency', PERIOD, 'latency_mean_ms')).rejects.toMatchObject({
      failure: { class: 'query', field: 'mapping.influx', message: expect.stringContaining('“latency_ms” of “bad_latency” is string') as unknown }, // prettier-ignore
    });
  });

  test('missing tags are one series without a name', async () => {
    expect(await valuesOf('bad_untagged')).toEqual([['', 3]]);
  });

  test('a point written twice counts once', async () => {
    expect(await valuesOf('bad_twice')).toEqual([['a', 4]]);
  });

  test('mixed types: numbers count, texts of another time do not', async () => {
    expect(await valuesOf('bad_mixed', { from: DAYS_AGO, to: PERIOD.to })).toEqual([['a', 3]]);
  });

  test('no such measurement, and a window without data, are no series', async () => {
    expect(await valuesOf('bad_nowhere')).toEqual([]);
    expect(await valuesOf('bad_twice', { from: 0, to: HOUR })).toEqual([]);
  });
});
