import type { SeededExperiment } from './seeded';
import { alignDown, DAY, HOUR, iso } from './time';

/**
 * `checkout-ranking`, the main one: `enhanced` is truly better on accuracy, worse on region EU, slower within its margin.
 * Two declared phases, 90/10 and then 70/30; two days of control alone before the start, for A/A calibration.
 */
export function checkoutRanking(now: number): SeededExperiment {
  const start = alignDown(now, DAY) - 15 * DAY;
  const widened = start + 3 * DAY;
  return {
    id: 'checkout-ranking',
    name: 'Checkout recommender',
    owner: 'ranking-team',
    registeredModel: 'checkout-recommender',
    problemType: 'classification',
    requestsPerDay: 43_700,
    regions: { US: 0.52, EU: 0.13, APAC: 0.35 },
    instances: ['checkout-1', 'checkout-2'],
    variants: [
      {
        name: 'baseline',
        role: 'control',
        modelName: 'baseline-predictor',
        truth: {
          accuracy: { US: 0.786, EU: 0.772, APAC: 0.7798 },
          errorRate: 0.0119,
          latency: { medianMs: 40.9, sigma: 0.4375 },
          revenue: { conversion: 0.023, basket: 6.174 },
          prediction: { mean: 0.62, sd: 0.17 },
        },
        versions: [{ version: '6', from: 0 }],
        lost: 0,
      },
      {
        name: 'enhanced',
        role: 'treatment',
        modelName: 'enhanced-predictor',
        truth: {
          accuracy: { US: 0.8405, EU: 0.711, APAC: 0.8243 },
          errorRate: 0.0114,
          latency: { medianMs: 45.66, sigma: 0.546 },
          revenue: { conversion: 0.0239, basket: 6.174 },
          prediction: { mean: 0.66, sd: 0.15 },
        },
        versions: [{ version: '7', from: 0 }],
        lost: 0,
      },
    ],
    firstRequest: start - 2 * DAY,
    start,
    phases: [
      { from: start - 2 * DAY, shares: { baseline: 1, enhanced: 0 } },
      { from: start, shares: { baseline: 0.9, enhanced: 0.1 } },
      { from: widened, shares: { baseline: 0.7, enhanced: 0.3 } },
    ],
    labelCoverage: 0.16,
    mirrored: 0,
    driftFrom: alignDown(now, HOUR) - 20 * HOUR,
    definition: {
      id: 'checkout-ranking',
      name: 'Checkout recommender',
      owner: 'ranking-team',
      control: 'baseline',
      variants: [
        { name: 'baseline', role: 'control', alias: { prometheus: 'baseline-predictor' } },
        { name: 'enhanced', role: 'treatment', alias: { prometheus: 'enhanced-predictor' } },
      ],
      start: iso(start),
      phases: [
        { from: iso(start), split: { baseline: 90, enhanced: 10 } },
        { from: iso(widened), split: { baseline: 70, enhanced: 30 } },
      ],
      assignment: 'request',
      metrics: [
        { id: 'accuracy', role: 'goal' },
        { id: 'error_rate', role: 'guardrail', margin: 0.002 },
        { id: 'latency_p95_ms', role: 'guardrail', margin: 40 },
        { id: 'latency_mean_ms', role: 'secondary' },
      ],
      currency: 'USD',
    },
  };
}
