import { randomNormal, randomPoisson } from 'd3-random';
import { ratioMoments } from '../stats/ratio';
import { covarianceOfRatios, type RatioSeries } from './covariance';
import { createGenerator } from './generator';

const UNITS = 300;

/** Buckets in which a busy hour fails more often and answers more slowly. */
function drawUnits(seed: number): { errors: RatioSeries; latency: RatioSeries } {
  const generator = createGenerator(seed);
  const load = randomNormal.source(generator)(0, 0.3);
  const requests = randomPoisson.source(generator)(200);
  const jitter = randomNormal.source(generator)(0, 20);
  const denominator: number[] = [];
  const failed: number[] = [];
  const waited: number[] = [];
  for (let unit = 0; unit < UNITS; unit++) {
    const busy = load();
    const n = requests();
    denominator.push(n);
    failed.push(n * Math.max(0, 0.02 + 0.01 * busy));
    waited.push(n * (50 + 10 * busy) + jitter());
  }
  return { errors: { numerator: failed, denominator }, latency: { numerator: waited, denominator } };
}

const ratio = ({ numerator, denominator }: RatioSeries): number =>
  Array.from(numerator).reduce((sum, value) => sum + value, 0) /
  Array.from(denominator).reduce((sum, value) => sum + value, 0);

describe('covarianceOfRatios', () => {
  it('of a ratio with itself is its squared error', () => {
    const { errors } = drawUnits(1);
    const sum = (of: (m: number, d: number) => number) =>
      Array.from(errors.numerator).reduce((total, m, unit) => total + of(m, errors.denominator[unit] ?? 0), 0);
    const { n, variance } = ratioMoments({
      n: UNITS,
      mSum: sum((m) => m),
      mSumSquares: sum((m) => m * m),
      dSum: sum((_, d) => d),
      dSumSquares: sum((_, d) => d * d),
      mdSumProducts: sum((m, d) => m * d),
    });
    expect(covarianceOfRatios(errors, errors)).toBeCloseTo(variance / n, 14);
  });

  it('is what the ratios of many drawn tests share', () => {
    const tests = Array.from({ length: 600 }, (_, seed) => drawUnits(seed + 10));
    const errors = tests.map((test) => ratio(test.errors));
    const latency = tests.map((test) => ratio(test.latency));
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const [e, l] = [mean(errors), mean(latency)];
    const drawn = mean(errors.map((value, index) => (value - e) * ((latency[index] ?? 0) - l)));
    const told = mean(tests.map((test) => covarianceOfRatios(test.errors, test.latency)));
    expect(told).toBeGreaterThan(0);
    // 600 draws know a covariance of two closely related ratios to about 6 %.
    expect(Math.abs(told / drawn - 1)).toBeLessThan(0.2);
  });

  it('leaves out units in which either ratio has no traffic', () => {
    const { errors, latency } = drawUnits(2);
    const empty = (series: RatioSeries): RatioSeries => ({
      numerator: [...Array.from(series.numerator), 0, NaN],
      denominator: [...Array.from(series.denominator), 0, 10],
    });
    expect(covarianceOfRatios(empty(errors), empty(latency))).toBe(covarianceOfRatios(errors, latency));
  });

  it.each([
    ['no unit', { numerator: [], denominator: [] }],
    ['one unit', { numerator: [3], denominator: [10] }],
    ['units without traffic', { numerator: [0, 0], denominator: [0, 0] }],
  ])('is 0 with %s', (_, series) => {
    expect(covarianceOfRatios(series, series)).toBe(0);
  });
});
