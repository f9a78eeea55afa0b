import { CHECKOUT } from '../testing/data-source';
import type { EditedQuery } from '../query';
import { describeQuery, formatDay, summarizeQuery } from './describe';

const NOW = Date.UTC(2026, 10, 22);
const refId = 'A';

describe('describeQuery', () => {
  it.each<[EditedQuery, string]>([
    [
      { refId, queryType: 'experiment', experiment: 'checkout', metrics: [{ id: 'accuracy' }, { id: 'latency_p95_ms' }] },
      'enhanced against baseline on accuracy and latency p95 ms, sequential, 5 %, since 3 March',
    ],
    [
      { refId, queryType: 'experiment', experiment: 'checkout', window: 'range', method: 'fixed', breakdown: 'region' },
      'enhanced against baseline, by region, one look, 5 %, over the dashboard’s range, descriptive only',
    ],
    [
      { refId, queryType: 'experiment', experiment: 'checkout', format: 'numeric', value: 'seq_p', metric: 'accuracy', definition: { alpha: 0.01, start: '2025-12-31T00:00:00Z' } },
      'Sequential p-value as one number: enhanced against baseline on accuracy, sequential, 1 %, since 31 December 2025',
    ],
    [{ refId, queryType: 'experiment', experiment: '' }, 'Choose an experiment.'],
    [{ refId, queryType: 'impact', experiment: 'checkout', variant: 'enhanced' }, 'What enhanced is worth at full rollout in Checkout'],
    [{ refId, queryType: 'monitor', metric: 'drift', by: ['feature', 'variant'], filters: { environment: ['production', 'test'] }, withPrevious: true }, 'drift by feature and variant, only environment production or test, with the period before'],
    [{ refId, queryType: 'monitor', view: 'alerts' }, 'Alerts'],
    [{ refId, queryType: 'mlflow', mode: 'builder', list: 'history', experiment: 'x', keys: ['accuracy'], inRange: true }, 'The newest 100 history (accuracy) of x in the dashboard’s range'],
    [{ refId, queryType: 'annotations', kinds: ['runs', 'alerts'], experiment: 'checkout' }, 'Marks runs and alerts of Checkout'],
  ])('%j', (query, words) => {
    expect(describeQuery(query, CHECKOUT, NOW)).toBe(words);
  }); // prettier-ignore

  it('says no more than it knows', () => {
    const query: EditedQuery = { refId, queryType: 'experiment', experiment: 'gone' };
    expect(describeQuery(query, null, NOW)).toBe('gone against the control, sequential, 5 %, from its start'); // prettier-ignore
  });

  it('warns where it is known that there is no start', () => {
    const query: EditedQuery = { refId, queryType: 'experiment', experiment: 'checkout' };
    expect(describeQuery(query, { ...CHECKOUT, start: null }, NOW)).toContain('without a known start: no verdict');
  });
});

describe('summarizeQuery', () => {
  it.each<[EditedQuery, string]>([
    [{ refId, queryType: 'prometheus', expr: 'up' }, 'up'],
    [{ refId, queryType: 'influx', query: 'SHOW DATABASES' }, 'SHOW DATABASES'],
    [{ refId, queryType: 'mlflow', mode: 'sql', rawSql: 'SELECT 1' }, 'SELECT 1'],
    [{ refId, queryType: 'mlflow', mode: 'builder' }, 'The newest 100 runs of all experiments'],
    [{ refId, queryType: 'status' }, 'How MLflow, Prometheus and InfluxDB answer right now'],
  ])('is a statement as it is, or words: %j', (query, words) => {
    expect(summarizeQuery(query, NOW)).toBe(words);
  });
});

it('tells the day where the experiment is', () => {
  const justBeforeMidnight = Date.UTC(2026, 2, 3, 23, 30);
  expect(formatDay(justBeforeMidnight, 'UTC', NOW)).toBe('3 March');
  expect(formatDay(justBeforeMidnight, 'Asia/Tokyo', NOW)).toBe('4 March');
});
