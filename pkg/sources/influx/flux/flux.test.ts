import { FailureError } from '../../../../src/contract/failure';
import { RecordedServer } from '../../recorded-server';
import type { AggregateRequest } from '../dialect';
import { Flux } from './flux';

const patient = new AbortController().signal;
const target = { bucket: 'my-bucket', organisation: 'my-org' };
const csv = (...lines: string[]) => `${lines.join('\r\n')}\r\n\r\n`;

const HEAD = ['#datatype,string,long,dateTime:RFC3339,string,double', '#group,false,false,false,true,false'];
// Recorded from InfluxDB 2.7.12: the first window begins with the range, an empty cell is null.
const WINDOWS = csv(
  ...HEAD,
  '#default,value,,,,',
  ',result,table,_time,variant,_value',
  ',,0,2026-11-22T13:46:42.991838864Z,baseline,',
  ',,0,2026-11-22T14:00:00Z,baseline,0.0063',
  ',,1,2026-11-22T14:00:00Z,enhanced,0.1611',
);

const question: AggregateRequest = {
  measurement: 'model_drift',
  columns: [{ as: 'value', kind: 'last', field: 'value' }],
  filters: [],
  by: ['variant'],
  period: { from: Date.UTC(2026, 10, 22, 13), to: Date.UTC(2026, 10, 22, 16) },
  bucketMs: 1_800_000,
};

const TIMES = (result: string, ...rows: string[]) => csv('#datatype,string,long,dateTime:RFC3339,string', '#group,false,false,false,true', `#default,${result},,,`, ',result,table,_time,variant', ...rows); // prettier-ignore

const answering = (body: string, status = 200) => new Flux(new RecordedServer(() => ({ status, body })), target);

test('first and newest sample are one script, a row a group each', async () => {
  const server = new RecordedServer(() => ({ body: TIMES('first', ',,0,2026-11-22T13:00:00Z,a', ',,1,2026-11-22T14:00:00Z,b') + TIMES('last', ',,0,2026-11-22T15:00:00Z,b', ',,1,2026-11-22T16:00:00Z,a') })); // prettier-ignore
  const request = { measurement: 'm', field: 'f', filters: [], period: question.period };
  const { value } = await new Flux(server, target).sampleTimes({ ...request, by: ['variant'] }, patient);
  expect(value).toEqual([
    { tags: { variant: 'a' }, first: Date.UTC(2026, 10, 22, 13), newest: Date.UTC(2026, 10, 22, 16) },
    { tags: { variant: 'b' }, first: Date.UTC(2026, 10, 22, 14), newest: Date.UTC(2026, 10, 22, 15) },
  ]);
  expect(server.requests).toHaveLength(1);
  expect(server.requests[0]?.json?.query).toContain('data |> first() |> keep(columns: ["_time", "variant"]) |> group(columns: ["variant"])'); // prettier-ignore
});

describe('an aggregate', () => {
  test('is read by group and bucket, an empty cell left out', async () => {
    const { value } = await answering(WINDOWS).aggregate(question, patient);
    const at = Float64Array.of(Date.UTC(2026, 10, 22, 14));
    expect(value).toEqual([
      { tags: { variant: 'baseline' }, times: at, columns: { value: Float64Array.of(0.0063) } },
      { tags: { variant: 'enhanced' }, times: at, columns: { value: Float64Array.of(0.1611) } },
    ]);
  });

  test('puts the first window, which begins with the range, on the grid', async () => {
    const body = csv(...HEAD, '#default,value,,,,', ',result,table,_time,variant,_value', ',,0,2026-11-22T13:46:42.9Z,a,2'); // prettier-ignore
    const { value } = await answering(body).aggregate(question, patient);
    expect(value[0]?.times).toEqual(Float64Array.of(Date.UTC(2026, 10, 22, 13, 30)));
  });

  test('joins results of several columns, in whichever order they come', async () => {
    const part = (name: string, value: string) => csv(...HEAD, `#default,${name},,,,`, ',result,table,_time,variant,_value', `,,0,2026-11-22T14:00:00Z,a,${value}`); // prettier-ignore
    const columns = ['rows', 'errors'].map((as) => ({ as, kind: 'sum' as const, field: as }));
    const { value } = await answering(part('errors', '3') + part('rows', '70')).aggregate(
      { ...question, columns },
      patient,
    );
    expect(value[0]?.columns).toEqual({ rows: Float64Array.of(70), errors: Float64Array.of(3) });
  });

  test('of nothing is no series', async () => {
    expect((await answering('\r\n').aggregate(question, patient)).value).toEqual([]);
  });

  test('without the blank line that ends it is partial, and says so', async () => {
    const { warnings } = await answering(WINDOWS.slice(0, -2)).aggregate(question, patient);
    expect(warnings).toEqual([expect.stringContaining('partial')]);
  });

  test('is asked for with annotations, an organisation, and values beside the text', async () => {
    const server = new RecordedServer(() => ({ body: '\r\n' }));
    const filters = [{ tag: 'variant', values: ['b\'"c'] }];
    await new Flux(server, target).aggregate({ ...question, filters }, patient);
    const [request] = server.requests;
    expect(request).toMatchObject({
      method: 'POST',
      path: '/api/v2/query',
      query: { org: 'my-org' },
      json: { dialect: { annotations: ['datatype', 'group', 'default'] } },
    });
    expect(request?.json?.query).not.toContain("b'");
    expect(JSON.stringify(request?.json?.extern)).toContain(JSON.stringify('b\'"c'));
  });
});

describe('a refusal', () => {
  test.each([
    ['a missing bucket', 404, '{"code":"not found","message":"failed to initialize execute state: could not find bucket \\"b\\""}', 'config', 'influx.database'], // prettier-ignore
    ['an unknown organisation', 400, '{"code":"invalid","message":"failed to decode request body: organization name \\"nope\\" not found"}', 'config', 'influx.organisation'], // prettier-ignore
    ['no organisation', 400, '{"code":"invalid","message":"failed to decode request body: Please provide either orgID or org"}', 'config', 'influx.organisation'], // prettier-ignore
    ['a syntax error', 400, '{"code":"invalid","message":"compilation failed: error @1:30-1:46: expected RPAREN, got EOF"}', 'query', undefined], // prettier-ignore
    ['a field of mixed types', 400, '{"code":"invalid","message":"runtime error: schema collision: cannot group string and float types together"}', 'query', 'mapping.influx'], // prettier-ignore
    ['an error inside HTTP 200', 200, '\r\n,error,reference\r\n,runtime error: cannot divide by zero,\r\n\r\n', 'query', undefined], // prettier-ignore
    ['an annotated error inside HTTP 200', 200, `#datatype,string,string\r\n#group,true,true\r\n#default,,\r\n,error,reference\r\n,context deadline exceeded,\r\n\r\n`, 'timeout', undefined], // prettier-ignore
    ['an error after good rows', 200, `${WINDOWS}#datatype,string,string\r\n#group,true,true\r\n#default,,\r\n,error,reference\r\n,boom,897\r\n\r\n`, 'query', undefined], // prettier-ignore
    ['a busy server', 503, '{"code":"unavailable","message":"queue is full"}', 'server', undefined],
    ['another service', 404, '404 page not found', 'config', 'influx.dialect'],
    ['a web page', 200, '<html>\n', 'server', undefined],
    ['a row cut in the middle', 200, WINDOWS.slice(0, -14), 'server', undefined],
    ['a cut inside quotes', 200, csv(...HEAD, '#default,v,,,,', ',result,table,_time,variant,_value', ',,0,2026-11-22T14:00:00Z,"a'), 'server', undefined], // prettier-ignore
    ['an answer without annotations', 200, csv(',result,table,_time,_value', ',r,0,2026-11-22T14:00:00Z,1'), 'server', undefined], // prettier-ignore
  ])('for %s is told apart', async (_case, status, body, expected, field) => {
    const thrown: unknown = await answering(body, status)
      .aggregate(question, patient)
      .catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(FailureError);
    expect(thrown).toMatchObject({ failure: { class: expected, source: 'influx' } });
    expect(thrown instanceof FailureError && thrown.failure.field).toBe(field);
  });
});

describe('a script somebody typed', () => {
  const limits = { rows: 3, points: 100 };
  const request = { statement: 'from(bucket: v.bucket) |> range(start: v.timeRangeStart)', period: question.period, stepMs: 60_000, isInstant: false }; // prettier-ignore

  test('becomes one table a series, its group key as labels', async () => {
    const { tables } = await answering(WINDOWS).raw(request, limits, patient);
    expect(tables.map(({ columns }) => columns.map(({ name, type, labels }) => ({ name, type, labels })))).toEqual([
      [{ name: 'time', type: 'time', labels: undefined }, { name: '_value', type: 'number', labels: { variant: 'baseline' } }],
      [{ name: 'time', type: 'time', labels: undefined }, { name: '_value', type: 'number', labels: { variant: 'enhanced' } }],
    ]); // prettier-ignore
  });

  test('is cut at the limit of rows, and says so', async () => {
    const { tables, warnings } = await answering(WINDOWS).raw(request, { ...limits, rows: 2 }, patient);
    expect(tables).toHaveLength(1);
    expect(warnings).toEqual([expect.stringContaining('limits.rows is 2')]);
  });

  test('with windows of a millisecond over hours is refused before it is sent', async () => {
    const statement = `${request.statement} |> aggregateWindow(every: 1ms, fn: mean)`;
    await expect(answering(WINDOWS).raw({ ...request, statement }, limits, patient)).rejects.toMatchObject({
      failure: { class: 'limit' },
    });
  });
});

test('the connection test says that the token can write, and reads the version', async () => {
  const server = (writeStatus: number) =>
    new RecordedServer((path) => (path === '/health' ? { body: '{"name":"influxdb","status":"pass","version":"v2.7.12"}' } : { status: writeStatus, body: '' })); // prettier-ignore
  expect(await new Flux(server(204), target).probe(patient)).toEqual({ version: 'v2.7.12', warnings: [expect.stringContaining('can write')] }); // prettier-ignore
  expect(await new Flux(server(500), target).probe(patient)).toMatchObject({ warnings: [] });
});
