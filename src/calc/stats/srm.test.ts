import { isRefusal } from './refusal';
import { checkSplit, type SplitPlan } from './split-check';
import { testSrm } from './srm';
import { testSrmSequentially } from './srm-sequential';

describe("Pearson's χ²", () => {
  it('takes weights of any scale', () => {
    expect(testSrm([5021, 4979], [50, 50])).toEqual(testSrm([5021, 4979], [0.5, 0.5]));
  });

  it('leaves variants without planned traffic out of the degrees of freedom, unless they are to count', () => {
    expect(testSrm([700, 300, 0], [0.7, 0.3, 0])).toMatchObject({ dof: 1 });
    expect(testSrm([700, 300, 0], [0.7, 0.3, 0], 'counted')).toMatchObject({ dof: 2 });
  });

  it('finds nothing in no traffic', () => {
    expect(testSrm([0, 0], [1, 1])).toMatchObject({ chiSquare: 0, pValue: 1 });
  });

  it.each([
    [[1, 2], [1], 'bad-weights'],
    [[1, 2], [0, 0], 'bad-weights'],
    [[1, 2], [1, -1], 'bad-weights'],
    [[1, 2], [1, Number.NaN], 'bad-weights'],
    [[-1, 2], [1, 1], 'bad-count'],
    [[Number.POSITIVE_INFINITY, 2], [1, 1], 'bad-count'],
  ])('%j against %j is refused: %s', (observed, weights, refused) => {
    expect(testSrm(observed, weights)).toEqual({ refused });
    expect(testSrmSequentially([observed], weights)).toEqual({ refused });
  });
});

describe('the sequential test', () => {
  it('remembers the worst look', () => {
    const test = testSrmSequentially(
      [
        [600, 400],
        [400, 600],
      ],
      [0.5, 0.5],
      100,
    );
    if (isRefusal(test)) {
      throw new Error(test.refused);
    }
    expect(test.logBayesFactor).toBeLessThan(0);
    expect(test.pValue).toBeLessThan(0.001);
  });

  it('keeps its digits at a billion requests (mpmath)', () => {
    const test = testSrmSequentially([[1e8, 200_300_000]], [1 / 3, 2 / 3]);
    expect(isRefusal(test) ? null : test.logBayesFactor).toBeCloseTo(69.7802917, 6);
  });

  it('is certain when a variant without planned traffic gets some, and refuses no look at all', () => {
    expect(testSrmSequentially([[10, 1]], [1, 0])).toMatchObject({ pValue: 0 });
    expect(testSrmSequentially([], [1, 1])).toEqual({ refused: 'no-data' });
  });
});

describe('the split check', () => {
  const byRequest: SplitPlan = { assignment: 'request' };
  const skewed = [{ observed: [66_100, 33_900], weights: [70, 30] }];

  it('follows a ramp phase by phase, where one split for all would cry mismatch', () => {
    const ramp = [
      { observed: [90_050, 9950], weights: [90, 10] },
      { observed: [50_100, 49_900], weights: [50, 50] },
    ];
    expect(checkSplit(ramp, byRequest)).toMatchObject({ status: 'ok' });
    const pooled = [{ observed: [140_150, 59_850], weights: [50, 50] }];
    expect(checkSplit(pooled, byRequest)).toMatchObject({ status: 'failed' });
  });

  it('fails where requests were assigned, and says what it saw', () => {
    const check = checkSplit(skewed, byRequest);
    expect(check.status).toBe('failed');
    expect(check.pValue).toBeLessThan(1e-4);
    expect(check.message).toBe(
      'Sample ratio mismatch: traffic is 66.1/33.9, expected 70/30, p <\u00a00.0001. Fix assignment or logging, then restart the test.',
    );
  });

  it.each(['user', 'unknown'] as const)(
    'only warns where requests are counted and assignment is by %s',
    (assignment) => {
      expect(checkSplit(skewed, { assignment }).status).toBe('warning');
    },
  );

  it('does not even warn of less than a percentage point of requests that were not randomised', () => {
    const slight = [{ observed: [505_000, 495_000], weights: [1, 1] }];
    expect(checkSplit(slight, byRequest).status).toBe('failed');
    expect(checkSplit(slight, { assignment: 'user' }).status).toBe('ok');
  });

  it('fails again where users are assigned and users are counted', () => {
    expect(checkSplit(skewed, { assignment: 'user', counted: 'users' }).status).toBe('failed');
    expect(checkSplit(skewed, { assignment: 'request', counted: 'users' }).status).toBe('warning');
  });

  it('leaves a variant out of phases that give it no traffic', () => {
    const late = [
      { observed: [1000, 1010, 3], weights: [1, 1, 0] },
      { observed: [1000, 1010, 990], weights: [1, 1, 1] },
    ];
    expect(checkSplit(late, byRequest).status).toBe('ok');
  });

  it.each([
    ['no phase', []],
    ['no traffic', [{ observed: [0, 0], weights: [1, 1] }]],
    ['little traffic', [{ observed: [5, 9], weights: [1, 1] }]],
    ['a split without shares', [{ observed: [500, 900], weights: [0, 0] }]],
    ['a count that is not one', [{ observed: [500, Number.NaN], weights: [1, 1] }]],
  ])('says nothing of %s', (_, phases) => {
    expect(checkSplit(phases, byRequest)).toMatchObject({ status: 'unknown', pValue: null, fixedPValue: null });
  });

  it('takes fifty variants', () => {
    const observed = Array.from({ length: 50 }, (_, index) => 1000 + (index % 7));
    const check = checkSplit([{ observed, weights: observed.map(() => 1) }], byRequest);
    expect(check.status).toBe('ok');
    expect(check.expectedShares).toHaveLength(50);
  });
});
