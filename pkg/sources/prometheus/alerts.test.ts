import { prometheusMappingSchema } from '../../../src/contract/settings';
import { RecordedServer } from '../recorded-server';
import { readAlerts } from './alerts';
import { PrometheusApi } from './api';

// Recorded from Prometheus 2.42.
const BODY = '{"status":"success","data":{"alerts":[{"labels":{"alertname":"HighErrorRate","deployment":"enhanced-predictor","environment":"production","experiment":"fraud-ab-test","model_name":"enhanced-predictor","severity":"critical"},"annotations":{"summary":"High error rate for enhanced-predictor: 19.13%"},"state":"firing","activeAt":"2026-11-22T15:32:12.464476377Z","value":"1.9130434782608696e-01"},{"labels":{"alertname":"AccuracyLow","experiment":"fraud-ab-test","model_name":"baseline-predictor","severity":"warning"},"annotations":{},"state":"pending","activeAt":"2026-11-22T15:31:52.464476377Z","value":"7.855554696294746e+01"}]}}'; // prettier-ignore

const ask = (experiment: string | null, filters: Record<string, string[]> = {}) =>
  readAlerts(
    new PrometheusApi(new RecordedServer(() => ({ body: BODY }))),
    prometheusMappingSchema.parse({}),
    { experiment, filters, period: { from: 0, to: 1 } },
    new AbortController().signal,
  );

test('an alert has its state, its words, and since when', async () => {
  expect((await ask('fraud-ab-test')).alerts).toEqual([
    { name: 'HighErrorRate', state: 'firing', severity: 'critical', message: 'High error rate for enhanced-predictor: 19.13%', since: Date.parse('2026-11-22T15:32:12.464Z'), labels: { variant: 'enhanced-predictor' } },
    { name: 'AccuracyLow', state: 'pending', severity: 'warning', message: '', since: Date.parse('2026-11-22T15:31:52.464Z'), labels: { variant: 'baseline-predictor' } },
  ]); // prettier-ignore
});

test.each<[string, string | null, Record<string, string[]>, string[]]>([
  ['another experiment', 'other', {}, []],
  ['one variant', 'fraud-ab-test', { variant: ['baseline-predictor'] }, ['AccuracyLow']],
  ['an environment that one alert does not name', null, { environment: ['staging'] }, ['AccuracyLow']],
  ['nothing in particular', null, {}, ['HighErrorRate', 'AccuracyLow']],
])('asked for %s, the others’ alerts are left out', async (_case, experiment, filters, expected) => {
  expect((await ask(experiment, filters)).alerts.map(({ name }) => name)).toEqual(expected);
});
