import { midExperimentPower } from './mid-experiment';
import { outlookOf } from './outlook';
import {
  daysNeeded,
  minimumDetectableEffect,
  plannedPower,
  plannedSequentialPower,
  sampleSizeAbsolute,
  sampleSizePerArm,
} from './power';

const rate = { mean: 0.1, variance: 0.09 };
const number = (value: unknown): number => (typeof value === 'number' ? value : Number.NaN);

describe('planning', () => {
  it('finds with the sample size the power that was asked for', () => {
    const n = number(sampleSizePerArm(rate, { alpha: 0.05, power: 0.8, effect: 0.05 }));
    const planned = plannedPower(rate, { effect: 0.05, n, alpha: 0.05 });
    expect('power' in planned ? planned.power : null).toBeCloseTo(0.8, 5);
  });

  it('finds the effect that the same sample size was for', () => {
    const n = number(sampleSizePerArm(rate, { alpha: 0.05, power: 0.8, effect: 0.05 }));
    expect(minimumDetectableEffect(rate, { alpha: 0.05, power: 0.8, n })).toBeCloseTo(0.05, 10);
  });

  it('needs as many days as the slower arm makes them', () => {
    const plan = { alpha: 0.05, power: 0.8, effect: 0.05 };
    const n = number(sampleSizePerArm(rate, plan));
    expect(daysNeeded(rate, { ...plan, dailyControl: 1000, dailyVariant: 1000 })).toBeCloseTo(n / 1000, 9);
    expect(number(daysNeeded(rate, { ...plan, dailyControl: 1000, dailyVariant: 100 }))).toBeGreaterThan(n / 200);
  });

  it('has less power sequentially than for one look', () => {
    const plan = { effect: 0.05, n: 50_000, alpha: 0.05 };
    const fixed = plannedPower(rate, plan);
    const sequential = plannedSequentialPower(rate, { ...plan, tuning: 100_000 });
    expect('power' in fixed && 'power' in sequential && sequential.power < fixed.power).toBe(true);
  });

  it('gives both arms their share of an absolute sample size', () => {
    const plan = { alpha: 0.05, power: 0.9, effect: 1 };
    const even = sampleSizeAbsolute(324, { ...plan, ratio: 1 });
    expect('control' in even ? even.control : null).toBeCloseTo(6808.81, 1);
    const uneven = sampleSizeAbsolute(324, { ...plan, ratio: 3 });
    expect('control' in uneven && uneven.variant / uneven.control).toBeCloseTo(3, 12);
  });

  it.each([
    [
      'a mean of zero',
      () => plannedPower({ mean: 0, variance: 1 }, { effect: 0.1, n: 10, alpha: 0.05 }),
      'zero-control',
    ],
    [
      'no variance',
      () => plannedSequentialPower({ mean: 1, variance: 0 }, { effect: 0.1, n: 10, alpha: 0.05, tuning: 10 }),
      'zero-variance',
    ],
    [
      'a sample that finds nothing',
      () => minimumDetectableEffect(rate, { alpha: 0.05, power: 0.8, n: 70 }),
      'sample-too-small',
    ],
    ['an empty sample', () => minimumDetectableEffect(rate, { alpha: 0.05, power: 0.8, n: 0 }), 'sample-too-small'],
    ['no effect', () => sampleSizePerArm(rate, { alpha: 0.05, power: 0.8, effect: 0 }), 'bad-parameter'],
    [
      'no traffic',
      () => daysNeeded(rate, { alpha: 0.05, power: 0.8, effect: 0.1, dailyControl: 0, dailyVariant: 9 }),
      'bad-parameter',
    ],
    [
      'a power below alpha',
      () => sampleSizeAbsolute(1, { alpha: 0.05, power: 0.01, effect: 1, ratio: 1 }),
      'bad-parameter',
    ],
    [
      'a variance of zero',
      () => sampleSizeAbsolute(0, { alpha: 0.05, power: 0.8, effect: 1, ratio: 1 }),
      'zero-variance',
    ],
  ] as const)('refuses %s', (_, ask, refused) => {
    expect(ask()).toMatchObject({ refused });
  });
});

describe('a running test', () => {
  const present = { standardError: 0.03, n: 20_000 };
  const plan = { alpha: 0.05, targetPower: 0.8, targetEffect: 0.05, tuning: null };

  it('needs as much more data as brings its error down to the target', () => {
    const outlook = midExperimentPower(present, plan);
    // (z₀.₉₇₅ + z₀.₈) standard errors make the target effect.
    const needed = (0.03 * (1.959964 + 0.841621)) / 0.05;
    expect('scalingFactor' in outlook && outlook.scalingFactor).toBeCloseTo(needed ** 2 - 1, 3);
  });

  it('needs more of it to be looked at any time', () => {
    const sequential = midExperimentPower(present, { ...plan, tuning: 100_000 });
    const fixed = midExperimentPower(present, plan);
    expect(
      'scalingFactor' in sequential && 'scalingFactor' in fixed && sequential.scalingFactor > fixed.scalingFactor,
    ).toBe(true);
  });

  it('needs nothing more once the power is there, and refuses to wait for no effect', () => {
    expect(midExperimentPower(present, { ...plan, targetEffect: 0.2 })).toMatchObject({ scalingFactor: 0 });
    expect(midExperimentPower(present, { ...plan, targetEffect: 0 })).toMatchObject({ refused: 'bad-parameter' });
  });

  it('tells how far it is and how long it takes', () => {
    const target = { effect: 0.05, power: 0.8, alpha: 0.05, tuning: null };
    const now = { standardError: 0.03, halfWidth: 0.0588, n: 20_000, isDecided: false, elapsedDays: 4 };
    const { progress, mde, power } = outlookOf(now, target);
    expect(mde).toBeCloseTo(0.0588 + 0.841621 * 0.03, 5);
    expect(power).toBeGreaterThan(0.3);
    expect(progress?.share).toBeCloseTo(20_000 / (progress?.needed ?? 0), 9);
    expect(progress?.daysLeft).toBeCloseTo(4 * (1 / (progress?.share ?? 1) - 1), 9);
    expect(outlookOf({ ...now, elapsedDays: null }, target).progress?.daysLeft).toBeNull();
    expect(outlookOf({ ...now, isDecided: true }, target).progress?.daysLeft).toBe(0);
  });
});
