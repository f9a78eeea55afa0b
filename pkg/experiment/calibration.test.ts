import { randomBeta, randomBinomial } from 'd3-random';
import { createGenerator } from '../../src/calc/impact/generator';
import type { CounterSeries } from '../sources/capabilities/traffic';
import { calibrationPeriod, checkCalibration } from './calibration';
import { countedBy, dayOf, experimentOf, ledgerOf, START } from './test-scene';

const MINUTES_5 = 300_000;
const BUCKETS = 576;

const experiment = experimentOf({
  variants: [{ name: 'baseline', alias: { prometheus: 'baseline-predictor' } }, { name: 'enhanced' }],
  warmUp: 3600,
});
const window = { from: START, to: START + 1, anchored: true, active: true };

interface Scene {
  instances: number;
  /** Correlation of errors within one instance's time bucket. */
  correlation: number;
  requests?: number;
  variant?: string;
  /** Error rate of an instance. */
  rateOf?: (instance: number) => number;
}

/** Two days of the control alone. */
function evidenceOf({ instances, correlation, requests = 200, variant = 'baseline-predictor', rateOf }: Scene) {
  const uniform = createGenerator(instances + 100 * correlation);
  const draw = randomBinomial.source(uniform);
  const beta = randomBeta.source(uniform);
  const seriesOf = (rate: number): CounterSeries => {
    const concentration = correlation > 0 ? 1 / correlation - 1 : 0;
    const bucketRate = () => (correlation > 0 ? beta(rate * concentration, (1 - rate) * concentration)() : rate);
    const times = Float64Array.from({ length: BUCKETS }, (_, bucket) => START - (BUCKETS - bucket) * MINUTES_5);
    return {
      times,
      requests: times.map(() => requests),
      errors: times.map(() => draw(requests, bucketRate())()),
      latencySumMs: null,
      labelled: null,
      correct: null,
    };
  };
  const cells = Array.from({ length: instances }, (_, instance) =>
    countedBy(variant, { segment: `checkout-${instance}`, series: seriesOf(rateOf?.(instance) ?? 0.05) }),
  );
  return { ledger: ledgerOf(dayOf(-1, 0, ...cells)), ledgerState: 'measured' as const, failures: [] };
}

describe('the calibration period', () => {
  it('is the three days before the start, whatever the warm-up', () => {
    expect(calibrationPeriod(experiment, window)).toEqual({ from: START - 3 * 86_400_000, to: START });
  });

  it('is none where the start is not known, or not looked at from', () => {
    expect(calibrationPeriod({ ...experiment, start: null }, window)).toBeNull();
    expect(calibrationPeriod(experiment, { ...window, anchored: false })).toBeNull();
  });
});

describe('the control against itself', () => {
  it.each(['requests', 'time-buckets'] as const)('is as it should be by %s where requests are independent', (unit) => {
    const { check, inflation } = checkCalibration(experiment, evidenceOf({ instances: 2, correlation: 0 }), unit);
    expect(check).toMatchObject({ check: 'aa_calibration', status: 'ok', block: null });
    expect(check.message).toMatch(/^A\/A calibration ok: the control against itself alarms in \d+ of 96 tests$/);
    expect(inflation).toBe(1);
  });

  it.each([1, 2, 5])('widens intervals by requests where they cluster, with %d instances', (instances) => {
    const { check, inflation } = checkCalibration(experiment, evidenceOf({ instances, correlation: 0.02 }), 'requests');
    // A design effect of 1 + (200 − 1)·0.02 = 4.98: √4.98 = 2.23.
    expect(inflation).toBeGreaterThan(1.8);
    expect(inflation).toBeLessThan(2.9);
    expect(check.status).toBe('warning');
    expect(check.message).toMatch(/^A\/A calibration \d\.\d\d×: intervals widened; .* on the error rate, alarms in/);
    expect(check.pValue).toBeLessThan(0.001);
  });

  it('need not widen them by time buckets, which see the clusters', () => {
    const evidence = evidenceOf({ instances: 2, correlation: 0.02 });
    expect(checkCalibration(experiment, evidence, 'time-buckets').inflation).toBe(1);
  });

  it('finds an instance that errs more than its twin', () => {
    const evidence = evidenceOf({ instances: 2, correlation: 0, rateOf: (instance) => 0.05 + 0.02 * instance });
    const { check, inflation } = checkCalibration(experiment, evidence, 'time-buckets');
    expect(inflation).toBeGreaterThan(1.5);
    expect(check.message).toContain('split by instance');
  });

  it.each([
    ['no source counted', null, 'requests', /no traffic before the start/],
    [
      'only other variants had traffic',
      evidenceOf({ instances: 2, correlation: 0, variant: 'other' }),
      'requests',
      /no traffic/,
    ],
    [
      'there is hardly any traffic',
      evidenceOf({ instances: 2, correlation: 0, requests: 1 }),
      'requests',
      /too little traffic/,
    ],
    ['the unit is users', evidenceOf({ instances: 2, correlation: 0 }), 'users', /unit users/],
    [
      'the store failed',
      { ledger: null, ledgerState: 'missing', failures: [{ class: 'timeout', message: 'slow', fix: 'wait' }] },
      'requests',
      /could not be read/,
    ],
    [
      'an earlier answer stands in',
      { ...evidenceOf({ instances: 2, correlation: 0.1 }), ledgerState: 'estimated' },
      'requests',
      /no traffic/,
    ],
  ] as const)('says nothing and widens nothing where %s', (_, evidence, unit, words) => {
    const { check, inflation } = checkCalibration(
      experiment,
      evidence && { ...evidence, failures: [...evidence.failures] },
      unit,
    );
    expect(check).toMatchObject({ status: 'unknown', pValue: null, block: null });
    expect(check.message).toMatch(words);
    expect(inflation).toBe(1);
  });
});
