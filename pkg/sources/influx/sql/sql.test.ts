import { FailureError } from '../../../../src/contract/failure';
import { RecordedServer } from '../../recorded-server';
import type { AggregateRequest } from '../dialect';
import { InfluxSql } from './sql';
import { requireReadingSql } from './statement';

const patient = new AbortController().signal;
const COLUMNS = JSON.stringify(['time', 'variant', 'rows_scored', 'latency_ms'].map((value) => ({ value })));

const serving = (rows: string, status = 200) =>
  new RecordedServer((_path, query) =>
    query.includes('information_schema') ? { body: COLUMNS } : { status, body: rows },
  );

const question: AggregateRequest = {
  measurement: 'model_scoring',
  columns: [
    { as: 'requests', kind: 'sum', field: 'rows_scored' },
    { as: 'errors', kind: 'sum', field: 'errors' },
    { as: 'latency', kind: 'weighted-sum', field: 'latency_ms', weight: 'rows_scored' },
  ],
  filters: [{ tag: 'variant', values: ["b'c"] }],
  by: ['variant', 'region'],
  period: { from: 0, to: 120_000 },
  bucketMs: 60_000,
};

test('an aggregate is one statement; a field or tag the table lacks is left out, not an error', async () => {
  const server = serving('[{"bucket":"1970-01-01T00:01:00","t0":"a","t1":"","c0":7,"c2":1400.5},{"bucket":"1970-01-01T00:00:00","t0":"a","t1":"","c0":5}]'); // prettier-ignore
  const { value } = await new InfluxSql(server, 'ml').aggregate(question, patient);
  expect(value).toEqual([
    {
      tags: { variant: 'a', region: '' },
      times: Float64Array.of(0, 60_000),
      columns: {
        requests: Float64Array.of(5, 7),
        errors: Float64Array.of(Number.NaN, Number.NaN),
        latency: Float64Array.of(Number.NaN, 1400.5),
      },
    },
  ]);
  const { json } = server.requests.at(-1) ?? {};
  expect(json).toMatchObject({ db: 'ml', format: 'json', params: { v0: "b'c" } });
  expect(json?.q).not.toContain('errors');
});

test('a table that does not exist has no series', async () => {
  const server = new RecordedServer(() => ({ body: '[]' }));
  expect((await new InfluxSql(server, 'ml').aggregate(question, patient)).value).toEqual([]);
});

test('first and newest sample are read as UTC', async () => {
  const server = serving(
    '[{"t0":"a","first":"2026-01-01T00:00:00","newest":"2026-01-02T00:00:00.123456789"},{"t0":"b"}]',
  );
  const { value } = await new InfluxSql(server, 'ml').sampleTimes(
    { measurement: 'm', field: 'rows_scored', filters: [], by: ['variant'], period: question.period },
    patient,
  );
  const newest = Date.UTC(2026, 0, 2, 0, 0, 0, 123);
  expect(value).toEqual([{ tags: { variant: 'a' }, first: Date.UTC(2026, 0, 1), newest }]);
  expect(server.requests.at(-1)?.json?.q).toContain('SELECT "variant" AS t0, min(time) AS "first"');
});

describe('a refusal', () => {
  test.each([
    ['a missing database as text', 404, 'database not found: nodb', 'config', 'influx.database'],
    ['a missing database as JSON', 404, '{"error":"database not found: nodb"}', 'config', 'influx.database'],
    ['a bad statement', 400, 'SQL error: ParserError("Expected an expression")', 'query', undefined],
    ['a string where a number belongs', 400, '{"error":"Error during planning: No function matches sum(Utf8)"}', 'query', 'mapping.influx'], // prettier-ignore
    ['a string where a number belongs, in newer words', 400, '{"error":"Error during planning: Internal error: Function \'sum\' failed to match any signature, errors: Function \'sum\' requires Decimal, but received String"}', 'query', 'mapping.influx'], // prettier-ignore
    ['too large a question', 400, '{"error":"Query would exceed file limit of 432 parquet files"}', 'limit', undefined],
    ['an older InfluxDB', 404, '{"code":"not found","message":"path not found"}', 'config', 'influx.dialect'],
    ['a proxy without a server behind it', 502, '<html>', 'server', undefined],
    ['half of an answer', 200, '[{"c0":1},{"c', 'server', undefined],
    ['an answer of another shape', 200, '{"results":[]}', 'server', undefined],
  ])('for %s is told apart', async (_case, status, body, expected, field) => {
    const thrown: unknown = await new InfluxSql(serving(body, status), 'ml')
      .aggregate(question, patient)
      .catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(FailureError);
    expect(thrown).toMatchObject({ failure: { class: expected, source: 'influx' } });
    expect(thrown instanceof FailureError && thrown.failure.field).toBe(field);
  });
});

test.each([
  "SELECT 'drop; into' FROM m",
  'WITH x AS (SELECT 1) SELECT * FROM x;',
  'SHOW TABLES',
  'EXPLAIN ANALYZE SELECT 1',
  'SELECT "set" FROM m -- drop',
])('%j reads', (text) => {
  // prettier-ignore
  expect(() => {
    requireReadingSql(text);
  }).not.toThrow();
});

test.each([
  'DROP TABLE m',
  'SELECT 1; DROP TABLE m',
  'WITH x AS (SELECT 1) INSERT INTO m SELECT * FROM x',
  "COPY m TO 'x'",
  'EXPLAIN INSERT INTO m VALUES (1)',
  'SELECT * INTO n FROM m',
  "SELECT $$ ' $$; DROP TABLE m; SELECT ' '",
  'SET x = 1',
  '',
])('%j is refused', (text) => {
  // prettier-ignore
  expect(() => {
    requireReadingSql(text);
  }).toThrow(FailureError);
});

test('a typed statement has its macros filled and its columns typed', async () => {
  const server = serving('[{"time":"1970-01-01T00:00:00","n":1,"s":"x","ok":true},{"n":null,"s":"y"}]');
  const { tables } = await new InfluxSql(server, 'ml').raw(
    { statement: 'SELECT * FROM m WHERE $timeFilter', period: question.period, stepMs: 60_000, isInstant: false },
    { rows: 10, points: 100 },
    patient,
  );
  expect(tables[0]?.columns.map(({ name, type, values }) => [name, type, values])).toEqual([
    ['time', 'time', [0, null]],
    ['n', 'number', [1, null]],
    ['s', 'string', ['x', 'y']],
    ['ok', 'boolean', [true, null]],
  ]);
  expect(server.requests[0]?.json?.q).toContain("TIMESTAMP '1970-01-01T00:02:00.000Z'");
});
