import type { ComparePlan } from './compare';
import { compareOnline, onlineStrata } from './compare';
import { sumStatistics } from './ledger';
import { settleMetrics } from './metrics';
import { decidedAt, replayComparison } from './replay';
import { simulateLedger } from './simulated';
import { DAY, experimentOf, START } from './test-scene';

const experiment = experimentOf({
  split: undefined,
  phases: [
    { from: new Date(START).toISOString(), split: { baseline: 90, enhanced: 10 } },
    { from: new Date(START + 2 * DAY).toISOString(), split: { baseline: 50, enhanced: 50 } },
  ],
});
const window = { from: START, to: START + 4 * DAY, anchored: true, active: true };
const ledger = simulateLedger(experiment, window, 300_000);
const metrics = settleMetrics(undefined, null);
const metricOf = (id: string) => {
  const metric = metrics.find((one) => one.id === id);
  if (!metric) {
    throw new Error(`no metric ${id}`);
  }
  return metric;
};
const [, enhanced] = experiment.variants;
const planOf = (unit: ComparePlan['unit']): ComparePlan => ({
  decision: 'sequential',
  anchored: true,
  elapsedDays: 4,
  unit,
  blocks: { all: [], traffic: [], offline: [] },
});
const replay = (id: string, unit: ComparePlan['unit'] = 'requests') =>
  enhanced ? replayComparison(experiment, metricOf(id), enhanced, ledger, window, planOf(unit)) : [];

describe('the replay', () => {
  it.each([
    ['accuracy', 'requests'],
    ['accuracy', 'time-buckets'],
    ['error_rate', 'requests'],
    ['latency_p95_ms', 'requests'],
  ] as const)('of %s by %s ends at the figures of the table', (id, unit) => {
    const plan = planOf(unit);
    const strata = enhanced
      ? onlineStrata(experiment, metricOf(id), enhanced, unit, (arm, phase) => sumStatistics(ledger, arm, { phase }))
      : [];
    const table = compareOnline(experiment, metricOf(id), strata, plan);
    expect(replay(id, unit).at(-1)).toEqual({ at: window.to, comparison: table });
  });

  it('goes hour by hour where buckets allow it, and day by day for a quantile', () => {
    const hours = replay('accuracy').map(({ at }) => at);
    expect(hours).toEqual(Array.from({ length: 96 }, (_, hour) => START + (hour + 1) * 3_600_000));
    expect(replay('latency_p95_ms').map(({ at }) => (at - START) / DAY)).toEqual([1, 2, 3, 4]);
  });

  it('is cumulative: its observations only grow, its interval narrows', () => {
    const points = replay('accuracy').map(({ comparison }) => comparison);
    const counts = points.map(({ nControl, nVariant }) => nControl + nVariant);
    expect(counts).toEqual([...counts].sort((a, b) => a - b));
    expect(points.at(-1)?.absolute?.standardError).toBeLessThan(points.at(20)?.absolute?.standardError ?? 0);
  });

  it('is decided when the sequential interval first excludes zero', () => {
    const points = replay('latency_mean_ms');
    const at = decidedAt(points);
    const before = points.filter((point) => at !== null && point.at < at);
    expect(at).not.toBeNull();
    expect(before.every(({ comparison: { absolute } }) => !absolute?.sequential || absolute.sequential.low <= 0)).toBe(
      true,
    );
    expect(points.find((point) => point.at === at)?.comparison.absolute?.sequential?.low).toBeGreaterThan(0);
  });

  it('is never decided without a point that is', () => {
    expect(decidedAt([])).toBeNull();
  });
});
