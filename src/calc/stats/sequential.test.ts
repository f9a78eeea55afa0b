import { compareEventSequences, rateSequence } from './event-sequence';
import { isRefusal } from './refusal';
import { sequentialBoundDistance, sequentialHalfWidth, sequentialPValue } from './sequential';

const at = (n: number, estimate: number, tuning = 1_000_000) => ({
  estimate,
  standardError: 1 / Math.sqrt(n),
  n,
  alpha: 0.05,
  tuning,
});

describe('the asymptotic sequence', () => {
  it('has p = alpha exactly where its interval touches zero', () => {
    const halfWidth = sequentialHalfWidth(at(50_000, 0));
    expect(sequentialPValue(at(50_000, halfWidth))).toBeCloseTo(0.05, 10);
  });

  it('is tightest, against the fixed interval, near the planned total', () => {
    const ratio = (n: number) => sequentialHalfWidth(at(n, 0)) * Math.sqrt(n);
    expect(ratio(1_000_000)).toBeLessThan(ratio(10_000));
    expect(ratio(1_000_000)).toBeLessThan(ratio(100_000_000));
  });

  it('tuned for 5,000 is wide at a million: 1.9 times the fixed interval', () => {
    expect((sequentialHalfWidth(at(1_000_000, 0, 5000)) * 1000) / 1.96).toBeCloseTo(1.9, 1);
  });

  it('stays finite at effects whose e-value overflows, and at no effect', () => {
    expect(sequentialPValue(at(1_000_000, 1000))).toBe(0);
    expect(sequentialPValue(at(1_000_000, 0))).toBe(1);
  });

  it('needs less room for one side', () => {
    expect(sequentialBoundDistance(at(50_000, 0))).toBeLessThan(sequentialHalfWidth(at(50_000, 0)));
  });
});

describe('the sequence of event counts', () => {
  const compare = (xa: number, na: number, xb: number, nb: number) => {
    const sequence = compareEventSequences([{ control: { n: na, x: xa }, variant: { n: nb, x: xb } }], [1], 0.05);
    if (isRefusal(sequence)) {
      throw new Error(sequence.refused);
    }
    return sequence;
  };

  it('sees 37 errors against none, where the delta method has no answer', () => {
    const { pValue, difference, relative } = compare(0, 10_000, 37, 10_000);
    // 38·½³⁷: the uniform mixture against a fair coin that fell one way 37 times.
    expect(pValue).toBeCloseTo(38 * 0.5 ** 37, 20);
    expect(difference[0]).toBeGreaterThan(0);
    expect(difference[0]).toBeLessThan(0.0037);
    expect(difference[1]).toBeGreaterThan(0.0037);
    expect(relative[1]).toBe(Number.POSITIVE_INFINITY);
  });

  it('has intervals that exclude zero exactly when p < alpha', () => {
    for (let x = 5; x <= 60; x++) {
      const { pValue, difference, relative } = compare(10, 9000, x, 12_000);
      expect(difference[0] > 0 || difference[1] < 0).toBe(pValue < 0.05);
      expect(relative[0] > 0 || relative[1] < 0).toBe(pValue < 0.05);
    }
  });

  it('without events knows that rates are low, and nothing of their ratio', () => {
    const { pValue, difference, relative } = compare(0, 10_000, 0, 10_000);
    expect(pValue).toBe(1);
    expect(relative).toEqual([-1, Number.POSITIVE_INFINITY]);
    expect(difference[0]).toBeCloseTo(-difference[1], 12);
    expect(difference[1]).toBeLessThan(0.002);
  });

  it('turns with the arms', () => {
    const forth = compare(3, 5000, 20, 4000).difference;
    const back = compare(20, 4000, 3, 5000).difference;
    expect(back[0]).toBeCloseTo(-forth[1], 9);
    expect(back[1]).toBeCloseTo(-forth[0], 9);
  });

  it('adds the evidence of several strata', () => {
    const stratum = { control: { n: 1000, x: 2 }, variant: { n: 1000, x: 12 } };
    const p = (strata: number) => {
      const all = Array.from({ length: strata }, () => stratum);
      const sequence = compareEventSequences(
        all,
        all.map(() => 1 / strata),
        0.05,
      );
      return isRefusal(sequence) ? Number.NaN : sequence.pValue;
    };
    expect(p(2)).toBeCloseTo(p(1) ** 2, 12);
  });

  it('refuses to compare nothing', () => {
    expect(compareEventSequences([], [], 0.05)).toEqual({ refused: 'no-data' });
  });

  it('of a single rate contains it and narrows with the count', () => {
    const [low, high] = rateSequence({ n: 1000, x: 100 }, 0.05);
    const [, higher] = rateSequence({ n: 100, x: 10 }, 0.05);
    expect(low).toBeLessThan(0.1);
    expect(high).toBeGreaterThan(0.1);
    expect(high).toBeLessThan(higher);
    expect(rateSequence({ n: 50, x: 0 }, 0.05)[0]).toBe(0);
    expect(rateSequence({ n: 50, x: 50 }, 0.05)[1]).toBe(1);
  });
});
