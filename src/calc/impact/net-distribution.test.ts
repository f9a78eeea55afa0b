import { netDistribution } from './net-distribution';
import type { NetModel } from './net-distribution';
import { simulateNet } from './monte-carlo';
import { isImpactRefusal } from './refusal';
import { differenceOfMeans, differenceOfProportions } from './difference';

const MODEL: NetModel = {
  gain: 360_000,
  gainVariance: 40_000 ** 2,
  fixed: 45,
  fixedVariance: 30 ** 2,
  covariance: 0,
  multiplier: 0.005,
  multiplierCv: 0.5,
};

describe('netDistribution', () => {
  it('is the normal distribution when the multiplier is certain', () => {
    const { mean, sd, survival, quantile } = netDistribution({ ...MODEL, multiplierCv: 0 });
    expect(mean).toBe(1845);
    expect(sd).toBeCloseTo(Math.hypot(200, 30), 9);
    expect(survival(mean)).toBeCloseTo(0.5, 12);
    expect(quantile(0.975)).toBeCloseTo(mean + 1.959963984540054 * sd, 8);
  });

  it('is a single point when nothing is uncertain', () => {
    const { survival, quantile } = netDistribution({ ...MODEL, multiplierCv: 0, gainVariance: 0, fixedVariance: 0 });
    expect([survival(1844), survival(1845), quantile(0.1)]).toEqual([1, 0, 1845]);
  });

  it('is lognormal when the multiplier alone is uncertain', () => {
    const { quantile } = netDistribution({ ...MODEL, gainVariance: 0, fixedVariance: 0, fixed: 0 });
    const sigma = Math.sqrt(Math.log(1.25));
    const exact = (z: number) => 1800 * Math.exp(sigma * z - sigma ** 2 / 2);
    expect(quantile(0.025) / exact(-1.959963984540054)).toBeCloseTo(1, 2);
    expect(quantile(0.5) / exact(0)).toBeCloseTo(1, 3);
    expect(quantile(0.975) / exact(1.959963984540054)).toBeCloseTo(1, 2);
  });

  it('turns a quantile back into its probability', () => {
    const { survival, quantile } = netDistribution({ ...MODEL, covariance: -200 });
    for (const p of [0.001, 0.025, 0.5, 0.9, 0.999]) {
      expect(1 - survival(quantile(p))).toBeCloseTo(p, 9);
    }
  });

  it('has a standard deviation of multiplier, gain and their product', () => {
    const { sd } = netDistribution(MODEL);
    const spread = 0.0025 ** 2;
    const variance = 0.005 ** 2 * 40_000 ** 2 + spread * (360_000 ** 2 + 40_000 ** 2) + 30 ** 2;
    expect(sd).toBeCloseTo(Math.sqrt(variance), 8);
  });

  it('agrees with the simulation within its error', () => {
    const accuracy = { control: { n: 800, x: 626 }, treatment: { n: 800, x: 654 } };
    const latency = {
      control: { n: 20_000, sum: 900_000, sumSquares: 46_979_676 },
      treatment: { n: 20_000, sum: 1_060_000, sumSquares: 64_179_600 },
    };
    const errors = { control: { n: 200_000, x: 2400 }, treatment: { n: 200_000, x: 1900 } };
    const simulated = simulateNet({
      baseVolume: 1e7,
      revenueMultiplier: 0.005,
      multiplierCv: 0.5,
      requestsPerDay: 1e6,
      costPerMs: 1e-5,
      costPerError: 0.05,
      infrastructure: 53_000,
      accuracy,
      latency,
      errors,
      accuracyMode: 'absolute',
      seed: 7,
      draws: 100_000,
    });
    const gain = differenceOfProportions(accuracy.control, accuracy.treatment);
    const ms = differenceOfMeans(latency.control, latency.treatment);
    const failed = differenceOfProportions(errors.control, errors.treatment);
    const exact = netDistribution({
      gain: 1e7 * gain.difference,
      gainVariance: 1e14 * (gain.variance ?? NaN),
      fixed: -10 * ms.difference - 50_000 * failed.difference,
      fixedVariance: 100 * (ms.variance ?? NaN) + 50_000 ** 2 * (failed.variance ?? NaN),
      covariance: 0,
      multiplier: 0.005,
      multiplierCv: 0.5,
    });
    if (isImpactRefusal(simulated)) {
      throw new Error(simulated.message);
    }
    expect(Math.abs(exact.survival(0) - simulated.pNetPositive)).toBeLessThan(0.004);
    for (const p of [0.025, 0.25, 0.5, 0.75, 0.975]) {
      expect(Math.abs(exact.quantile(p) - simulated.quantile(p))).toBeLessThan(0.04 * exact.sd);
    }
  });
});
