/** What the monitoring page asks of InfluxDB, and what may be wrong with what it finds. */
import { FailureError } from '../../../src/contract/failure';
import { influxMappingSchema } from '../../../src/contract/settings';
import { RecordedServer } from '../recorded-server';
import type { TimelineRequest } from '../capabilities/timeline';
import { readAlerts } from './alerts';
import { readDeployments } from './deployments';
import { InfluxQl } from './influxql/influxql';
import { readTimeline } from './timeline';

const signal = new AbortController().signal;
const mapping = influxMappingSchema.parse({});
const HOUR = 3_600_000;
const period = { from: 0, to: 24 * HOUR };

interface Series {
  name?: string;
  tags?: Record<string, string>;
  columns: string[];
  values: unknown[][];
}
const body = (...series: Series[]) => JSON.stringify({ results: [{ statement_id: 0, series }] });
const reading = (answer: (statement: string) => { status?: number; body: string }) => {
  const server = new RecordedServer((_path, statement) => answer(statement));
  return { server, reader: { dialect: new InfluxQl(server, 'ml'), mapping, maxPoints: 1000 } };
};
const question: TimelineRequest = {
  metric: 'rows_scored',
  experiment: null,
  by: ['variant'],
  filters: {},
  period,
  stepMs: HOUR,
};

describe('alerts', () => {
  const tags = { alert: 'drift', severity: 'critical', variant: 'b' };
  const history =
    (...active: number[]) =>
    (statement: string) => ({
      body: statement.includes('"message"')
        ? body({ tags, columns: ['time', 'value'], values: [[0, 'PSI 0.3']] })
        : body({ tags, columns: ['time', 'active'], values: active.map((value, index) => [index * HOUR, value]) }),
    });
  const ask = (...active: number[]) =>
    readAlerts(reading(history(...active)).reader, { experiment: null, filters: {}, period }, signal);

  test('fire since the first point of the unbroken run', async () => {
    expect((await ask(0, 1, 0, 1, 1)).alerts).toEqual([
      { name: 'drift', state: 'firing', severity: 'critical', message: 'PSI 0.3', since: 3 * HOUR, labels: { variant: 'b' } },
    ]); // prettier-ignore
  });

  test('are quiet since the last one ended, or for longer than was looked back', async () => {
    expect((await ask(1, 0, 0)).alerts[0]).toMatchObject({ state: 'normal', since: HOUR });
    expect((await ask(0, 0)).alerts[0]).toMatchObject({ state: 'normal', since: null });
  });

  test('that began within the period are as old as their first point', async () => {
    const late = (...hours: number[]) =>
      readAlerts(
        reading((statement) => ({
          body: statement.includes('"message"')
            ? body()
            : body({ tags, columns: ['time', 'active'], values: hours.map((hour) => [hour * HOUR, 1]) }),
        })).reader,
        { experiment: null, filters: {}, period },
        signal,
      );
    expect((await late(20, 21, 22)).alerts[0]).toMatchObject({ state: 'firing', since: 20 * HOUR });
    // One that writes every ten hours may well have been there before.
    expect((await late(10, 20)).alerts[0]).toMatchObject({ state: 'firing', since: null });
  });

  test('of a store without that measurement are none', async () => {
    const { reader } = reading(() => ({ body: '{"results":[{"statement_id":0}]}' }));
    expect((await readAlerts(reader, { experiment: null, filters: {}, period }, signal)).alerts).toEqual([]);
  });
});

test('a deployment has its tags by dimension, and when it was first and last seen; a missing tag is empty', async () => {
  const { server, reader } = reading((statement) => ({
    body: body({ tags: { variant: 'b', model_version: '7' }, columns: ['time', 'value'], values: [[statement.includes('first(') ? HOUR : 5 * HOUR, 1]] }),
  })); // prettier-ignore
  const { deployments } = await readDeployments(reader, { experiment: null, filters: {}, period }, signal);
  expect(server.requests).toHaveLength(2);
  expect(deployments).toEqual([
    { labels: { deployment: '', variant: 'b', model: '', version: '7', environment: '', deployment_type: '', deployment_mode: '', problem_type: '' }, firstSeen: HOUR, lastSeen: 5 * HOUR },
  ]); // prettier-ignore
});

test('of more deployments than anybody reads, the ones seen last are shown, and it is said', async () => {
  const series = Array.from({ length: 60 }, (_, index) => ({ tags: { variant: `v${String(index)}` }, columns: ['time', 'value'], values: [[index * HOUR, 1]] })); // prettier-ignore
  const { reader } = reading(() => ({ body: body(...series) }));
  const { deployments, warnings } = await readDeployments(reader, { experiment: null, filters: {}, period }, signal);
  expect(deployments.map(({ labels }) => labels.variant)).toEqual(series.slice(10).map(({ tags }) => tags.variant).reverse()); // prettier-ignore
  expect(warnings).toEqual(['Only the 50 deployments seen last of 60 are shown.']);
});

test('beside its own statement a chart asks for the newest point of its last bucket, and for nothing else', async () => {
  const { server, reader } = reading((statement) => ({
    body: statement.includes('last(') ? body({ columns: ['time', 'value'], values: [[24 * HOUR - 1, 1]] }) : body({ tags: { variant: 'a' }, columns: ['time', 'rows'], values: [[23 * HOUR, 3]] }),
  })); // prettier-ignore
  expect((await readTimeline(reader, question, signal)).newestSample).toBe(24 * HOUR - 1);
  expect(server.requests.map(({ form }) => form?.q)).toEqual([
    `SELECT sum("rows_scored") AS "rows" FROM "model_scoring" WHERE time >= 0ms AND time < ${String(24 * HOUR)}ms GROUP BY time(${String(HOUR)}ms), "variant" fill(none)`,
    `SELECT last("rows_scored") AS "value" FROM "model_scoring" WHERE time >= ${String(23 * HOUR)}ms AND time < ${String(25 * HOUR)}ms`,
  ]);
});

test('a chart is as old as its newest point, not as the start of its last bucket', async () => {
  const { reader } = reading((statement) => ({
    body: statement.includes('last(')
      ? body({ columns: ['time', 'value'], values: [[2 * HOUR - 1, 1]] })
      : body({ tags: { variant: 'a' }, columns: ['time', 'rows'], values: [[HOUR, 3]] }),
  }));
  expect((await readTimeline(reader, question, signal)).newestSample).toBe(2 * HOUR - 1);
});

describe('bad input', () => {
  test.each([
    ['a wrong database', 200, '{"results":[{"statement_id":0,"error":"database not found: ml"}]}', 'config', 'influx.database'],
    ['a token without rights', 200, '{"results":[{"statement_id":0,"error":"insufficient permissions"}]}', 'auth', 'influx.database'],
    ['a field that is a string', 200, '{"results":[{"statement_id":0,"error":"unsupported sum iterator type: *query.stringInterruptIterator"}]}', 'query', 'mapping.influx'],
    ['an answer cut in the middle', 200, '{"results":[{"statement_id":0,"series":[{"na', 'server', undefined],
  ])('%s is a typed error', async (_case, status, text, expected, field) => {
    const thrown: unknown = await readTimeline(reading(() => ({ status, body: text })).reader, question, signal).catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(FailureError);
    expect(thrown).toMatchObject({ failure: { class: expected, source: 'influx' } });
    expect(thrown instanceof FailureError && thrown.failure.field).toBe(field);
  }); // prettier-ignore

  test.each([
    ['no such measurement', '{"results":[{"statement_id":0}]}'],
    ['a window with no data', '{"results":[{"statement_id":0,"series":[]}]}'],
  ])('%s is no series', async (_case, text) => {
    expect((await readTimeline(reading(() => ({ body: text })).reader, question, signal)).series).toEqual([]);
  });

  const asking = (statement: string) => /^SHOW (\w+)/.exec(statement)?.[1] ?? 'SELECT';
  const names = (...values: string[][]) => body({ columns: ['name', 'type'], values });
  test.each([
    ['there is no such measurement', names(['other']), '{"results":[{}]}', ['no measurement “model_scoring”']],
    ['the measurement has no such field', names(['model_scoring']), names(['errors', 'integer']), ['no field “rows_scored”']],
    ['the window has no point', names(['model_scoring']), names(['rows_scored', 'integer']), []],
  ])('nothing says why: %s', async (_case, measurements, fields, expected) => {
    const { reader } = reading((statement) => ({ body: { MEASUREMENTS: measurements, FIELD: fields }[asking(statement)] ?? '{"results":[{}]}' }));
    const { series, warnings } = await readTimeline(reader, question, signal);
    expect(series).toEqual([]);
    expect(warnings).toEqual(expected.map((words) => expect.stringContaining(words) as unknown));
  }); // prettier-ignore

  test('a field whose product with the rows is silently nothing, because it is text, is named', async () => {
    const { reader } = reading((statement) => ({ body: asking(statement) === 'FIELD' ? names(['latency_ms', 'string'], ['rows_scored', 'integer']) : '{"results":[{}]}' }));
    await expect(readTimeline(reader, { ...question, metric: 'latency_mean_ms' }, signal)).rejects.toMatchObject({
      failure: { class: 'query', source: 'influx', field: 'mapping.influx', message: 'InfluxDB can only reckon with numbers: the field “latency_ms” of “model_scoring” is string.' },
    });
  }); // prettier-ignore

  test('missing tags are one series without a name', async () => {
    const answer = body({ tags: { variant: '' }, columns: ['time', 'rows'], values: [[0, 3]] });
    const { series } = await readTimeline(reading(() => ({ body: answer })).reader, question, signal);
    expect(series.map(({ labels }) => labels)).toEqual([{ variant: '' }]);
  });

  test('a cell of another type in a bucket is a gap, not a number', async () => {
    const answer = body({ tags: { variant: 'a' }, columns: ['time', 'rows'], values: [[0, 3], [HOUR, 'x'], [2 * HOUR, null]] }); // prettier-ignore
    const { series } = await readTimeline(reading(() => ({ body: answer })).reader, question, signal);
    expect(series[0]?.values).toEqual(Float64Array.of(3));
  });

  test('a bucket that comes twice counts once', async () => {
    const answer = body({ tags: { variant: 'a' }, columns: ['time', 'rows'], values: [[0, 3], [0, 4]] }); // prettier-ignore
    const { series } = await readTimeline(reading(() => ({ body: answer })).reader, question, signal);
    expect(series[0]?.values).toEqual(Float64Array.of(4));
  });

  test('a step of a millisecond over a year becomes no more buckets than a series may have', async () => {
    const { server, reader } = reading(() => ({ body: '{"results":[{"statement_id":0}]}' }));
    const year = { from: 0, to: 365 * 24 * HOUR };
    await readTimeline(reader, { ...question, period: year, stepMs: 1 }, signal);
    const [, width] = /GROUP BY time\((\d+)ms\)/.exec(String(server.requests[0]?.form?.q)) ?? [];
    expect((year.to - year.from) / Number(width)).toBeLessThanOrEqual(1000);
  });

  test('a statement that drops is refused and never sent', async () => {
    const { server, reader } = reading(() => ({ body: '{}' }));
    const request = { statement: 'DROP MEASUREMENT model_scoring', period, stepMs: HOUR, isInstant: false };
    const limits = { rows: 10, points: 1000 };
    await expect(reader.dialect.raw(request, limits, signal)).rejects.toMatchObject({ failure: { class: 'query' } });
    expect(server.requests).toEqual([]);
  });

  test('a million series are shown up to the limit of rows, and the rest is said', async () => {
    const many = Array.from({ length: 2000 }, (_, index) => ({ name: 'm', tags: { t: String(index) }, columns: ['time', 'v'], values: [[0, 1]] })); // prettier-ignore
    const { reader } = reading(() => ({ body: body(...many) }));
    const request = { statement: 'SELECT v FROM m GROUP BY t', period, stepMs: HOUR, isInstant: false };
    const { tables, warnings } = await reader.dialect.raw(request, { rows: 100, points: 1000 }, signal);
    expect(tables).toHaveLength(100);
    expect(warnings).toEqual([expect.stringContaining('100 of 2000 series')]);
  });
});
