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
    const { mean, sd } = gaussianPosterior(0.2, 0.3, { mean: 0, variance: 0.09 });
    expect(mean).toBeCloseTo(0.1, 12);
    expect(sd).toBeCloseTo(0.3 / Math.SQRT2, 12);
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

  it('have equal-tailed intervals even at no event', () => {
    const [low, high] = betaInterval(betaPosterior({ n: 10_000, x: 0 }), 0.05);
    expect(low).toBeCloseTo(2.5315e-6, 10);
    expect(high).toBeCloseTo(3.6878e-4, 8);
  });
});
