import { writeVerdict } from './words';

it.each([
  ['winner', null, 'enhanced wins'],
  ['loser', 'behind', 'enhanced loses'],
  ['inconclusive', 'ahead', 'Not decided, enhanced ahead'],
  ['inconclusive', 'behind', 'Not decided, enhanced behind'],
  ['inconclusive', null, 'Not decided'],
  ['not-enough-data', 'ahead', 'Not enough data'],
  ['invalid', 'ahead', 'Invalid'],
  [null, null, 'Nothing yet'],
] as const)('a verdict of %s, %s: %s', (verdict, standing, words) => {
  expect(writeVerdict({ verdict, standing, leading: 'enhanced' })).toBe(words);
});
