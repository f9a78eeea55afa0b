import { buildScenario, findSeeded } from '../scenario';
import { seedRandom } from '../traffic/random';
import { binCounts } from './bins';
import { drawFeatures, FeatureCounts, FEATURES, PREDICTION_BOUNDS } from './features';

const ROWS = 20_000;
const experiment = findSeeded(buildScenario(Date.UTC(2026, 8, 16, 10, 30)), 'checkout-ranking');
const driftFrom = experiment.driftFrom ?? 0;

function drawn(instant: number): FeatureCounts {
  const counts = new FeatureCounts();
  const random = seedRandom(7);
  for (let row = 0; row < ROWS; row++) counts.add(drawFeatures(experiment, instant, random), 0.5);
  return counts;
}

test.each(FEATURES.map((feature) => [feature.name, feature] as const))('the shares of %s are shares', (_name, feature) => {
  const total = (shares: readonly number[]) => shares.reduce((sum, share) => sum + share, 0);
  expect(total(feature.shares)).toBeCloseTo(1, 10);
  expect(total(feature.drifted ?? feature.shares)).toBeCloseTo(1, 10);
  expect(feature.shares).toHaveLength(feature.kind === 'numeric' ? feature.bounds.length : feature.categories.length);
}); // prettier-ignore

test('until the seeded instant requests come from the one distribution, from it on from the other', () => {
  for (const [instant, isDrifted] of [[driftFrom - 1, false], [driftFrom, true]] as const) {
    const { features } = drawn(instant);
    FEATURES.forEach(({ shares, drifted }, index) => {
      const expected = isDrifted ? (drifted ?? shares) : shares;
      features[index]?.forEach((count, bin) => {
        expect(Math.abs(count / ROWS - (expected[bin] ?? 0))).toBeLessThan(0.012);
      });
    });
  }
}); // prettier-ignore

test('every bin is written, empty ones too, and each feature’s add up to the rows', () => {
  const counts = binCounts(drawn(driftFrom));
  const rows = new Map<string, number>();
  for (const { feature, rows: own } of counts) rows.set(feature, (rows.get(feature) ?? 0) + own);
  expect([...rows.values()]).toEqual(Array.from({ length: FEATURES.length + 1 }, () => ROWS));
  expect(counts.filter(({ feature }) => feature === 'prediction')).toHaveLength(PREDICTION_BOUNDS.length);
});
