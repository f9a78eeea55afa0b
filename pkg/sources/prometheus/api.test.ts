import { FailureError } from '../../../src/contract/failure';
import { SlowQueryError } from '../endpoints';
import type { Recorded } from '../recorded-server';
import { RecordedServer } from '../recorded-server';
import { PrometheusApi } from './api';

const patient = new AbortController().signal;
const apiOf = (recorded: Recorded) => new PrometheusApi(new RecordedServer(() => recorded));
const query = (recorded: Recorded) => apiOf(recorded).query('q', 1_795_361_826_306, patient);

// The bodies below were recorded from Prometheus 2.42 and 3, and from VictoriaMetrics 1.79.
describe('an answer', () => {
  test('of samples has numbers, however they are spelled', async () => {
    const { value } = await query({
      body: '{"status":"success","data":{"resultType":"vector","result":[{"metric":{"__name__":"demo_nan","k":"inf"},"value":[1795361826.424,"+Inf"]},{"metric":{"__name__":"demo_nan","k":"nan"},"value":[1795361826.424,"NaN"]},{"metric":{"__name__":"demo_nan","k":"ninf"},"value":[1795361826.424,"-Inf"]},{"metric":{"k":"one"},"value":[1795361826.424,"0.011856138823636201"]}]}}',
    });
    expect(value.map(({ value: number }) => number)).toEqual([Infinity, Number.NaN, -Infinity, 0.011856138823636201]);
    expect(value[3]).toMatchObject({ labels: { k: 'one' }, time: 1_795_361_826_424, histogram: null });
  });

  test('of a scalar is one sample without labels', async () => {
    const { value } = await query({
      body: '{"status":"success","data":{"resultType":"scalar","result":[1795361863.631,"1"]}}',
    });
    expect(value).toEqual([{ labels: {}, time: 1_795_361_863_631, value: 1, histogram: null }]);
  });

  test('of a native histogram keeps count, sum and buckets', async () => {
    const { value } = await query({
      body: '{"status":"success","data":{"resultType":"vector","result":[{"metric":{"model_name":"baseline-predictor"},"histogram":[1795361826.449,{"count":"24.9","sum":"1.2","buckets":[[0,"0.011","0.012","0.5"],[0,"0.014","0.015","1.5"]]}]}]}}',
    });
    expect(value[0]?.histogram).toEqual({ count: 24.9, sum: 1.2, buckets: [[0, 0.011, 0.012, 0.5], [0, 0.014, 0.015, 1.5]] }); // prettier-ignore
    expect(value[0]?.value).toBe(24.9);
  });

  test('of a range has times in milliseconds', async () => {
    const api = apiOf({
      body: '{"status":"success","data":{"resultType":"matrix","result":[{"metric":{"model_name":"baseline-predictor"},"values":[[1795361563,"4.53"],[1795361563.5,"NaN"]]}]}}',
    });
    const { value } = await api.queryRange('q', { start: 0, end: 1, stepMs: 1 }, patient);
    expect(value).toEqual([
      {
        labels: { model_name: 'baseline-predictor' },
        times: Float64Array.of(1_795_361_563_000, 1_795_361_563_500),
        values: Float64Array.of(4.53, Number.NaN),
      },
    ]);
  });

  test('keeps warnings and infos', async () => {
    const { warnings } = await query({
      body: '{"status":"success","data":{"resultType":"vector","result":[]},"warnings":["results truncated due to limit"],"infos":["PromQL info: metric might not be a counter, name does not end in _total/_sum/_count/_bucket: \\"ab_test_model_accuracy\\" (1:27)"]}',
    });
    expect(warnings).toEqual([
      'results truncated due to limit',
      'PromQL info: metric might not be a counter, name does not end in _total/_sum/_count/_bucket: "ab_test_model_accuracy" (1:27)',
    ]);
  });

  test('of label values may be null, as VictoriaMetrics says “none”', async () => {
    const reply = await apiOf({ body: '{"status":"success","data":null}' }).labelValues('model_name', 'x', patient);
    expect(reply.value).toEqual([]);
  });

  test.each([
    ['{"status":"success","data":{"version":"2.42.0+ds","goVersion":"go1.19.8"}}', '2.42.0+ds'],
    ['{"status":"success","data":{"version":"","revision":"","goVersion":"go1.26.8"}}', null],
    ['{"status":"success","data":{}}', null],
  ])('about the build %s gives version %p', async (body, version) => {
    expect(await apiOf({ body }).version(patient)).toBe(version);
  });
});

describe('a refusal', () => {
  const bad = (error: string, errorType = 'bad_data') => JSON.stringify({ status: 'error', errorType, error });
  test.each([
    ['a syntax error', 400, bad('invalid parameter "query": 1:37: parse error: unclosed left parenthesis'), 'query'],
    [
      'too many points',
      400,
      bad(
        'exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query resolution (?step=XX)',
      ),
      'limit',
    ],
    [
      'too many samples',
      422,
      bad('query processing would load too many samples into memory in query execution', 'execution'),
      'limit',
    ],
    ['a query too long', 422, bad('expanding series: context deadline exceeded', 'execution'), 'timeout'],
    ['many-to-many matching', 422, bad('found duplicate series for the match group', 'execution'), 'query'],
    [
      'VictoriaMetrics’s number for a type',
      422,
      '{"status":"error","errorType":"422","error":"error when executing query"}',
      'query',
    ],
    ['a server not ready', 503, bad('TSDB not ready', 'unavailable'), 'server'],
    ['an internal error', 500, bad('something broke', 'internal'), 'server'],
    ['a proxy without a server behind it', 502, '<html>Bad Gateway</html>', 'server'],
    ['another service', 404, '404 page not found', 'config'],
    ['too many requests', 429, 'slow down', 'limit'],
    ['a login page', 200, '<!doctype html><form>', 'config'],
    ['half of an answer', 200, '{"status":"success","data":{"resultType":"vec', 'server'],
    [
      'an answer of another shape',
      200,
      '{"status":"success","data":{"resultType":"vector","result":[{"value":7}]}}',
      'server',
    ],
  ])('for %s is told apart', async (_case, status, body, expected) => {
    const thrown: unknown = await query({ status, body }).catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(FailureError);
    expect(thrown).toMatchObject({ failure: { class: expected, source: 'prometheus' } });
    expect(thrown instanceof SlowQueryError).toBe(expected === 'timeout');
  });

  test('does not carry addresses from Prometheus’s words into the message', async () => {
    const words =
      'found duplicate series: [{instance="10.0.0.7:19101", job="ab-test"}, {instance="db.internal:9090"}] see http://prom.internal/graph';
    const thrown: unknown = await query({ status: 422, body: bad(words, 'execution') }).catch(
      (error: unknown) => error,
    );
    const { message } = thrown as FailureError;
    expect(message).toContain('job="ab-test"');
    expect(message).not.toMatch(/10\.0\.0\.7|internal/);
  });
});
