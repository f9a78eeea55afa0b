import { proportionMoments } from './proportion';
import { standardise, strataWeights } from './strata';
import { absoluteEffect, effectOf } from './welch';

const arm = (n: number, x: number) => ({ ...proportionMoments({ n, x }), size: n });
const sizes = (strata: readonly { control: { size: number }; variant: { size: number } }[]) =>
  strata.map(({ control, variant }) => ({ control: control.size, variant: variant.size }));

describe('strata', () => {
  it('of which there is one are the plain two-arm formula', () => {
    const stratum = { control: arm(1000, 100), variant: arm(800, 120) };
    const { control, variant, dof } = standardise([stratum], strataWeights(sizes([stratum])) ?? []);
    const plain = effectOf(stratum.control, stratum.variant, 'absolute');
    expect(absoluteEffect(control, variant, dof)).toEqual(plain);
  });

  it('undo a ramp: identical variants, while the error rate doubles, do not differ', () => {
    const ramp = [
      { control: arm(90_000, 900), variant: arm(10_000, 100) },
      { control: arm(50_000, 1000), variant: arm(50_000, 1000) },
    ];
    const pooled = [1900 / 140_000, 1100 / 60_000];
    expect(pooled.map((rate) => +(rate * 100).toFixed(2))).toEqual([1.36, 1.83]);
    const { control, variant } = standardise(ramp, strataWeights(sizes(ramp)) ?? []);
    expect(variant.mean - control.mean).toBeCloseTo(0, 12);
  });

  it('weigh by the smaller arm, not by the outcome', () => {
    const weights = strataWeights([
      { control: 90_000, variant: 10_000 },
      { control: 50_000, variant: 50_000 },
    ]);
    expect(weights?.map((weight) => +weight.toFixed(4))).toEqual([0.2647, 0.7353]);
  });

  it('with an empty arm weigh nothing, and all of them make no comparison', () => {
    expect(
      strataWeights([
        { control: 0, variant: 10 },
        { control: 5, variant: 5 },
      ]),
    ).toEqual([0, 1]);
    expect(strataWeights([{ control: 0, variant: 10 }])).toBeNull();
    expect(strataWeights([])).toBeNull();
  });
});
