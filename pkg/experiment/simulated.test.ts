import { sumStatistics } from './ledger';
import { simulateLedger } from './simulated';
import { DAY, experimentOf, START } from './test-scene';

const window = { from: START, to: START + 3 * DAY };
const FIVE_MINUTES = 300_000;
const experiment = experimentOf({ split: { baseline: 75, enhanced: 25 } });

describe('the simulated ledger', () => {
  const ledger = simulateLedger(experiment, window, FIVE_MINUTES);
  const [control, treatment] = experiment.variants.map((variant) => sumStatistics(ledger, variant));

  it('is the same for the same experiment, and another for another', () => {
    expect(simulateLedger(experiment, window, FIVE_MINUTES)).toEqual(ledger);
    expect(simulateLedger(experimentOf({ id: 'other' }), window, FIVE_MINUTES)).not.toEqual(ledger);
  });

  it('follows the declared split', () => {
    const [a, b] = [control?.counters.requests ?? 0, treatment?.counters.requests ?? 0];
    expect(b / (a + b)).toBeCloseTo(0.25, 1);
  });

  it.each(['control', 'treatment'] as const)('counts of the %s fit together', (arm) => {
    const statistics = arm === 'control' ? control : treatment;
    const { requests, errors, labelled, correct } = statistics?.counters ?? {};
    expect(requests).toBeGreaterThan(0);
    expect(errors).toBeLessThan(requests ?? 0);
    expect(labelled).toBeLessThan(requests ?? 0);
    expect(correct).toBeLessThan(labelled ?? 0);
    expect(statistics?.histogram?.at(-1)).toEqual({ le: Infinity, count: requests });
    expect(statistics?.overBuckets.error_rate).toMatchObject({ n: 3 * 288, mSum: errors, dSum: requests });
  });

  it('has no series where only totals are asked for', () => {
    const [chunk] = simulateLedger(experiment, window, null).chunks;
    expect(chunk?.traffic.variants[0]).toMatchObject({ series: null, segment: null });
  });
});
