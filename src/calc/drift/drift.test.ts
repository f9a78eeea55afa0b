import { isRefusal } from '../stats/refusal';
import type { BinnedPair } from './binned';
import { measureDrift } from './drift';
import type { Drift } from './drift';

function driftOf(pair: BinnedPair): Drift {
  const drift = measureDrift(pair);
  if (isRefusal(drift)) {
    throw new Error(`refused: ${drift.refused}`);
  }
  return drift;
}

describe('measureDrift', () => {
  it('finds nothing between identical histograms of different size', () => {
    const drift = driftOf({ reference: [100, 200, 300], current: [10, 20, 30], edges: [0, 1, 2, 3] });
    expect(drift).toMatchObject({ band: 'stable', psiPValue: 1, kolmogorovSmirnovPValue: 1 });
    expect(drift.psi).toBeCloseTo(0, 15);
    expect(drift.wasserstein).toMatchObject({ distance: expect.closeTo(0, 12) as number });
  });

  it('shares the index out over the bins', () => {
    const { psi, contributions } = driftOf({ reference: [50, 30, 20], current: [20, 30, 50] });
    expect(contributions).toHaveLength(3);
    expect(contributions[1]).toBe(0);
    expect(contributions.reduce((sum, part) => sum + part, 0)).toBeCloseTo(psi, 15);
  });

  it.each([
    [[50, 50], [52, 48], 'stable'],
    [[50, 50], [68, 32], 'watch'],
    [[50, 50], [90, 10], 'drifted'],
  ] as const)('calls %p against %p %s', (reference, current, band) => {
    expect(driftOf({ reference, current }).band).toBe(band);
  });

  it('gives the index no p-value where a bin is empty, and the other tests theirs', () => {
    const drift = driftOf({ reference: [500, 500, 0], current: [400, 500, 100] });
    expect(drift.psiPValue).toBeNull();
    expect(drift.homogeneity.pValue).toBeLessThan(1e-20);
  });

  it('says by its p-value that a large index of a small sample is noise', () => {
    const drift = driftOf({ reference: [25, 25, 25, 25], current: [10, 5, 3, 2] });
    expect(drift.band).toBe('drifted');
    expect(drift.psiPValue).toBeGreaterThan(0.1);
  });

  it('measures the distance mass moves in the unit of the edges', () => {
    const shifted = driftOf({ reference: [10, 10, 0], current: [0, 10, 10], edges: [0, 5, 10, 15] });
    expect(shifted.wasserstein).toMatchObject({ distance: 5 });
  });

  it('measures no distance without edges', () => {
    expect(driftOf({ reference: [1, 2], current: [2, 1] }).wasserstein).toBeNull();
  });

  it('leaves an empty open bin out of the distance, and refuses it when the bin is filled', () => {
    const edges = [0, 1, 2, Infinity];
    expect(driftOf({ reference: [5, 5, 0], current: [5, 5, 0], edges }).wasserstein).toMatchObject({ distance: 0 });
    expect(driftOf({ reference: [5, 5, 0], current: [5, 4, 1], edges }).wasserstein).toEqual({
      refused: 'quantile-in-inf-bucket',
      field: 'edges',
    });
  });

  it('answers for counts that a store extrapolated', () => {
    expect(driftOf({ reference: [10.5, 20.25], current: [11.75, 19.5] }).psi).toBeGreaterThan(0);
  });

  it.each<[string, BinnedPair, string]>([
    ['other bins', { reference: [1, 2], current: [1, 2, 3] }, 'buckets-differ'],
    ['a single bin', { reference: [10], current: [10] }, 'sample-too-small'],
    ['a negative count', { reference: [1, 2], current: [3, -1] }, 'bad-count'],
    ['a count that is not a number', { reference: [1, NaN], current: [1, 2] }, 'not-finite'],
    ['counts too large to add', { reference: [1e308, 1e308], current: [1, 2] }, 'not-finite'],
    ['an empty reference', { reference: [0, 0], current: [1, 2] }, 'no-data'],
    ['an empty current window', { reference: [1, 2], current: [0, 0] }, 'no-data'],
    ['too few edges', { reference: [1, 2], current: [1, 2], edges: [0, 1] }, 'bad-buckets'],
    ['unordered edges', { reference: [1, 2], current: [1, 2], edges: [0, 2, 1] }, 'bad-buckets'],
    ['edges that are not numbers', { reference: [1, 2], current: [1, 2], edges: [0, NaN, 1] }, 'bad-buckets'],
  ])('refuses %s', (_, pair, refused) => {
    expect(measureDrift(pair)).toMatchObject({ refused });
  });
});
