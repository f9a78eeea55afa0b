import { chartStep, wholeBuckets } from '../period';
import { findGaps } from './coverage';
import { chartGrid } from './grid';
import { readClassicBuckets, readNativeBuckets } from './histogram';
import { scaleSeries } from './scale-series';

const MINUTE = 60_000;
const bucket = (le: string, value: number) => ({ labels: { le }, time: 0, value, histogram: null });

describe('a chart’s grid', () => {
  test('lies on multiples of the step', () => {
    expect(chartGrid({ from: 90_500, to: 611_000 }, MINUTE, 11_000)).toEqual({
      start: 60_000,
      end: 600_000,
      stepMs: MINUTE,
    });
  });

  test('never has more points than allowed', () => {
    for (const [span, step, points] of [
      [30 * 86_400_000, 1, 11_000],
      [86_400_000, 15_000, 100],
      [3_600_000, MINUTE, 61],
    ] as const) {
      // prettier-ignore
      const grid = chartGrid({ from: 12_345, to: 12_345 + span }, step, points);
      expect((grid.end - grid.start) / grid.stepMs + 1).toBeLessThanOrEqual(points);
      expect(grid.start % grid.stepMs).toBe(0);
    }
  });

  test('keeps to multiples of the wanted step when it must grow', () => {
    expect(chartGrid({ from: 0, to: 86_400_000 }, 7 * MINUTE, 100).stepMs % (7 * MINUTE)).toBe(0);
  });
});

test('a chart’s step leaves room for the bucket at each ragged end', () => {
  const HOUR = 60 * MINUTE;
  for (const from of [0, 1, 7 * MINUTE, 59 * MINUTE]) {
    const step = chartStep({ from, to: from + 3 * HOUR }, MINUTE, 10);
    const touched = Math.ceil((from + 3 * HOUR) / step) - Math.floor(from / step);
    expect(touched).toBeLessThanOrEqual(10);
  }
});

describe('whole buckets', () => {
  test.each([
    [
      { from: 0, to: 180_000 },
      { from: 0, to: 180_000 },
    ],
    [
      { from: 1, to: 179_999 },
      { from: 60_000, to: 120_000 },
    ],
    [{ from: 1, to: 60_001 }, null],
  ])('of %o are %o', (period, expected) => {
    expect(wholeBuckets(period, MINUTE)).toEqual(expected);
  });
});

describe('a classic histogram', () => {
  test('is sorted by its bounds, which may be spelled differently, and scaled', () => {
    const samples = [bucket('+Inf', 10), bucket('1.0', 4), bucket('0.5', 1), bucket('1', 2)];
    expect(readClassicBuckets(samples, 1000)).toEqual([
      { le: 500, count: 1 },
      { le: 1000, count: 6 },
      { le: Infinity, count: 10 },
    ]);
  });

  test('never falls, though extrapolation may say so', () => {
    const samples = [bucket('1', 5.01), bucket('2', 5), bucket('+Inf', 5.005)];
    expect(readClassicBuckets(samples, 1)?.map(({ count }) => count)).toEqual([5.01, 5.01, 5.01]);
  });

  test('without its total is none', () => {
    expect(readClassicBuckets([bucket('1', 5), bucket('nonsense', 6)], 1)).toBeNull();
  });
});

test('a native histogram becomes cumulative and ends with everything', () => {
  const native = { count: 6.5, sum: 3, buckets: [[0, 0.02, 0.04, 2], [0, 0.01, 0.02, 4]] as Array<[number, number, number, number]> }; // prettier-ignore
  expect(readNativeBuckets(native, 1000)).toEqual([
    { le: 20, count: 4 },
    { le: 40, count: 6 },
    { le: Infinity, count: 6.5 },
  ]);
});

describe('scaling a series to its total', () => {
  test('keeps the shape', () => {
    expect(scaleSeries(Float64Array.of(10, 30), 44)).toEqual(Float64Array.of(11, 33));
  });

  test('leaves nothing as nothing', () => {
    expect(scaleSeries(Float64Array.of(0, 0), 0)).toEqual(Float64Array.of(0, 0));
    expect(scaleSeries(Float64Array.of(0, 0), 3)).toEqual(Float64Array.of(0, 0));
  });

  test.each([
    ['lost most of the total', Float64Array.of(1, 2), 100],
    ['is far above the total', Float64Array.of(100, 200), 100],
    ['is empty where much was counted', Float64Array.of(0, 0), 100],
  ])('is refused when it %s', (_case, values, total) => {
    expect(scaleSeries(values, total)).toBeNull();
  });
});

describe('gaps', () => {
  const slices = (indexes: number[], count: number) => ({
    times: Float64Array.from(indexes, (index) => (index + 1) * MINUTE),
    values: Float64Array.from(indexes, () => count),
  });

  test('are runs of empty slices', () => {
    expect(findGaps(slices([0, 1, 2, 8, 9], 4), MINUTE)).toEqual([{ from: 3 * MINUTE, to: 8 * MINUTE }]);
  });

  test('are not the distance between two samples of sparse history', () => {
    expect(findGaps(slices([0, 3, 6, 9], 1), MINUTE)).toEqual([]);
  });

  test('are not one missed scrape', () => {
    expect(findGaps(slices([0, 1, 3, 4], 4), MINUTE)).toEqual([]);
  });
});
