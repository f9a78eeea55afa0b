import { readFileSync } from 'node:fs';
import { DAYS_A_YEAR } from './money';
import { estimateImpact } from './estimate-impact';
import { difference, impactOf, sampleInput } from './test-input';

describe('estimateImpact', () => {
  it("gives the seed's sample figures when fed its inputs", () => {
    const impact = impactOf();
    expect(impact.annualRevenueIncrease).toBeCloseTo(672_450, -1);
    expect(impact.annualCostIncrease).toBeCloseTo(28_930, -1);
    expect(impact.annualRiskReduction).toBeCloseTo(42_180, -1);
    expect(impact.netAnnualValue).toBeCloseTo(685_700, -1);
    expect(Math.round(impact.roiPercentage ?? 0)).toBe(1194);
    expect(Math.round(impact.paybackDays ?? 0)).toBe(28);
    expect(impact).toMatchObject({
      requestsPerDay: 47_892,
      state: 'result',
      currency: 'USD',
      extrapolatedFromDays: 14,
    });
  });

  it('takes all terms at full rollout, so that a small exposure changes nothing', () => {
    const small = impactOf({ requestsPerDay: 47_892 * 0.05, exposure: 0.05 });
    expect(small.netAnnualValue).toBeCloseTo(impactOf().netAnnualValue ?? 0, 6);
  });

  it('prefers requests a day from the parameters to the measured ones', () => {
    const impact = impactOf({ parameters: { requestsPerDay: 95_784 } });
    expect(impact.requestsPerDay).toBe(95_784);
    expect(impact.annualCostIncrease).toBeCloseTo(2 * (impactOf().annualCostIncrease ?? 0), 6);
  });

  it('subtracts serving cost from net and counts it as cost', () => {
    const impact = impactOf({ parameters: { servingCost: 0.001 } });
    const serving = 47_892 * 0.001 * DAYS_A_YEAR;
    expect(impact.annualCostIncrease).toBeCloseTo((impactOf().annualCostIncrease ?? 0) + serving, 6);
    expect(impact.netAnnualValue).toBeCloseTo((impactOf().netAnnualValue ?? 0) - serving, 6);
  });

  it('makes a faster treatment a saving', () => {
    const impact = impactOf({ latency: difference(60, 45) });
    expect(impact.annualCostIncrease).toBeLessThan(0);
    expect(impact.terms.find(({ name }) => name === 'latency')?.annual).toBeGreaterThan(0);
  });

  it('widens the interval for the uncertainty of the multiplier and says which kind it is', () => {
    const sampling = impactOf();
    const full = impactOf({ parameters: { multiplierCv: 0.5 } });
    const width = ({ netLow, netHigh }: typeof full) => (netHigh ?? 0) - (netLow ?? 0);
    expect(width(full)).toBeGreaterThan(3 * width(sampling));
    expect(full.includesMultiplier).toBe(true);
    expect(sampling.warnings.map(({ code }) => code)).toContain('sampling-only');
    expect(full.warnings.map(({ code }) => code)).not.toContain('sampling-only');
  });

  it('reads never, a null bound, where the lower bound of net does not pay', () => {
    const impact = impactOf({ accuracy: difference(0.78, 0.8, 0.02) });
    expect(impact.netLow).toBeLessThan(0);
    expect(impact.paybackDays).toBeGreaterThan(0);
    expect(impact.paybackHigh).toBeNull();
  });

  it('gives twenty outcomes whose count past zero agrees with the chance to pay back', () => {
    for (const treatment of [0.75, 0.782, 0.786, 0.79, 0.83]) {
      const impact = impactOf({ accuracy: difference(0.782, treatment, 0.004), parameters: { multiplierCv: 0.5 } });
      const paidBack = impact.outcomes.filter((outcome) => outcome > 0).length;
      expect(impact.outcomes).toHaveLength(20);
      expect(paidBack).toBe(Math.round(20 * (impact.pRoiPositive ?? -1)));
    }
  });

  it('pays back exactly at the break-even multiplier', () => {
    const needed = impactOf().breakEvenMultiplier ?? 0;
    expect(impactOf({ parameters: { revenueMultiplier: needed } }).roiPercentage).toBeCloseTo(0, 8);
  });

  it('knows no break-even when the treatment is not more accurate', () => {
    expect(impactOf({ accuracy: difference(0.8, 0.78) }).breakEvenMultiplier).toBeNull();
  });

  describe('with something missing', () => {
    it('leaves net unknown when a variant has no accuracy, and keeps the other terms', () => {
      const impact = impactOf({ accuracy: null });
      expect(impact).toMatchObject({
        annualRevenueIncrease: null,
        netAnnualValue: null,
        pRoiPositive: null,
        state: 'missing',
      });
      expect(impact.annualCostIncrease).toBeGreaterThan(0);
      expect(impact.outcomes).toEqual([]);
      expect(impact.warnings).toContainEqual(expect.objectContaining({ code: 'not-measured', field: 'accuracy' }));
    });

    it('needs no measurement of what has no price', () => {
      const impact = impactOf({ accuracy: null, parameters: { revenueMultiplier: 0 } });
      expect(impact.annualRevenueIncrease).toBe(0);
      expect(impact.netAnnualValue).not.toBeNull();
    });

    it('needs requests for latency and errors, not for revenue', () => {
      const impact = impactOf({ requestsPerDay: null });
      expect(impact.annualRevenueIncrease).toBeGreaterThan(0);
      expect(impact).toMatchObject({ annualCostIncrease: null, netAnnualValue: null, requestsPerDay: null });
    });

    it('gives no interval and no chance when a figure came without its count', () => {
      const impact = impactOf({ accuracy: difference(0.782, 0.818, null) });
      expect(impact.netAnnualValue).toBeGreaterThan(0);
      expect(impact).toMatchObject({ netLow: null, netHigh: null, pNetPositive: null, pRoiPositive: null });
      expect(impact.warnings).toContainEqual(expect.objectContaining({ code: 'no-interval', field: 'accuracy' }));
    });
  });

  describe('with nothing to invest', () => {
    it.each([0, -1000])('infrastructure %p gives no return, pays back at once and says so', (infrastructure) => {
      const impact = impactOf({ parameters: { infrastructure } });
      expect(impact).toMatchObject({ roiPercentage: null, roiLow: null, paybackDays: 0 });
      expect(impact.warnings).toContainEqual(
        expect.objectContaining({ code: 'no-outlay', field: 'parameters.infrastructure' }),
      );
    });
  });

  describe('given percent where a fraction is expected', () => {
    it('reads accuracies of 78.2 and 81.8 as percent and says so', () => {
      const fraction = impactOf({ accuracy: difference(0.782, 0.818, 0.004) });
      const percent = impactOf({ accuracy: difference(78.2, 81.8, 0.4) });
      expect(percent.netAnnualValue).toBeCloseTo(fraction.netAnnualValue ?? 0, 4);
      expect(percent.netLow).toBeCloseTo(fraction.netLow ?? 0, 4);
      expect(percent.warnings).toContainEqual(
        expect.objectContaining({ code: 'percent-read-as-fraction', field: 'accuracy' }),
      );
    });

    it('reads an exposure of 50 as 50 %', () => {
      expect(impactOf({ exposure: 50 })).toMatchObject({ requestsPerDay: 47_892, exposure: 0.5 });
    });

    it('scales covariances along with the differences', () => {
      const covariances = { accuracyLatency: 0.002 };
      const fraction = impactOf({ covariances, accuracy: difference(0.782, 0.818, 0.004) });
      const percent = impactOf({ covariances: { accuracyLatency: 0.2 }, accuracy: difference(78.2, 81.8, 0.4) });
      expect(percent.netStandardError).toBeCloseTo(fraction.netStandardError ?? 0, 6);
    });

    it.each([
      ['revenueMultiplier', 50],
      ['multiplierCv', 50],
    ])('doubts a %s of %p', (name, value) => {
      expect(impactOf({ parameters: { [name]: value } }).warnings).toContainEqual(
        expect.objectContaining({ code: 'looks-like-percent', field: `parameters.${name}` }),
      );
    });
  });

  describe('refuses', () => {
    it.each([
      ['an absurd volume', { parameters: { baseVolume: 1e308 } }, 'absurd', 'parameters.baseVolume'],
      ['a vanishing outlay', { parameters: { infrastructure: 1e-308 } }, 'absurd', 'parameters.infrastructure'],
      [
        'a price that is not a number',
        { parameters: { costPerError: NaN } },
        'not-a-number',
        'parameters.costPerError',
      ],
      ['a negative price', { parameters: { costPerMs: -1 } }, 'negative', 'parameters.costPerMs'],
      ['zero requests measured', { requestsPerDay: 0 }, 'no-requests', 'requestsPerDay'],
      ['zero requests assumed', { parameters: { requestsPerDay: 0 } }, 'no-requests', 'parameters.requestsPerDay'],
      ['infinite requests', { requestsPerDay: Infinity }, 'not-a-number', 'requestsPerDay'],
      ['no exposure', { exposure: 0 }, 'exposure-out-of-range', 'exposure'],
      ['an empty window', { days: 0 }, 'no-days', 'days'],
      ['an accuracy that is not a number', { accuracy: difference(NaN, 0.8) }, 'not-a-number', 'accuracy'],
      ['a negative error rate', { errors: difference(-0.01, 0.01) }, 'negative', 'errors'],
      ['an accuracy above 100 %', { accuracy: difference(99, 182) }, 'not-a-fraction', 'accuracy'],
      ['a fraction beside a percentage', { accuracy: difference(0.782, 81.8) }, 'mixed-units', 'accuracy'],
      ['a covariance that is not a number', { covariances: { latencyErrors: NaN } }, 'not-a-number', 'covariances'],
      ['an alpha of a half', { alpha: 0.5 }, 'alpha-out-of-range', 'alpha'],
    ])('%s', (_, overrides, refused, field) => {
      expect(estimateImpact(sampleInput(overrides))).toEqual({
        refused,
        field,
        message: expect.any(String) as string,
        fix: expect.any(String) as string,
      });
    });

    it('nothing that is merely huge, and then answers in finite numbers', () => {
      const impact = impactOf({ parameters: { baseVolume: 1e18, costPerError: 1e18, multiplierCv: 5 } });
      const numbers = Object.values(impact).filter((value) => typeof value === 'number');
      expect(numbers.every(Number.isFinite)).toBe(true);
    });
  });

  it('warns when one term makes net, and when net is too good to be true', () => {
    const impact = impactOf({ errors: difference(0.0008, 0.0004), requestsPerDay: 985_000, exposure: 1 });
    const found = impact.warnings.map(({ code, field }) => `${code} ${field}`);
    expect(impact.annualRiskReduction).toBeCloseTo(7_190_500, -3);
    expect(found).toContain('one-term-dominates net');
    expect(impactOf({ errors: difference(0.01, 0.001), requestsPerDay: 985_000, exposure: 1 }).warnings).toContainEqual(
      expect.objectContaining({ code: 'net-implausible' }),
    );
    expect(impact.warnings.map(({ code }) => code)).not.toContain('net-implausible');
  });

  it('says that revenue rests on offline accuracy', () => {
    expect(impactOf({ accuracyOrigin: 'offline' }).warnings).toContainEqual(
      expect.objectContaining({ code: 'offline-accuracy' }),
    );
  });

  it('never carries a value that JSON cannot', () => {
    const impact = impactOf({ accuracy: difference(0.78, 0.781, 0.02), parameters: { multiplierCv: 0.5 } });
    expect(JSON.parse(JSON.stringify(impact))).toEqual(impact);
  });
});

describe('the simulated reference cases', () => {
  interface Reference {
    id: string;
    input: { multiplier_cv?: number };
    expected: Record<string, number>;
  }
  const file = new URL('../../../tests/golden/statistics.json', `file://${__filename}`);
  const cases = (JSON.parse(readFileSync(file, 'utf8')) as { cases: Reference[] }).cases;

  it('lie where the closed form of net over an uncertain multiplier puts them', () => {
    const reference = cases.find(({ id }) => id === 'roi_uncertainty-008');
    const impact = impactOf({
      accuracy: difference(0.782, 0.818, Math.sqrt((0.782 * 0.218 + 0.818 * 0.182) / 20_000)),
      latency: difference(45, 53, 0.2),
      errors: difference(0.012, 0.0095, 0.0003),
      parameters: { requestsPerDay: 1e6, costPerMs: 1e-5, costPerError: 0.05, multiplierCv: 0.5 },
    });
    const { sd_daily_net: sd = NaN, q025_daily_net: low = NaN, q975_daily_net: high = NaN } = reference?.expected ?? {};
    expect(Math.abs((impact.netStandardError ?? 0) / DAYS_A_YEAR / sd - 1)).toBeLessThan(0.005);
    expect(Math.abs((impact.netLow ?? 0) / DAYS_A_YEAR - low)).toBeLessThan(0.01 * sd);
    expect(Math.abs((impact.netHigh ?? 0) / DAYS_A_YEAR - high)).toBeLessThan(0.02 * sd);
  });
});
