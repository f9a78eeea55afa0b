import type { SeededExperiment } from './seeded';
import { alignDown, HOUR, iso } from './time';

/** `fraud-threshold`: two days old and hardly different, so that nothing can be said yet. */
export function fraudThreshold(now: number): SeededExperiment {
  const start = alignDown(now, HOUR) - 48 * HOUR;
  return {
    id: 'fraud-threshold',
    name: 'Fraud threshold',
    owner: 'risk-team',
    registeredModel: 'fraud-detector',
    problemType: 'classification',
    requestsPerDay: 8_600,
    regions: { US: 0.6, EU: 0.4 },
    instances: ['fraud-1'],
    variants: [
      {
        name: 'baseline',
        role: 'control',
        modelName: 'baseline-threshold',
        truth: {
          accuracy: { US: 0.941, EU: 0.941 },
          errorRate: 0.004,
          latency: { medianMs: 18, sigma: 0.4 },
          revenue: { conversion: 0.05, basket: 2 },
          prediction: { mean: 0.12, sd: 0.08 },
        },
        versions: [{ version: '12', from: 0 }],
        lost: 0,
      },
      {
        name: 'adaptive',
        role: 'treatment',
        modelName: 'adaptive-threshold',
        truth: {
          accuracy: { US: 0.943, EU: 0.943 },
          errorRate: 0.004,
          latency: { medianMs: 18.5, sigma: 0.4 },
          revenue: { conversion: 0.05, basket: 2 },
          prediction: { mean: 0.13, sd: 0.08 },
        },
        versions: [{ version: '13', from: 0 }],
        lost: 0,
      },
    ],
    firstRequest: start,
    start,
    phases: [{ from: start, shares: { baseline: 0.5, adaptive: 0.5 } }],
    labelCoverage: 0.3,
    mirrored: 0,
    driftFrom: null,
    definition: {
      id: 'fraud-threshold',
      name: 'Fraud threshold',
      owner: 'risk-team',
      control: 'baseline',
      variants: [
        { name: 'baseline', role: 'control', alias: { prometheus: 'baseline-threshold' } },
        { name: 'adaptive', role: 'treatment', alias: { prometheus: 'adaptive-threshold' } },
      ],
      start: iso(start),
      split: { baseline: 50, adaptive: 50 },
      assignment: 'request',
      metrics: [
        { id: 'accuracy', role: 'goal' },
        { id: 'error_rate', role: 'guardrail', margin: 0.002 },
      ],
    },
  };
}
