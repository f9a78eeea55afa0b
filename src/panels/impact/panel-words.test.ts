import { sampleInput } from '../../calc/impact/test-input';
import { estimateImpact } from '../../calc/impact/estimate-impact';
import { isImpactRefusal } from '../../calc/impact/refusal';
import { netFigure, paybackFigure, roiFigure } from './hero-words';
import { waterfallWords } from './impact-facts';
import { parametersSetHere } from './options';
import { writeParameter } from './parameter-words';
import { roundTicks } from './scale';
import { sliderRange } from './slider-range';

const plain = (text: string | null) => (text ?? '').replaceAll('\u00a0', ' ').replaceAll('\u2212', '-');

function impactOf(overrides: Parameters<typeof sampleInput>[0] = {}) {
  const impact = estimateImpact(sampleInput(overrides));
  if (isImpactRefusal(impact)) {
    throw new Error(impact.message);
  }
  return impact;
}

describe('parameters', () => {
  it.each([
    ['baseVolume', 10_000_000, '$10M'],
    ['revenueMultiplier', 0.005, '0.005'],
    ['costPerMs', 0.0001, '$0.0001'],
    ['costPerMs', 0.0001337, '$0.000134'],
    ['costPerError', 50, '$50.00'],
    ['infrastructure', -53_000, '-$53,000'],
    ['requestsPerDay', 47_892, '47,892'],
    ['multiplierCv', 0.5, '±50 %'],
  ] as const)('%s of %p reads %s', (name, value, words) => {
    expect(plain(writeParameter(name, value, 'USD'))).toBe(words);
  });

  it.each([
    ['revenueMultiplier', 0.005, { min: 0, max: 0.015 }],
    ['infrastructure', -100, { min: -300, max: 300 }],
    ['servingCost', 0, { min: 0, max: 0.001 }],
  ] as const)('the slider of %s starts a third into its range', (name, start, range) => {
    expect(sliderRange(name, start)).toMatchObject({ min: range.min, max: expect.closeTo(range.max, 12) as number });
  });

  it('requests never slide to zero, which no rollout has', () => {
    expect(sliderRange('requestsPerDay', 30_000).min).toBeGreaterThan(0);
  });

  it('an emptied field of the panel sets nothing', () => {
    const options = { showAdvice: true, showWhatIf: true, parameters: { baseVolume: null, costPerMs: 0 } };
    expect(parametersSetHere(options)).toEqual({ costPerMs: 0 });
  });
});

describe('figures', () => {
  it("read the seed's sample", () => {
    const impact = impactOf();
    expect(
      [netFigure(impact), roiFigure(impact), paybackFigure(impact)].map(({ estimate }) => plain(estimate)),
    ).toEqual(['+$685,700', '+1,194 %', '28 days']);
  });

  it.each([
    [53_000, true],
    [0, false],
  ])('with infrastructure of %d the waterfall says that its net is before it: %p', (infrastructure, isSaid) => {
    const input = sampleInput({ parameters: { infrastructure } });
    expect(waterfallWords(impactOf({ parameters: { infrastructure } }), input).includes('before infrastructure')).toBe(
      isSaid,
    );
  });

  it('a return of many digits is read by its magnitude', () => {
    const impact = { ...impactOf(), roiPercentage: 12_821_937, roiLow: 6_174_025, roiHigh: 19_469_850 };
    expect(plain(roiFigure(impact).estimate)).toBe('+12.8M %');
    expect(plain(roiFigure(impact).interval)).toBe('6.2M…19.5M %');
  });

  it('a net that never pays reads never, not a number', () => {
    const impact = impactOf({ accuracy: { control: 0.8, treatment: 0.7, difference: -0.1, variance: 1e-6, state: 'measured' } }); // prettier-ignore
    expect(paybackFigure(impact)).toMatchObject({ estimate: 'never', interval: 'never' });
  });

  it('a net that is not known has a dash, not never', () => {
    expect(paybackFigure(impactOf({ accuracy: null }))).toMatchObject({ estimate: '–', interval: null });
  });

  it('nothing to invest gives no return to show, and says so', () => {
    expect(roiFigure(impactOf({ parameters: { infrastructure: 0 } }))).toMatchObject({
      estimate: '–',
      interval: null,
      without: 'nothing to invest',
    });
  });

  it('a payback under a day claims no more than that', () => {
    expect(plain(paybackFigure(impactOf({ parameters: { infrastructure: 10 } })).estimate)).toBe('< 1 day');
  });
});

describe('roundTicks', () => {
  it.each([
    [[-150, 430], 4, [0, 200, 400]],
    [[0, 1.7e6], 3, [0, 1e6]],
    [[0, 0], 4, []],
    [[5, 6], 4, [5, 5.25, 5.5, 5.75, 6]],
  ] as const)('of %p in at most about %p steps are %p', (domain, most, ticks) => {
    expect(roundTicks(domain, most)).toEqual(ticks);
  });
});
