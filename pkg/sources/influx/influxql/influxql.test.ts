import { FailureError } from '../../../../src/contract/failure';
import { RecordedServer } from '../../recorded-server';
import { InfluxQl } from './influxql';
import { readQueryReply } from './wire';

const patient = new AbortController().signal;

// The bodies below were recorded from InfluxDB 1.6.7.
const BUCKETS = '{"results":[{"statement_id":0,"series":[{"name":"model_scoring","tags":{"variant":"baseline"},"columns":["time","value"],"values":[[1795352400000,0.10337927272727274],[1795356000000,null]]},{"name":"model_scoring","tags":{"variant":"enhanced"},"columns":["time","value"],"values":[[1795352400000,0.13337963636363637]]}]}]}'; // prettier-ignore
const CHUNKED = [
  '{"results":[{"statement_id":0,"series":[{"name":"model_scoring","tags":{"variant":"baseline"},"columns":["time","avg_prediction"],"values":[[1795361700000,0.12283],[1795361760000,0.10916]],"partial":true}],"partial":true}]}',
  '{"results":[{"statement_id":0,"series":[{"name":"model_scoring","tags":{"variant":"baseline"},"columns":["time","avg_prediction"],"values":[[1795362000000,0.11933]]}],"partial":true}]}',
  '{"results":[{"statement_id":0,"series":[{"name":"model_scoring","tags":{"variant":"enhanced"},"columns":["time","avg_prediction"],"values":[[1795361700000,0.14825]]}]}]}',
  '',
].join('\n');
const CUT = '{"results":[{"statement_id":0,"series":[{"name":"model_scoring","columns":["time","avg_prediction"],"values":[[1795320360000,0.13527]],"partial":true}]}]}'; // prettier-ignore
const PRETTY = JSON.stringify(JSON.parse(BUCKETS), null, 4);
const DEPRECATED = `{"results":[{"statement_id":0,"messages":[{"level":"warning","text":"deprecated use of 'DROP MEASUREMENT nope' in a read only context, please use a POST request instead"}]}]}`;

describe('an answer', () => {
  test('has a series a group, with nulls where a bucket is empty', () => {
    expect(readQueryReply(BUCKETS)).toMatchObject({
      error: null,
      isCut: false,
      series: [
        { tags: { variant: 'baseline' }, values: [[1795352400000, 0.10337927272727274], [1795356000000, null]] }, // prettier-ignore
        { tags: { variant: 'enhanced' } },
      ],
    });
  });

  test('in chunks is one answer', () => {
    const reply = readQueryReply(CHUNKED);
    expect(reply.isCut).toBe(false);
    expect(reply.series.map(({ tags, values }) => [tags.variant, values.length])).toEqual([['baseline', 3], ['enhanced', 1]]); // prettier-ignore
  });

  test('that ends on a chunk which promises more is cut', () => {
    expect(readQueryReply(CHUNKED.split('\n').slice(0, 2).join('\n')).isCut).toBe(true);
    expect(readQueryReply(CUT).isCut).toBe(true);
  });

  test('may be printed prettily', () => {
    expect(readQueryReply(PRETTY)).toEqual(readQueryReply(BUCKETS));
  });

  test.each([['{"results":[{"statement_id":0}]}'], ['{"results":[]}'], ['']])('of nothing, %j, is empty', (body) => {
    expect(readQueryReply(body)).toMatchObject({ series: [], error: null });
  });

  test('keeps the server’s messages', () => {
    expect(readQueryReply(DEPRECATED).messages).toHaveLength(1);
  });
});

const ask = (status: number, body: string) =>
  new InfluxQl(new RecordedServer(() => ({ status, body })), 'ml_monitoring').tagValues(
    { measurement: 'm', tag: 't', filters: [] },
    patient,
  );

describe('a refusal', () => {
  test.each([
    [
      'a missing database, inside HTTP 200',
      200,
      '{"results":[{"statement_id":0,"error":"database not found: nodb"}]}',
      'config',
    ],
    ['no database named', 200, '{"results":[{"statement_id":0,"error":"database name required"}]}', 'config'],
    [
      'a syntax error',
      400,
      '{"error":"error parsing query: found SELEC, expected SELECT, DELETE, SHOW at line 1, char 1"}',
      'query',
    ],
    [
      'a bad aggregate, inside HTTP 200',
      200,
      '{"results":[{"statement_id":0,"error":"GROUP BY requires at least one aggregate function"}]}',
      'query',
    ],
    [
      'a missing right',
      200,
      '{"results":[{"statement_id":0,"error":"error authorizing query: reader not authorized to execute statement"}]}',
      'auth',
    ],
    ['a query too long', 200, '{"results":[{"statement_id":0,"error":"query-timeout limit exceeded"}]}', 'timeout'],
    [
      'too many buckets',
      200,
      '{"results":[{"statement_id":0,"error":"max-select-buckets limit exceeded: (60000/50000)"}]}',
      'limit',
    ],
    ['another service', 404, '404 page not found', 'config'],
    ['a proxy without a server behind it', 502, '<html>', 'server'],
    ['a web page', 200, '<html>', 'server'],
    ['half of an answer', 200, '{"results":[{"statement_id":0,"series":[{"name":"m","colu', 'server'],
    ['an answer of another shape', 200, '{"results":[{"series":[{"columns":7}]}]}', 'server'],
  ])('for %s is told apart', async (_case, status, body, expected) => {
    const thrown: unknown = await ask(status, body).catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(FailureError);
    expect(thrown).toMatchObject({ failure: { class: expected, source: 'influx' } });
  });
});

test('every statement is sent with its database, bound values, milliseconds and chunks', async () => {
  const server = new RecordedServer(() => ({ body: '{"results":[{"statement_id":0}]}' }));
  await new InfluxQl(server, 'ml_monitoring').tagValues(
    { measurement: 'm', tag: 't', filters: [{ tag: 'v', values: ["b'c"] }] },
    patient,
  );
  expect(server.requests).toMatchObject([
    {
      method: 'POST',
      path: '/query',
      form: { db: 'ml_monitoring', epoch: 'ms', chunked: 'true', params: `{"v0":"b'c"}` },
    },
  ]);
});

test('columns of a plain and a weighted statement are joined by group and bucket, a missing cell is no number', async () => {
  const plain =
    '{"results":[{"statement_id":0,"series":[{"name":"m","tags":{"variant":"a"},"columns":["time","requests"],"values":[[0,10],[60000,20]]}]}]}';
  const weighted =
    '{"results":[{"statement_id":0,"series":[{"name":"m","tags":{"variant":"a"},"columns":["time","sum"],"values":[[60000,900]]}]}]}';
  const server = new RecordedServer((_, query) => ({ body: query.includes('FROM (') ? weighted : plain }));
  const { value } = await new InfluxQl(server, 'd').aggregate(
    {
      measurement: 'm',
      columns: [
        { as: 'requests', kind: 'sum', field: 'rows' },
        { as: 'sum', kind: 'weighted-sum', field: 'latency', weight: 'rows' },
      ],
      filters: [],
      by: ['variant'],
      period: { from: 0, to: 120_000 },
      bucketMs: 60_000,
    },
    patient,
  );
  expect(value).toEqual([
    {
      tags: { variant: 'a' },
      times: Float64Array.of(0, 60_000),
      columns: { requests: Float64Array.of(10, 20), sum: Float64Array.of(Number.NaN, 900) },
    },
  ]);
});
