import {
  decimalsFor,
  formatAge,
  formatCount,
  formatInterval,
  formatLift,
  formatMoney,
  formatMoneyInterval,
  formatMoneyShort,
  formatPayback,
  formatProbability,
  formatPValue,
  formatSplit,
  formatValue,
} from './notation';

/** Readable expectations: `~` stands for the no-break space, `-` for the minus sign. */
const written = (text: string) => text.replaceAll('~', '\u00a0').replaceAll('-', '\u2212');

describe('values', () => {
  it.each([
    [0.782, 'fraction', '78.2~%'],
    [0.0119, 'fraction', '1.19~%'],
    [1, 'fraction', '100~%'],
    [0, 'fraction', '0~%'],
    [0.00012, 'fraction', '0.0120~%'],
    [84, 'ms', '84~ms'],
    [112.4, 'ms', '112~ms'],
    [4.25, 'ms', '4.25~ms'],
    [0.142, 'USD', '$0.1420'],
    [1234567, 'plain', '1,234,567'],
    [-3.14159, 'plain', '-3.14'],
  ])('%p in %s reads %s', (value, unit, expected) => {
    expect(formatValue(value, unit)).toBe(written(expected));
  });

  it.each([null, undefined, Number.NaN, Number.POSITIVE_INFINITY])(
    'a missing value (%p) is a dash, not a zero',
    (value) => {
      expect(formatValue(value, 'fraction')).toBe('–');
      expect(formatLift(value, null, 'ms')).toBe('–');
      expect(formatProbability(value)).toBe('–');
      expect(formatPValue(value)).toBe('–');
      expect(formatMoney(value, 'USD')).toBe('–');
      expect(formatCount(value)).toBe('–');
      expect(formatAge(value)).toBe('–');
    },
  );

  it('takes the decimals of the lift it stands beside', () => {
    expect(formatValue(0.0119, 'fraction', 1)).toBe(written('1.2~%'));
  });
});

describe('lifts and their intervals', () => {
  it.each([
    [0.036, 0.029, 0.043, 'fraction', '+3.6~pp', '2.9…4.3'],
    [-0.0005, -0.0012, 0.0002, 'fraction', '-0.05~pp', '-0.12…+0.02'],
    [28, 26, 30, 'ms', '+28~ms', '26…30'],
    [0.016, -0.018, 0.05, 'fraction', '+1.6~pp', '-1.8…+5.0'],
    [-0.0003, -0.002, 0.0014, 'fraction', '-0.03~pp', '-0.20…+0.14'],
    [-0.027, -0.051, -0.003, 'fraction', '-2.7~pp', '-5.1…-0.3'],
    [0.3, 0.05, 0.55, 'fraction', '+30~pp', '5…55'],
    [1.2, 0, 2.4, 'ms', '+1.2~ms', '0.0…2.4'],
    [0.0054, -0.0006, 0.0114, 'USD', '+$0.005', '-0.001…+0.011'],
  ])('%p in [%p, %p] %s reads %s and %s', (estimate, low, high, unit, lift, interval) => {
    expect(formatLift(estimate, { low, high }, unit)).toBe(written(lift));
    expect(formatInterval({ low, high }, unit)).toBe(written(interval));
  });

  it('reads a relative lift in per cent', () => {
    const interval = { low: -0.004, high: 0.08 };
    expect(formatLift(0.038, interval, 'USD', 'relative')).toBe(written('+3.8~%'));
    expect(formatInterval(interval, 'USD', { scale: 'relative' })).toBe(written('-0.4…+8.0'));
  });

  it.each([-0.0000001, 0, 0.0000001])('never writes a signed zero (%p)', (value) => {
    expect(formatLift(value, { low: -0.01, high: 0.01 }, 'fraction')).toBe(written('0.0~pp'));
  });

  it('carries the unit once when asked to', () => {
    expect(formatInterval({ low: 0.029, high: 0.043 }, 'fraction', { withUnit: true })).toBe(written('2.9…4.3~pp'));
  });

  it('shows an open end as infinity', () => {
    expect(formatInterval({ low: Number.NEGATIVE_INFINITY, high: 0.489 }, 'plain')).toBe(written('-∞…+0.489'));
  });

  it('has no decimals to offer for an interval without width', () => {
    expect(decimalsFor({ low: 1, high: 1 }, 'plain')).toBeNull();
    expect(formatLift(0.0361, { low: 0.0361, high: 0.0361 }, 'fraction')).toBe(written('+3.61~pp'));
  });
});

describe('probabilities', () => {
  it.each([
    [0.96, '96~%'],
    [0.9991, '>~99.9~%'],
    [1, '>~99.9~%'],
    [0.999, '99.9~%'],
    [0.9949, '99.5~%'],
    [0.5, '50~%'],
    [0.004, '0.4~%'],
    [0.0009, '<~0.1~%'],
    [0, '<~0.1~%'],
  ])('%p reads %s', (probability, expected) => {
    expect(formatProbability(probability)).toBe(written(expected));
  });

  it.each([
    [0.894, '0.89'],
    [0.0123, '0.012'],
    [0.00012, '0.0001'],
    [7.9e-6, '<~0.0001'],
    [1, '1.00'],
  ])('p-value %p reads %s', (pValue, expected) => {
    expect(formatPValue(pValue)).toBe(written(expected));
  });
});

describe('money', () => {
  it.each([
    [7180, 'USD', '$7,180'],
    [-430.4, 'USD', '-$430'],
    [12.5, 'EUR', '€12.50'],
    [0, 'USD', '$0'],
    [-0.00001, 'USD', '$0.0000'],
    [1500, 'CHF', 'CHF~1,500'],
    [1500, 'points', 'points~1,500'],
  ])('%p %s reads %s', (value, currency, expected) => {
    expect(formatMoney(value, currency)).toBe(written(expected));
  });

  it.each([
    [-800, 15_100, '-0.8k…15.1k'],
    [0, 15_100, '0…15.1k'],
    [120_000, 480_000, '120k…480k'],
    [-1_200_000, 7_300_000, '-1.2M…7.3M'],
    [-40, 320, '-40…320'],
    [2.1e9, 3.4e9, '2.1bn…3.4bn'],
  ])('%p to %p reads %s', (low, high, expected) => {
    expect(formatMoneyInterval({ low, high })).toBe(written(expected));
  });

  it('an interval of money that stands alone carries its currency at both ends', () => {
    expect(formatMoneyInterval({ low: -384_000, high: 229_000 }, 'USD')).toBe('−$384k…$229k');
    expect(formatMoneyInterval({ low: 0, high: 15_100 }, 'EUR')).toBe('€0…€15.1k');
  });

  it.each([
    [0, '$0'],
    [-50_000, '-$50k'],
    [672_450, '$672k'],
    [999_950, '$1M'],
    [1_234_567, '$1.23M'],
    [12_500, '$12.5k'],
    [2.5e9, '$2.5bn'],
    [64, '$64.00'],
    [null, '–'],
  ])('money %p in short reads %s', (value, expected) => {
    expect(formatMoneyShort(value, 'USD')).toBe(written(expected));
  });

  it.each([
    [28.9, '29~days'],
    [3.24, '3.2~days'],
    [1168, '3.2~years'],
    [null, 'never'],
    [Number.POSITIVE_INFINITY, 'never'],
  ])('a payback of %p days reads %s', (days, expected) => {
    expect(formatPayback(days)).toBe(written(expected));
  });
});

describe('counts, ages and splits', () => {
  it.each([
    [454_880, '454,880'],
    [1_000_000_000, '1,000,000,000'],
    [12_409.7, '12,410'],
  ])('%p reads %s', (count, expected) => {
    expect(formatCount(count)).toBe(expected);
  });

  it.each([
    [12.9, '12~s'],
    [-2, '0~s'],
    [300, '5~min'],
    [3 * 3600, '3~h'],
    [41 * 86_400, '41~d'],
  ])('an age of %p s reads %s', (seconds, expected) => {
    expect(formatAge(seconds)).toBe(written(expected));
  });

  it.each([
    [[0.7, 0.3], '70/30'],
    [[66.1, 33.9], '66.1/33.9'],
    [[1, 1, 2], '25/25/50'],
    [[0, 0], '–'],
  ])('a split of %p reads %s', (shares, expected) => {
    expect(formatSplit(shares)).toBe(expected);
  });
});
