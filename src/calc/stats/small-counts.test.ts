import { fisherPValue, fisherUpperTail, hypergeometricProbabilities } from './fisher';
import { newcombeInterval, pooledZPValue, wilsonInterval } from './small-counts';
import { stratifiedFisherPValue, stratifiedNewcombe } from './stratified-counts';

describe("Newcombe's interval", () => {
  // Newcombe (1998), “Interval estimation for the difference between independent proportions”, table II, method 10.
  it.each([
    [56, 70, 48, 80, 0.0524, 0.3339],
    [9, 10, 3, 10, 0.1705, 0.809],
    [6, 7, 2, 7, 0.0582, 0.8062],
    [5, 56, 0, 29, -0.0381, 0.1926],
    [0, 10, 0, 10, -0.2775, 0.2775],
    [10, 10, 0, 10, 0.6075, 1],
  ])('%p/%p − %p/%p as published', (x1, n1, x2, n2, low, high) => {
    const [gotLow, gotHigh] = newcombeInterval({ n: n2, x: x2 }, { n: n1, x: x1 }, 0.05);
    expect(gotLow).toBeCloseTo(low, 4);
    expect(gotHigh).toBeCloseTo(high, 4);
  });

  it('starts at zero and ends at one where the counts do', () => {
    expect(wilsonInterval({ n: 10_000, x: 0 }, 0.05)[0]).toBe(0);
    expect(wilsonInterval({ n: 10, x: 10 }, 0.05)[1]).toBe(1);
  });
});

describe("Fisher's test", () => {
  it('sums the shorter side, so that a variant far better than the control is answered at once', () => {
    const started = process.cpuUsage().user;
    expect(fisherUpperTail({ n: 1e9, x: 6e8 }, { n: 1e9, x: 4e8 })).toBe(1);
    expect((process.cpuUsage().user - started) / 1e6).toBeLessThan(0.5);
    expect(fisherUpperTail({ n: 4, x: 2 }, { n: 4, x: 2 })).toBeCloseTo(53 / 70, 12);
    expect(fisherUpperTail({ n: 4, x: 3 }, { n: 4, x: 1 })).toBeCloseTo(69 / 70, 12);
  });

  it('answers the lady tasting tea', () => {
    expect(fisherPValue({ n: 4, x: 1 }, { n: 4, x: 3 })).toBeCloseTo(34 / 70, 12);
    expect(fisherPValue({ n: 4, x: 0 }, { n: 4, x: 4 })).toBeCloseTo(2 / 70, 12);
  });

  it('sees 37 errors against none', () => {
    expect(fisherPValue({ n: 10_000, x: 0 }, { n: 10_000, x: 37 })).toBeCloseTo(1.40744586798e-11, 20);
  });

  it('is exact where other implementations lose digits (mpmath)', () => {
    const p = fisherPValue({ n: 1e9, x: 500 }, { n: 1e9, x: 600 });
    expect(Math.abs(p / 0.00281953742470842517 - 1)).toBeLessThan(1e-11);
    const common = fisherPValue({ n: 1e9, x: 5e8 }, { n: 1e9, x: 500_020_000 });
    expect(Math.abs(common / 0.371117288592577321 - 1)).toBeLessThan(1e-9);
  });

  it('cannot tell anything where one table only is possible', () => {
    expect(fisherPValue({ n: 10, x: 0 }, { n: 10, x: 0 })).toBe(1);
    expect(fisherPValue({ n: 10, x: 10 }, { n: 10, x: 10 })).toBe(1);
  });

  it('does not depend on which arm comes first, nor on what is called an event', () => {
    const a = { n: 30, x: 4 };
    const b = { n: 41, x: 15 };
    const flip = ({ n, x }: { n: number; x: number }) => ({ n, x: n - x });
    expect(fisherPValue(b, a)).toBeCloseTo(fisherPValue(a, b), 12);
    expect(fisherPValue(flip(a), flip(b))).toBeCloseTo(fisherPValue(a, b), 12);
  });

  it('gives every table its probability', () => {
    const { lowest, probabilities } = hypergeometricProbabilities({ n: 5, x: 3 }, { n: 9, x: 4 });
    expect(lowest).toBe(2);
    expect(probabilities).toHaveLength(6);
    expect(probabilities.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
  });
});

describe('several strata', () => {
  const strata = [
    { control: { n: 200, x: 3 }, variant: { n: 50, x: 2 } },
    { control: { n: 100, x: 1 }, variant: { n: 400, x: 9 } },
  ];

  it('of which one is empty are the other one alone', () => {
    const [first] = strata;
    const empty = { control: { n: 0, x: 0 }, variant: { n: 40, x: 3 } };
    const p = first ? fisherPValue(first.control, first.variant) : Number.NaN;
    expect(stratifiedFisherPValue(first ? [first, empty] : [])).toBe(p);
  });

  it('have the exact conditional p-value of all tables together', () => {
    // By brute force over both strata's tables.
    const [first, second] = strata.map(({ control, variant }) => hypergeometricProbabilities(control, variant));
    const totals = new Map<number, number>();
    for (const [i, p] of (first?.probabilities ?? []).entries()) {
      for (const [j, q] of (second?.probabilities ?? []).entries()) {
        totals.set(i + j, (totals.get(i + j) ?? 0) + p * q);
      }
    }
    const seen = totals.get(2 + 9) ?? 0;
    const expected = [...totals.values()].filter((p) => p <= seen * 1.000001).reduce((sum, p) => sum + p, 0);
    expect(stratifiedFisherPValue(strata)).toBeCloseTo(expected, 12);
  });

  it('lie as far apart as their weighted Wilson limits say', () => {
    const [low, high] = stratifiedNewcombe(strata, [0.4, 0.6], 0.05);
    const difference = 0.4 * (2 / 50 - 3 / 200) + 0.6 * (9 / 400 - 1 / 100);
    expect(low).toBeLessThan(difference);
    expect(high).toBeGreaterThan(difference);
    const [half] = strata;
    const doubled = half ? stratifiedNewcombe([half, half], [0.5, 0.5], 0.05) : [0, 0];
    const single = half ? newcombeInterval(half.control, half.variant, 0.05) : [0, 0];
    // Two strata alike are known √2 times better than one.
    const reach = (interval: readonly number[]) => (interval[1] ?? 0) - 0.025;
    expect(reach(doubled)).toBeCloseTo(reach(single) / Math.SQRT2, 10);
  });

  it('beyond two thousand tables agree with the normal approximation', () => {
    const large = [
      { control: { n: 40_000, x: 2000 }, variant: { n: 40_000, x: 2100 } },
      { control: { n: 40_000, x: 2000 }, variant: { n: 40_000, x: 2060 } },
    ];
    const z = pooledZPValue({ n: 80_000, x: 4000 }, { n: 80_000, x: 4160 });
    expect(stratifiedFisherPValue(large)).toBeCloseTo(z, 3);
  });
});

it('the pooled z test has nothing to tell apart at rates of 0 and 1', () => {
  expect(pooledZPValue({ n: 10, x: 0 }, { n: 20, x: 0 })).toBe(1);
  expect(pooledZPValue({ n: 10, x: 10 }, { n: 20, x: 20 })).toBe(1);
});
