import { histogramQuantile, tidyBuckets, type Bucket } from './histogram';
import { histogramMoments } from './histogram-moments';
import { quantileMoments } from './quantile';
import { nearestBoundary, onSharedBoundaries, sharesSlower } from './share-slower';

const INF = Number.POSITIVE_INFINITY;
const buckets = (...pairs: [le: number, count: number][]): Bucket[] => pairs.map(([le, count]) => ({ le, count }));
const latencies = buckets([0.1, 10], [0.25, 40], [0.5, 85], [1, 97], [2.5, 99], [INF, 100]);

describe("Prometheus' histogram_quantile", () => {
  it.each([
    ['interpolates within a bucket', 0.95, latencies, 0.5 + 0.5 * (10 / 12)],
    ['begins at zero in the lowest bucket', 0.05, latencies, 0.05],
    ['ends at the last finite boundary', 0.999, latencies, 2.5],
    ['stays at a lowest boundary below zero', 0.1, buckets([-1, 50], [0, 60], [INF, 100]), -1],
    ['answers +∞ above one', 1.1, latencies, INF],
    ['answers −∞ below zero', -0.1, latencies, -INF],
    ['answers NaN for NaN', Number.NaN, latencies, Number.NaN],
    ['answers NaN without +Inf', 0.5, buckets([1, 3], [2, 8]), Number.NaN],
    ['answers NaN without a finite bucket', 0.5, buckets([INF, 8]), Number.NaN],
    ['answers NaN without observations', 0.5, buckets([1, 0], [INF, 0]), Number.NaN],
    ['answers NaN without buckets', 0.5, [], Number.NaN],
    ['sorts', 0.95, [...latencies].reverse(), 0.5 + 0.5 * (10 / 12)],
    ['merges equal boundaries', 0.5, buckets([1, 20], [1, 30], [2, 90], [INF, 100]), 1],
  ])('%s', (_, q, given, expected) => {
    const { value } = histogramQuantile(q, given);
    if (Number.isFinite(expected)) {
      expect(value).toBeCloseTo(expected, 12);
    } else {
      expect(value).toBe(expected);
    }
  });

  it('forces counts to be cumulative and says so, but not over roundoff', () => {
    const falling = buckets([1, 50], [2, 47], [4, 90], [INF, 90]);
    expect(histogramQuantile(0.9, falling)).toEqual({ value: 3.55, wasForced: true });
    expect(tidyBuckets(buckets([1, 50], [2, 50 - 1e-12], [INF, 90]))).toEqual({
      buckets: buckets([1, 50], [2, 50], [INF, 90]),
      wasForced: false,
    });
    expect(tidyBuckets(buckets([1, 0], [2, -1e-320], [INF, 9])).wasForced).toBe(false);
  });

  it('leaves the histogram it was given alone', () => {
    const given = buckets([2, 47], [1, 50], [INF, 90]);
    histogramQuantile(0.5, given);
    expect(given).toEqual(buckets([2, 47], [1, 50], [INF, 90]));
  });
});

describe('moments from buckets', () => {
  it('are those of uniform observations within their bucket', () => {
    const one = histogramMoments(buckets([6, 12], [INF, 12]), { lower: 0, infCap: null });
    expect(one).toMatchObject({ n: 12, mean: 3 });
    expect('varianceFromBuckets' in one ? one.varianceFromBuckets : null).toBeCloseTo(36 / 11, 12);
  });

  it('take the mean from the sum where there is one', () => {
    const moments = histogramMoments(latencies, { sum: 40, lower: 0, infCap: null });
    expect(moments).toMatchObject({ mean: 0.4 });
  });

  it('put the +Inf bucket at the last boundary, or up to a cap', () => {
    const capped = histogramMoments(latencies, { lower: 0, infCap: 10 });
    const bounded = histogramMoments(latencies, { lower: 0, infCap: null });
    const lift =
      'meanFromBuckets' in capped && 'meanFromBuckets' in bounded
        ? capped.meanFromBuckets - bounded.meanFromBuckets
        : 0;
    expect(lift).toBeCloseTo(0.01 * (6.25 - 2.5), 12);
  });

  it.each([
    ['no +Inf bucket', buckets([1, 2], [2, 3]), 'bad-buckets'],
    ['a negative count', buckets([1, -2], [INF, 3]), 'bad-buckets'],
    ['NaN', buckets([1, Number.NaN], [INF, 3]), 'bad-buckets'],
    ['no observation', buckets([1, 0], [INF, 0]), 'no-data'],
    ['one observation', buckets([1, 0], [INF, 1]), 'sample-too-small'],
  ])('refuse %s', (_, given, refused) => {
    expect(histogramMoments(given, { lower: 0, infCap: null })).toMatchObject({ refused });
  });
});

describe('a quantile with its error', () => {
  const many = latencies.map(({ le, count }) => ({ le, count: count * 1000 }));

  it('lies between its own bounds', () => {
    const moments = quantileMoments(0.9, many);
    expect('low' in moments && moments.low < moments.mean && moments.mean < moments.high).toBe(true);
  });

  it.each([
    [0.995, many, 'quantile-in-inf-bucket'],
    [0.9, latencies.map(({ le, count }) => ({ le, count: count / 10 })), 'sample-too-small'],
    [0, many, 'bad-parameter'],
    [1, many, 'bad-parameter'],
    [Number.NaN, many, 'bad-parameter'],
    [0.5, buckets([1, 3]), 'bad-buckets'],
  ])('of %p is refused: %#', (q, given, refused) => {
    expect(quantileMoments(q, given)).toMatchObject({ refused });
  });
});

describe('the share slower than a boundary', () => {
  const strata = [{ control: latencies, variant: latencies.map(({ le, count }) => ({ le, count: count * 2 })) }];

  it('counts what lies above it, exactly', () => {
    expect(sharesSlower(strata, 0.5)).toEqual([{ control: { n: 100, x: 15 }, variant: { n: 200, x: 30 } }]);
  });

  it('takes the boundary nearest to the quantile', () => {
    expect(nearestBoundary(0.95, strata)).toBe(1);
    expect(nearestBoundary(0.4, strata)).toBe(0.25);
    expect(nearestBoundary(0.9999, strata)).toBe(2.5);
  });

  it('compares histograms whose buckets changed on the boundaries they share', () => {
    const finer = buckets([0.1, 20], [0.2, 60], [0.5, 170], [INF, 200]);
    expect(onSharedBoundaries({ control: latencies, variant: finer })).toEqual({
      control: buckets([0.1, 10], [0.5, 85], [INF, 100]),
      variant: buckets([0.1, 20], [0.5, 170], [INF, 200]),
    });
    expect(onSharedBoundaries({ control: latencies, variant: buckets([3, 5], [INF, 9]) })).toBeNull();
  });
});
