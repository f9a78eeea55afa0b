import { chanceToWin, credibleInterval, expectedLosses, gaussianPosterior } from './bayesian';
import {
  betaInterval,
  betaMean,
  betaPosterior,
  compareBetas,
  compareBetasByQuadrature,
  compareBetasInClosedForm,
} from './beta-binomial';

describe('the Gaussian posterior', () => {
  it('is the estimate itself under a flat prior', () => {
    expect(gaussianPosterior(0.2, 0.15, null)).toEqual({ mean: 0.2, sd: 0.15 });
  });

  it('shrinks towards the prior, the more the less is known', () => {
    const posterior = gaussianPosterior(0.2, 0.3, { mean: 0, variance: 0.09 });
    if ('refused' in posterior) {
      throw new Error(posterior.refused);
    }
    expect(posterior.mean).toBeCloseTo(0.1, 12);
    expect(posterior.sd).toBeCloseTo(0.3 / Math.SQRT2, 12);
  });

  it('is refused under a prior without a variance', () => {
    expect(gaussianPosterior(0.2, 0.3, { mean: 0, variance: 0 })).toMatchObject({ refused: 'bad-parameter' });
  });

  it('wins with the complement of losing, whichever way is better', () => {
    const posterior = { mean: 0.1, sd: 0.2 };
    expect(chanceToWin(posterior, true)).toBeCloseTo(1 - chanceToWin(posterior, false), 12);
    const higher = expectedLosses(posterior, false);
    expect(expectedLosses(posterior, true)).toEqual({ control: higher.variant, variant: higher.control });
    // What is gained one way less what is lost the other way is the mean.
    expect(higher.control - higher.variant).toBeCloseTo(0.1, 12);
  });

  it('has an interval centred on its mean', () => {
    const [low, high] = credibleInterval({ mean: 1, sd: 2 }, 0.05);
    expect(low).toBeCloseTo(1 - 3.919928, 5);
    expect(high).toBeCloseTo(1 + 3.919928, 5);
  });
});

describe('two Beta posteriors', () => {
  it.each([
    [
      { a: 1, b: 10_001 },
      { a: 38, b: 9964 },
    ],
    [
      { a: 101, b: 901 },
      { a: 121, b: 881 },
    ],
    [
      { a: 20, b: 3 },
      { a: 500, b: 60 },
    ],
    [
      { a: 9998, b: 4 },
      { a: 9990, b: 12 },
    ],
    [
      { a: 50, b: 10_000_000 },
      { a: 10, b: 1_000_000 },
    ],
  ])('%j and %j compare alike in closed form and by quadrature', (control, variant) => {
    const closed = compareBetasInClosedForm(control, variant);
    const quadrature = compareBetasByQuadrature(control, variant);
    expect(closed.chanceHigher).toBeCloseTo(quadrature.chanceHigher, 12);
    expect(closed.lossOfVariant).toBeCloseTo(quadrature.lossOfVariant, 13);
    expect(closed.lossOfControl).toBeCloseTo(quadrature.lossOfControl, 13);
  });

  it('differ in expected loss by the difference of their means', () => {
    const control = betaPosterior({ n: 40, x: 3 }, { a: 0.5, b: 0.5 });
    const variant = betaPosterior({ n: 38, x: 9 }, { a: 0.5, b: 0.5 });
    const { lossOfControl, lossOfVariant } = compareBetas(control, variant);
    expect(lossOfControl - lossOfVariant).toBeCloseTo(betaMean(variant) - betaMean(control), 9);
  });

  it('that are the same win half the time', () => {
    expect(compareBetas({ a: 7, b: 90 }, { a: 7, b: 90 }).chanceHigher).toBeCloseTo(0.5, 12);
    expect(compareBetas({ a: 5000, b: 9000 }, { a: 5000, b: 9000 }).chanceHigher).toBeCloseTo(0.5, 9);
  });

  it.each([0, 1, 40, 1e4, 1e9])('compare at %p observations each, whatever their rates', (n) => {
    const at = (share: number) => betaPosterior({ n, x: Math.round(n * share) });
    for (const pair of [compareBetas(at(0), at(1)), compareBetas(at(0.5), at(0.5)), compareBetas(at(1), at(0))]) {
      for (const figure of [pair.chanceHigher, pair.lossOfControl, pair.lossOfVariant]) {
        expect(figure).toBeGreaterThanOrEqual(0);
        expect(figure).toBeLessThanOrEqual(1);
      }
    }
  });

  it('compare under a prior whose density is infinite at the ends (mpmath)', () => {
    const jeffreys = { a: 0.5, b: 0.5 };
    const { chanceHigher } = compareBetas(betaPosterior({ n: 100, x: 0 }, jeffreys), jeffreys);
    expect(chanceHigher).toBeCloseTo(0.964157285318466, 13);
  });

  it('have equal-tailed intervals even at no event', () => {
    const [low, high] = betaInterval(betaPosterior({ n: 10_000, x: 0 }), 0.05);
    expect(low).toBeCloseTo(2.5315e-6, 10);
    expect(high).toBeCloseTo(3.6878e-4, 8);
  });
});
