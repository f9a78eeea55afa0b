import { chooseExperiment } from './answers';
import { answer, failure, impact, overview } from './answer-fixtures';
import { seedObject } from './seed-object';

test('has exactly the seed’s keys, in its order, and its sample numbers', () => {
  const report = seedObject({ overview: overview(), impact: impact() });
  expect(JSON.stringify(report)).toBe(
    JSON.stringify({
      live: {
        data_source: 'REAL_PRODUCTION_DATA',
        active_experiments: 3,
        baseline_accuracy: 78.2,
        enhanced_accuracy: 81.8,
        total_requests_24h: 47892,
        avg_response_time_ms: 58.3,
        error_rate: 0.08,
        net_business_value: 4.2,
      },
      business: {
        data_source: 'REAL_PRODUCTION_DATA',
        annual_revenue_increase: 672450.12,
        annual_cost_increase: 28930,
        annual_risk_reduction: 42180,
        net_annual_value: 685700.46,
        roi_percentage: 1194.04,
        payback_days: 28.2,
      },
    }),
  );
});

test('what nobody measured is null, never 0, and a failed answer is NO_DATA', () => {
  const { live, business } = seedObject({
    overview: overview({ error_rate: null }),
    impact: failure('Prometheus is down.'),
  });
  expect(live.error_rate).toBeNull();
  expect(business).toEqual({
    data_source: 'NO_DATA',
    annual_revenue_increase: null,
    annual_cost_increase: null,
    annual_risk_reduction: null,
    net_annual_value: null,
    roi_percentage: null,
    payback_days: null,
  });
});

test('a real zero stays a zero', () => {
  expect(seedObject({ overview: overview({ active_experiments: 0 }), impact: impact() }).live.active_experiments).toBe(
    0,
  );
});

test('the first experiment that runs is chosen, and said so', () => {
  expect(chooseExperiment(overview())).toEqual({
    experiment: 'checkout',
    remark: 'Reporting on checkout, one of old, checkout; choose with --experiment.',
  });
});

test('with no experiment there is nothing to report on', () => {
  expect(() => chooseExperiment(answer())).toThrow('No experiment is known.');
});
