import type { SeededExperiment } from './seeded';
import { alignDown, DAY, iso } from './time';

/**
 * `search-rerank`: unsound in every way a check should see. 4 % of the treatment's requests are lost before they are
 * counted (SRM), the split moved from 50/50 to 65/35 on day 4 and nobody wrote it down, the treatment was redeployed on
 * day 6; a shadow variant gets copies of the traffic.
 */
export function searchRerank(now: number): SeededExperiment {
  const start = alignDown(now, DAY) - 9 * DAY;
  const accuracy = (value: number): Record<string, number> => ({ US: value, EU: value });
  return {
    id: 'search-rerank',
    name: 'Search reranking',
    owner: 'search-team',
    registeredModel: 'search-reranker',
    problemType: 'ranking',
    requestsPerDay: 28_000,
    regions: { US: 0.7, EU: 0.3 },
    instances: ['search-1'],
    variants: [
      {
        name: 'champion',
        role: 'control',
        modelName: 'rerank-champion',
        truth: {
          accuracy: accuracy(0.705),
          errorRate: 0.006,
          latency: { medianMs: 60, sigma: 0.45 },
          revenue: { conversion: 0.03, basket: 3 },
          prediction: { mean: 0.48, sd: 0.2 },
        },
        versions: [{ version: '3', from: 0 }],
        lost: 0,
      },
      {
        name: 'reranker',
        role: 'treatment',
        modelName: 'rerank-cross-encoder',
        truth: {
          accuracy: accuracy(0.722),
          errorRate: 0.0065,
          latency: { medianMs: 78, sigma: 0.5 },
          revenue: { conversion: 0.031, basket: 3 },
          prediction: { mean: 0.5, sd: 0.2 },
        },
        versions: [
          { version: '4', from: 0 },
          { version: '5', from: start + 6 * DAY },
        ],
        lost: 0.04,
      },
      {
        name: 'distilled',
        role: 'shadow',
        modelName: 'rerank-distilled',
        truth: {
          accuracy: accuracy(0.74),
          errorRate: 0.005,
          latency: { medianMs: 35, sigma: 0.4 },
          revenue: { conversion: 0, basket: 3 },
          prediction: { mean: 0.49, sd: 0.2 },
        },
        versions: [{ version: '6', from: 0 }],
        lost: 0,
      },
    ],
    firstRequest: start,
    start,
    phases: [
      { from: start, shares: { champion: 0.5, reranker: 0.5 } },
      { from: start + 4 * DAY, shares: { champion: 0.65, reranker: 0.35 } },
    ],
    labelCoverage: 0.2,
    mirrored: 0.25,
    driftFrom: null,
    definition: {
      id: 'search-rerank',
      name: 'Search reranking',
      owner: 'search-team',
      control: 'champion',
      variants: [
        { name: 'champion', role: 'control', alias: { prometheus: 'rerank-champion' } },
        { name: 'reranker', role: 'treatment', alias: { prometheus: 'rerank-cross-encoder' } },
        { name: 'distilled', role: 'shadow', alias: { prometheus: 'rerank-distilled' } },
      ],
      start: iso(start),
      split: { champion: 50, reranker: 50 },
      assignment: 'request',
      metrics: [
        { id: 'accuracy', role: 'goal' },
        { id: 'error_rate', role: 'guardrail', margin: 0.002 },
        { id: 'latency_p95_ms', role: 'guardrail', margin: 60 },
      ],
    },
  };
}
