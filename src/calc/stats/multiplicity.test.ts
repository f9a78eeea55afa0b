import { testVariants } from './multi-variant';
import { adjustFamily, benjaminiHochberg, holm } from './multiplicity';

it.each([
  [
    [0.01, 0.04, 0.03, 0.005],
    [0.03, 0.06, 0.06, 0.02],
    [0.02, 0.04, 0.04, 0.02],
  ],
  [[0.9], [0.9], [0.9]],
  [[], [], []],
  [
    [0.6, 0.7],
    [1, 1],
    [0.7, 0.7],
  ],
])('%j becomes %j by Holm and %j by Benjamini and Hochberg', (p, byHolm, byBh) => {
  expect(holm(p).map((value) => +value.toFixed(12))).toEqual(byHolm);
  expect(benjaminiHochberg(p).map((value) => +value.toFixed(12))).toEqual(byBh);
});

it('a comparison without a p-value stays without one and does not count', () => {
  expect(adjustFamily([0.01, null, 0.04], 'holm')).toEqual([0.02, null, 0.04]);
  expect(adjustFamily([0.01, null, 0.04], 'bh')).toEqual([0.02, null, 0.04]);
  expect(adjustFamily([0.01, null, 0.04], 'none')).toEqual([0.01, null, 0.04]);
});

describe('several variants', () => {
  const arm = (mean: number) => ({ n: 1000, mean, variance: 1 });

  it('are each tested against the control and adjusted together', () => {
    const tests = testVariants([arm(1.1), arm(1), arm(1.05)], 1, { alpha: 0.05, scale: 'absolute' });
    expect(tests.map(({ variant }) => variant)).toEqual([0, 2]);
    const [first, second] = tests.map(({ test }) => ('refused' in test ? Number.NaN : test.pValue));
    expect(tests[0]?.holm).toBeCloseTo(2 * (first ?? 0), 12);
    expect(tests[1]?.benjaminiHochberg).toBeCloseTo(second ?? 0, 12);
  });

  it('with one that does not vary leave the others their own family', () => {
    const still = { n: 1000, mean: 1, variance: 0 };
    const tests = testVariants([arm(1), still, arm(1.1)], 0, { alpha: 0.05, scale: 'relative' });
    expect(tests[0]).toMatchObject({ test: { refused: 'zero-variance' }, holm: null });
    expect(tests[1]?.holm).toBeCloseTo(tests[1] && 'pValue' in tests[1].test ? tests[1].test.pValue : 0, 12);
  });

  it('have nothing to be tested against without a control', () => {
    expect(testVariants([arm(1)], 3, { alpha: 0.05, scale: 'absolute' })).toEqual([]);
  });
});
