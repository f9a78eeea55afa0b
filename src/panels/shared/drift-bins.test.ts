import { trendCases } from '../../../tests/gallery/fixtures/trend';
import { binWords, readDriftBins } from './drift-bins';

const features = readDriftBins(trendCases['trend-drift-bins']?.series ?? []) ?? [];

it('adds the bins up to the PSI, the furthest moved feature first', () => {
  expect(features.map(({ feature, psi, band }) => [feature, psi.toFixed(2), band])).toEqual([
    ['basket_value', '0.20', 'watch'],
    ['latency', '0.00', 'stable'],
  ]);
});

it('names open and closed bins', () => {
  expect(features[1]?.bins.map(binWords)).toEqual(['≤ 50', '50…100', '100…250', '> 250']);
});

it('takes no other frame for one of bins', () => {
  expect(readDriftBins(trendCases['trend-drift']?.series ?? [])).toBeNull();
});
