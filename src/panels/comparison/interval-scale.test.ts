import { placeInterval } from './interval-scale';

const ROW = { lift: 0.036, fixed: { low: 0.029, high: 0.043 }, sequential: { low: 0.0265, high: 0.0455 }, margin: undefined, direction: 'higher' } as const; // prettier-ignore

describe('the benefit axis', () => {
  it('fits the largest end at 89 % of the half width', () => {
    const { sequential, zero } = placeInterval(ROW, 400);
    expect(zero).toBe(200);
    expect(sequential?.to).toBeCloseTo(200 + 0.89 * 200, 9);
  });

  it('puts better to the right for both directions: a falling error rate lies where a rising accuracy does', () => {
    const accuracy = placeInterval(ROW, 400);
    const errors = placeInterval(
      { ...ROW, lift: -0.036, fixed: { low: -0.043, high: -0.029 }, sequential: { low: -0.0455, high: -0.0265 }, direction: 'lower' },
      400,
    ); // prettier-ignore
    expect(errors).toEqual(accuracy);
  });

  it('puts the margin on the worse side, and scales to it when it is the farthest', () => {
    const { margin, estimate } = placeInterval(
      { lift: 28, fixed: { low: 26, high: 30 }, sequential: null, margin: 40, direction: 'lower' },
      400,
    );
    expect(margin).toBeCloseTo(200 - 178, 9);
    expect(estimate).toBeCloseTo(200 - (28 / 40) * 178, 9);
  });

  it('cuts an unbounded end off at the edge of the column', () => {
    const { fixed } = placeInterval({ ...ROW, fixed: { low: 0.01, high: Infinity }, sequential: null }, 400);
    expect(fixed?.to).toBe(400);
  });

  it('no difference at all stays on the zero line', () => {
    const zeroes = { low: 0, high: 0 };
    expect(placeInterval({ ...ROW, lift: 0, fixed: zeroes, sequential: null }, 400)).toMatchObject({
      estimate: 200,
      fixed: { from: 200, to: 200 },
    });
  });
});
