/** Bad input, in every dialect: an answer that is cut, partial, empty, of another type, or larger than memory should allow. */
import { FailureError } from '../../../src/contract/failure';
import { influxMappingSchema } from '../../../src/contract/settings';
import { RecordedServer, type Recorded } from '../recorded-server';
import type { InfluxDialect } from './dialect';
import { Flux } from './flux/flux';
import { readHistograms } from './histograms';
import { InfluxQl } from './influxql/influxql';
import { InfluxSql } from './sql/sql';
import { readTimeline } from './timeline';

const signal = new AbortController().signal;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const period = { from: 0, to: 4 * HOUR };
const mapping = influxMappingSchema.parse({});
const question = {
  metric: 'rows_scored',
  experiment: null,
  by: ['variant'],
  filters: {},
  period,
  stepMs: HOUR,
} as const;

const DIALECTS = {
  influxql: (server: RecordedServer) => new InfluxQl(server, 'd'),
  flux: (server: RecordedServer) => new Flux(server, { bucket: 'd', organisation: 'o' }),
  sql: (server: RecordedServer) => new InfluxSql(server, 'd'),
};
type Name = keyof typeof DIALECTS;

const readerOf = (name: Name, answer: Recorded | ((statement: string) => Recorded)) => {
  const server = new RecordedServer((_path, statement) => (typeof answer === 'function' ? answer(statement) : answer));
  const dialect: InfluxDialect = DIALECTS[name](server);
  return { server, reader: { dialect, mapping, maxPoints: 1000 } };
};

const COLUMNS = { body: '[{"value":"time"},{"value":"variant"},{"value":"rows_scored"}]' };
const inSql = (answer: Recorded) => (statement: string) =>
  statement.includes('information_schema') ? COLUMNS : answer;
const HEAD = '#datatype,string,long,dateTime:RFC3339,string,long\r\n#group,false,false,false,true,false\r\n#default,rows,,,,\r\n,result,table,_time,variant,_value\r\n'; // prettier-ignore

test.each<[string, Name, Recorded | ((statement: string) => Recorded), string]>([
  ['JSON cut in the middle', 'influxql', { body: '{"results":[{"statement_id":0,"series":[{"name":"model_sc' }, 'server'],
  ['CSV cut in the middle of a quoted cell', 'flux', { body: `${HEAD},,0,1970-01-01T01:00:00Z,"base` }, 'server'],
  ['CSV cut in its header', 'flux', { body: HEAD.slice(0, 60) }, 'server'],
  ['an error table behind rows', 'flux', { body: `${HEAD},,0,1970-01-01T01:00:00Z,base,3\r\n\r\n#datatype,string,string\r\n#group,true,true\r\n#default,,\r\n,error,reference\r\n,query terminated,\r\n` }, 'query'], // prettier-ignore
  ['rows cut in the middle', 'sql', inSql({ body: '[{"bucket":"1970-01-01T01:00:00","t0":"base"},{"buck' }), 'server'],
  ['a wrong database', 'flux', { status: 404, body: '{"code":"not found","message":"could not find bucket \\"d\\""}' }, 'config'],
  ['a wrong database', 'sql', { status: 404, body: 'database not found: d' }, 'config'],
  ['a token without rights', 'influxql', { body: '{"results":[{"statement_id":0,"error":"insufficient permissions"}]}' }, 'auth'],
  ['a field that is a string', 'influxql', { body: '{"results":[{"statement_id":0,"error":"unsupported sum iterator type: *query.stringInterruptIterator"}]}' }, 'query'], // prettier-ignore
  ['a field that is a string', 'flux', { status: 400, body: '{"code":"invalid","message":"unsupported input type for sum aggregate: string"}' }, 'query'], // prettier-ignore
])('%s, asked in %s, is a typed error', async (_case, name, answer, expected) => {
  const { reader } = readerOf(name, answer);
  const thrown: unknown = await readTimeline(reader, question, signal).catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(FailureError);
  expect(thrown).toMatchObject({ failure: { class: expected, source: 'influx' } });
  expect(thrown instanceof FailureError && thrown.failure.fix).toBeTruthy();
}); // prettier-ignore

test.each<[string, Name, Recorded | ((statement: string) => Recorded)]>([
  ['no such measurement', 'influxql', { body: '{"results":[{"statement_id":0}]}' }],
  ['no such measurement', 'flux', { body: '\r\n' }],
  ['no such measurement', 'sql', () => ({ body: '[]' })],
  ['a window with no data', 'flux', { body: '' }],
  ['a window with no data', 'sql', inSql({ body: '[]' })],
])('%s, asked in %s, is no series', async (_case, name, answer) => {
  expect((await readTimeline(readerOf(name, answer).reader, question, signal)).series).toEqual([]);
});

const rows = (...all: Array<[tags: Record<string, string>, values: unknown[][]]>) => ({
  body: JSON.stringify({ results: [{ statement_id: 0, series: all.map(([tags, values]) => ({ name: 'm', tags, columns: ['time', 'rows'], values })) }] }), // prettier-ignore
});

test('mixed types: a column that holds texts and numbers counts its numbers', async () => {
  const { reader } = readerOf('influxql', rows([{ variant: 'a' }, [[0, 3], [HOUR, 'three'], [2 * HOUR, true]]])); // prettier-ignore
  const { series } = await readTimeline(reader, question, signal);
  expect(series.map(({ values }) => [...values])).toEqual([[3]]);
});

test('bins without a name, or of both kinds, are categories and lose no row', async () => {
  const { reader } = readerOf('influxql', rows([{ feature: 'f', bin: '10' }, [[0, 3]]], [{ feature: 'f', bin: '' }, [[0, 2]]], [{ feature: 'f', bin: 'DE' }, [[0, 1]]])); // prettier-ignore
  const { histograms } = await readHistograms(reader, { experiment: null, by: [], filters: {}, period, bucketMs: null }, signal); // prettier-ignore
  expect(histograms.map(({ total }) => total)).toEqual([{ kind: 'categorical', categories: ['', '10', 'DE'], counts: [2, 3, 1] }]); // prettier-ignore
});

test('bins come in any order, and an overflow is one of them', async () => {
  const { reader } = readerOf('influxql', rows([{ feature: 'f', bin: '+Inf' }, [[0, 1]]], [{ feature: 'f', bin: '9' }, [[0, 2]]], [{ feature: 'f', bin: '10' }, [[0, 3]]])); // prettier-ignore
  const { histograms } = await readHistograms(reader, { experiment: null, by: [], filters: {}, period, bucketMs: null }, signal); // prettier-ignore
  expect(histograms[0]?.total).toEqual({ kind: 'numeric', bounds: [9, 10, Infinity], counts: [2, 3, 1] });
});

test.each<Name>(['influxql', 'flux', 'sql'])('windows of a millisecond over a year are never asked for in %s', async (name) => {
  const year = { from: 0, to: 365 * DAY };
  const { server, reader } = readerOf(name, name === 'sql' ? inSql({ body: '[]' }) : { body: name === 'flux' ? '' : '{"results":[{}]}' });
  await readTimeline(reader, { ...question, period: year, stepMs: 1 }, signal);
  const widths = server.requests.flatMap(({ form, json }) => [...`${String(form?.q)} ${JSON.stringify(json)}`.matchAll(/(?:time\(|every: |INTERVAL ')(\d+) ?m(?:s|illi)/g)].map(([, width]) => Number(width)));
  expect(widths.length).toBeGreaterThan(0);
  expect(Math.min(...widths)).toBeGreaterThanOrEqual(year.to / 1000);
}); // prettier-ignore

test.each<[Name, string]>([
  ['influxql', 'DROP MEASUREMENT model_scoring'],
  ['influxql', 'SELECT * INTO copy FROM model_scoring'],
  ['flux', 'from(bucket: "d") |> range(start: -1h) |> to(bucket: "e")'],
  ['sql', 'DROP TABLE model_scoring'],
])('in %s the statement “%s” is refused and never sent', async (name, statement) => {
  const { server, reader } = readerOf(name, { body: '' });
  const request = { statement, period, stepMs: HOUR, isInstant: false };
  await expect(reader.dialect.raw(request, { rows: 10, points: 1000 }, signal)).rejects.toMatchObject({ failure: { class: 'query' } }); // prettier-ignore
  expect(server.requests).toEqual([]);
});

test.each([
  ['behind a comment', 'SELECT mean(rows) FROM m WHERE $timeFilter GROUP BY time/**/(1ms)'],
  ['in a later sub-query', 'SELECT mean(a) FROM (SELECT a FROM m WHERE $timeFilter GROUP BY time(1h)), (SELECT a FROM m GROUP BY time(1ms))'],
  ['in capitals', 'SELECT mean(rows) FROM m WHERE $timeFilter GROUP BY TIME(1MS)'],
  ['without a bound but in a string', "SELECT mean(rows) FROM m WHERE a = 'time > 0' GROUP BY time(1h)"],
])('InfluxQL that groups by a millisecond, or without end, %s, is never sent', async (_case, statement) => {
  const { server, reader } = readerOf('influxql', { body: '' });
  const request = { statement, period, stepMs: HOUR, isInstant: false };
  await expect(reader.dialect.raw(request, { rows: 10, points: 1000 }, signal)).rejects.toMatchObject({ failure: { class: 'limit' } });
  expect(server.requests).toEqual([]);
}); // prettier-ignore

test('a million series are refused with a way out, within the memory cap', async () => {
  const CHUNKS = 100;
  const MEMORY_CAP = 512 * 1024 * 1024;
  const series = (index: number) => `{"tags":{"variant":"${String(index)}"},"columns":["time","rows"],"values":[[0,1]]}`;
  const chunk = (number: number) => Array.from({ length: 1_000_000 / CHUNKS }, (_, index) => series((number * 1_000_000) / CHUNKS + index)).join(',');
  const body = Array.from({ length: CHUNKS }, (_, number) => `{"results":[{"series":[${chunk(number)}]}]}`).join('\n');
  const { reader } = readerOf('influxql', { body });
  const before = process.memoryUsage().heapUsed;
  await expect(readTimeline(reader, question, signal)).rejects.toMatchObject({ failure: { class: 'limit', source: 'influx', fix: expect.stringContaining('fewer') as unknown } });
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(MEMORY_CAP);
}, 60_000); // prettier-ignore
