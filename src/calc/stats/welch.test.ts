import { lostPrecision, meanMoments } from './mean';
import { proportionMoments } from './proportion';
import { ratioMoments } from './ratio';
import { changeOf, effectOf, testEffect } from './welch';

const tested = (...arguments_: Parameters<typeof effectOf>) => {
  const effect = effectOf(...arguments_);
  if ('refused' in effect) {
    throw new Error(effect.refused);
  }
  const test = testEffect(effect, 0.05);
  if ('refused' in test) {
    throw new Error(test.refused);
  }
  return test;
};

describe('two proportions', () => {
  const a = proportionMoments({ n: 1000, x: 100 });
  const b = proportionMoments({ n: 1000, x: 120 });

  it('have one p-value on the absolute scale and another on the relative one', () => {
    expect(tested(a, b, 'absolute').pValue).toBeCloseTo(0.15287, 5);
    expect(tested(a, b, 'relative').pValue).toBeCloseTo(0.19235, 5);
  });

  it('are refused, not given p = 1, when the control has no event', () => {
    expect(effectOf(proportionMoments({ n: 10_000, x: 0 }), b, 'relative')).toEqual({ refused: 'zero-control' });
  });

  it('are refused when an arm does not vary', () => {
    expect(effectOf(a, proportionMoments({ n: 500, x: 500 }), 'absolute')).toEqual({ refused: 'zero-variance' });
    expect(effectOf(a, proportionMoments({ n: 0, x: 0 }), 'absolute')).toEqual({ refused: 'no-data' });
  });

  it('are refused at an error rate that is none', () => {
    const effect = { estimate: 1, standardError: 1, dof: 10 };
    expect([0, 1, Number.NaN].map((alpha) => testEffect(effect, alpha))).toEqual(
      Array.from({ length: 3 }, () => ({ refused: 'bad-alpha', field: 'alpha' })),
    );
  });

  it('change sign with the arms, and the relative change is of the size of the control', () => {
    expect(tested(b, a, 'absolute').estimate).toBeCloseTo(-0.02, 12);
    const negative = tested({ n: 50, mean: -2, variance: 1 }, { n: 50, mean: -1, variance: 1 }, 'relative');
    expect(negative.estimate).toBeCloseTo(0.5, 12);
  });
});

describe('means', () => {
  it('have an absolute change from a control of zero, and no relative one', () => {
    const [zero, one] = [meanMoments({ n: 4, sum: 0, sumSquares: 8 }), meanMoments({ n: 4, sum: 4, sumSquares: 8 })];
    expect(changeOf(zero, one, 'absolute')).toMatchObject({ estimate: 1 });
    expect(changeOf(zero, one, 'relative')).toEqual({ refused: 'zero-control' });
    expect(effectOf(zero, one, 'absolute')).toEqual({ refused: 'zero-control' });
  });

  it('are refused where their sums are no numbers', () => {
    const sound = meanMoments({ n: 4, sum: 4, sumSquares: 8 });
    expect(effectOf(sound, meanMoments({ n: 4, sum: 4, sumSquares: Infinity }), 'absolute')).toEqual({
      refused: 'not-finite',
    });
    expect(effectOf(sound, meanMoments({ n: 4, sum: Number.NaN, sumSquares: 8 }), 'relative')).toEqual({
      refused: 'zero-variance',
    });
  });

  it('take few observations for few', () => {
    const a = meanMoments({ n: 5, sum: 3.905, sumSquares: 3.050381 });
    const b = meanMoments({ n: 4, sum: 3.264, sumSquares: 2.663667 });
    const test = tested(a, b, 'absolute');
    expect(test.dof).toBeCloseTo(6.99294, 4);
    expect(test.isSignificant).toBe(true);
  });

  it('do not vary with one observation, and are empty with none', () => {
    expect(meanMoments({ n: 1, sum: 45, sumSquares: 2025 })).toEqual({ n: 1, mean: 45, variance: 0 });
    expect(meanMoments({ n: 0, sum: 0, sumSquares: 0 })).toEqual({ n: 0, mean: 0, variance: 0 });
  });

  it('say how much of the variance may be roundoff', () => {
    const at = (mean: number) => lostPrecision({ n: 1000, sum: mean * 1000, sumSquares: 1000 * (mean * mean + 1) });
    expect(at(10)).toBeLessThan(1e-10);
    expect(at(1e5)).toBeGreaterThan(1e-4);
    expect(lostPrecision({ n: 10, sum: 10, sumSquares: 9.99 })).toBe(1);
    expect(lostPrecision({ n: 10, sum: 0, sumSquares: 0 })).toBe(0);
  });
});

describe('ratios', () => {
  /** Errors and requests of four minutes; the first two carry all the errors. */
  const minutes = [
    [10, 100],
    [30, 120],
    [0, 80],
    [0, 100],
  ] as const;
  const sum = (of: (m: number, d: number) => number) => minutes.reduce((total, [m, d]) => total + of(m, d), 0);
  const moments = ratioMoments({
    n: minutes.length,
    mSum: sum((m) => m),
    mSumSquares: sum((m) => m * m),
    dSum: sum((_, d) => d),
    dSumSquares: sum((_, d) => d * d),
    mdSumProducts: sum((m, d) => m * d),
  });

  it('are the ratio of the sums, with the variance of the linearised units', () => {
    const ratio = 40 / 400;
    // The delta method: the sample variance of (m − ratio·d) over the squared mean denominator.
    const residuals = minutes.map(([m, d]) => m - ratio * d);
    const variance = residuals.reduce((total, residual) => total + residual ** 2, 0) / 3 / 100 ** 2;
    expect(moments.mean).toBeCloseTo(ratio, 12);
    expect(moments.variance).toBeCloseTo(variance, 12);
  });

  it('see that errors cluster, which counts of requests do not', () => {
    expect(Math.sqrt(moments.variance / moments.n)).toBeGreaterThan(4 * Math.sqrt((0.1 * 0.9) / 400));
  });

  it('are empty without a denominator', () => {
    const empty = { n: 3, mSum: 0, mSumSquares: 0, dSum: 0, dSumSquares: 0, mdSumProducts: 0 };
    expect(ratioMoments(empty)).toEqual({ n: 3, mean: 0, variance: 0 });
  });
});
