import type { CounterSeries } from '../sources/capabilities/traffic';
import { addStatistics, NO_STATISTICS, ratioOverBuckets, summariseTraffic } from './statistics';
import { countedBy } from './test-scene';

const series = (requests: number[], errors: number[] | null): CounterSeries => ({
  times: Float64Array.from(requests.keys()),
  requests: Float64Array.from(requests),
  errors: errors && Float64Array.from(errors),
  latencySumMs: null,
  labelled: null,
  correct: null,
});

describe('ratios over time buckets', () => {
  it('sum numerator and denominator, their squares and products', () => {
    expect(ratioOverBuckets(series([10, 20], [1, 4]), 'error_rate')).toEqual({
      kind: 'ratio',
      n: 2,
      mSum: 5,
      mSumSquares: 17,
      dSum: 30,
      dSumSquares: 500,
      mdSumProducts: 90,
    });
  });

  it.each([
    ['without traffic', series([10, 0], [1, 0]), 1],
    ['whose numerator is no number', series([10, 10], [1, Number.NaN]), 1],
    ['outside of those asked for', series([10, 10, 10], [1, 1, 1]), 2],
  ])('buckets %s are no units', (_, counted, n) => {
    expect(ratioOverBuckets(counted, 'error_rate', 0, 2)).toMatchObject({ n, mSum: n });
  });

  it('are none where the store does not count the numerator', () => {
    expect(ratioOverBuckets(series([10], null), 'error_rate')).toBeNull();
  });
});

describe('the sum of two arms’ statistics', () => {
  const histogram = (...counts: number[]) => counts.map((count, index) => ({ le: 100 * (index + 1), count }));
  const first = summariseTraffic(countedBy('a', { requests: 10, errors: 1, histogram: histogram(5, 10) }));
  const second = summariseTraffic(countedBy('a', { requests: 20, histogram: histogram(5, 20) }));

  it('adds counters; one that only one of them holds stands as it is', () => {
    expect(addStatistics(first, second).counters).toMatchObject({ requests: 30, errors: 1, labelled: null });
  });

  it('adds histograms bucket by bucket', () => {
    expect(addStatistics(first, second)).toMatchObject({ histogram: histogram(10, 30), bucketsChanged: false });
  });

  it('gives up a histogram whose buckets changed, and says so', () => {
    const changed = summariseTraffic(countedBy('a', { requests: 1, histogram: [{ le: 250, count: 1 }] }));
    expect(addStatistics(first, changed)).toMatchObject({ histogram: null, bucketsChanged: true });
    expect(addStatistics(addStatistics(first, changed), NO_STATISTICS).bucketsChanged).toBe(true);
  });

  it('is what it was when nothing is added', () => {
    expect(addStatistics(NO_STATISTICS, first)).toEqual(first);
  });
});
