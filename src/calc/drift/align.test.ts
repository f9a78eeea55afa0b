import { isRefusal } from '../stats/refusal';
import type { Histogram } from './align';
import { alignHistograms } from './align';

const numeric = (bounds: number[], counts: number[]): Histogram => ({ kind: 'numeric', bounds, counts });
const categorical = (categories: string[], counts: number[]): Histogram => ({
  kind: 'categorical',
  categories,
  counts,
});

const aligned = (reference: Histogram, current: Histogram) => {
  const pair = alignHistograms(reference, current);
  if (isRefusal(pair)) {
    throw new Error(`refused: ${pair.refused}`);
  }
  return pair;
};

test('the same bounds stay as they are, named by their ends', () => {
  const pair = aligned(numeric([10, 20, Infinity], [1, 2, 3]), numeric([10, 20, Infinity], [4, 5, 6]));
  expect(pair).toMatchObject({ reference: [1, 2, 3], current: [4, 5, 6], edges: [0, 10, 20, Infinity] });
  expect(pair.bins).toEqual([
    { name: '0–10', from: 0, to: 10 },
    { name: '10–20', from: 10, to: 20 },
    { name: '> 20', from: 20, to: null },
  ]);
});

test('a bound that only one has is merged into the next that both have, and invents no drift', () => {
  const pair = aligned(numeric([5, 10, 20, Infinity], [1, 1, 2, 3]), numeric([10, 15, 20, Infinity], [2, 1, 1, 3]));
  expect(pair).toMatchObject({ reference: [2, 2, 3], current: [2, 2, 3] });
});

test('ends that nothing fell into are left out, an empty bin between others is not', () => {
  const pair = aligned(numeric([5, 10, 20, 30, Infinity], [0, 1, 0, 2, 0]), numeric([5, 10, 20, 30, Infinity], [0, 2, 0, 1, 0])); // prettier-ignore
  expect(pair).toMatchObject({ reference: [1, 0, 2], edges: [5, 10, 20, 30] });
});

test('a lowest bound at or below zero leaves its bin open', () => {
  const pair = aligned(numeric([-1, 1, Infinity], [1, 2, 3]), numeric([-1, 1, Infinity], [1, 2, 3]));
  expect(pair.edges?.[0]).toBe(-Infinity);
  expect(pair.bins[0]).toEqual({ name: '≤ -1', from: null, to: -1 });
});

test('categories are united: a new one counts zero in the reference', () => {
  const pair = aligned(categorical(['DE', 'US'], [3, 7]), categorical(['US', 'BR'], [6, 4]));
  expect(pair).toMatchObject({ reference: [0, 3, 7], current: [4, 0, 6] });
  expect(pair.bins.map(({ name }) => name)).toEqual(['BR', 'DE', 'US']);
});

test.each([
  ['no bound in common', numeric([1, Infinity], [1, 1]), numeric([2, Infinity], [1, 1])],
  ['numbers against categories', numeric([1, Infinity], [1, 1]), categorical(['a'], [1])],
])('%s is refused', (_case, reference, current) => {
  expect(alignHistograms(reference, current)).toMatchObject({ refused: 'buckets-differ' });
});
