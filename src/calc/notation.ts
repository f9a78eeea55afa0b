/**
 * Numbers as the product writes them: one notation for tiles, sentences and the command line. Minus is U+2212, a no-break
 * space stands before units, an interval reads `2.9…4.3`, differences of fractions are percentage points, and a number
 * that is missing is `–`, never 0.
 */

/** `fraction` reads as %, with differences in pp; `ms`; `plain`; otherwise an ISO 4217 currency code. */
export type NotationUnit = 'fraction' | 'ms' | 'plain' | (string & {});

/** The ends of an interval; infinite where it has no bound. */
export interface Range {
  low: number;
  high: number;
}

export const MISSING = '–';
const MINUS = '\u2212';
const SPACE = '\u00a0';
const MAX_DECIMALS = 12;

const numberFormats = new Map<number, Intl.NumberFormat>();
const currencySymbols = new Map<string, string>();

/** Digits with separators, without a sign. */
function digits(magnitude: number, decimals: number): string {
  let format = numberFormats.get(decimals);
  if (format === undefined) {
    format = new Intl.NumberFormat('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
    numberFormats.set(decimals, format);
  }
  return format.format(magnitude);
}

type Sign = 'negative-only' | 'always';

/** The sign belongs to the rounded number, so that `-0.00` and `+0.00` never appear. */
function signed(value: number, decimals: number, sign: Sign, symbol = ''): string {
  const body = Number.isFinite(value) ? digits(Math.abs(value), decimals) : '∞';
  const isZero = /^[0.,]*$/.test(body);
  const prefix = isZero || (value > 0 && sign === 'negative-only') ? '' : value < 0 ? MINUS : '+';
  return `${prefix}${symbol}${body}`;
}

/** The symbol of a currency, or its code with a space where it has none. */
function symbolOf(currency: string): string {
  let symbol = currencySymbols.get(currency);
  if (symbol === undefined) {
    const isKnown = /^[A-Z]{3}$/.test(currency);
    const parts = isKnown
      ? new Intl.NumberFormat('en-US', { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }).formatToParts(
          0,
        )
      : [];
    const written = parts.find((part) => part.type === 'currency')?.value ?? currency;
    symbol = /[A-Za-z]$/.test(written) ? `${written}${SPACE}` : written;
    currencySymbols.set(currency, symbol);
  }
  return symbol;
}

type Scale = 'absolute' | 'relative';
const isCurrency = (unit: NotationUnit): boolean => unit !== 'fraction' && unit !== 'ms' && unit !== 'plain';

/** What a stored number is multiplied by to be read, and what stands after it. */
function reading(unit: NotationUnit, scale: Scale | 'value'): { factor: number; suffix: string; symbol: string } {
  if (scale === 'relative') {
    return { factor: 100, suffix: `${SPACE}%`, symbol: '' };
  }
  switch (unit) {
    case 'fraction':
      return { factor: 100, suffix: scale === 'value' ? `${SPACE}%` : `${SPACE}pp`, symbol: '' };
    case 'ms':
      return { factor: 1, suffix: `${SPACE}ms`, symbol: '' };
    case 'plain':
      return { factor: 1, suffix: '', symbol: '' };
    default:
      return { factor: 1, suffix: '', symbol: symbolOf(unit) };
  }
}

const clampDecimals = (decimals: number): number => Math.min(MAX_DECIMALS, Math.max(0, decimals));

/** Decimals that keep one significant digit of the half-width, or two where its first digit is 1. */
function decimalsOfHalfWidth(halfWidth: number): number {
  const exponent = Math.floor(Math.log10(halfWidth));
  const leading = halfWidth / 10 ** exponent;
  return clampDecimals(-exponent + (leading < 2 ? 1 : 0));
}

/** Decimals that keep three significant digits. */
function decimalsOfValue(value: number): number {
  return value === 0 ? 0 : clampDecimals(2 - Math.floor(Math.log10(Math.abs(value))));
}

/**
 * Decimals an estimate and its interval share, read off the interval's half-width: 2.9…4.3 has one, −0.12…+0.02 two.
 * Null when the interval has no finite, positive width.
 */
export function decimalsFor(interval: Range, unit: NotationUnit, scale: Scale = 'absolute'): number | null {
  const { factor, suffix } = reading(unit, scale);
  const halfWidth = ((interval.high - interval.low) / 2) * factor;
  if (!Number.isFinite(halfWidth) || halfWidth <= 0) {
    return null;
  }
  const decimals = decimalsOfHalfWidth(halfWidth);
  const isPercentage = suffix.endsWith('%') || suffix.endsWith('pp');
  return isPercentage && halfWidth < 10 ? Math.max(1, decimals) : decimals;
}

const isNumber = (value: number | null | undefined): value is number => value != null && Number.isFinite(value);

/** A value of a metric: `78.2 %`, `84 ms`, `$0.1420`. `decimals` overrides the three significant digits. */
export function formatValue(value: number | null | undefined, unit: NotationUnit, decimals?: number): string {
  if (!isNumber(value)) {
    return MISSING;
  }
  if (isCurrency(unit) && decimals === undefined) {
    return formatMoney(value, unit);
  }
  const { factor, suffix, symbol } = reading(unit, 'value');
  const read = value * factor;
  const natural = unit === 'ms' && Math.abs(read) >= 10 ? 0 : decimalsOfValue(read);
  return signed(read, decimals ?? natural, 'negative-only', symbol) + suffix;
}

/** A lift, always with its sign: `+3.6 pp`, `−0.05 pp`, `+28 ms`; relative: `+3.8 %`. Decimals come from the interval. */
export function formatLift(
  estimate: number | null | undefined,
  interval: Range | null | undefined,
  unit: NotationUnit,
  scale: Scale = 'absolute',
): string {
  if (!isNumber(estimate)) {
    return MISSING;
  }
  const { factor, suffix, symbol } = reading(unit, scale);
  const decimals = (interval ? decimalsFor(interval, unit, scale) : null) ?? decimalsOfValue(estimate * factor);
  return signed(estimate * factor, decimals, 'always', symbol) + suffix;
}

/** The ends of a lift's interval: `2.9…4.3`, signs on both when either is negative: `−0.12…+0.02`. */
export function formatInterval(
  interval: Range | null | undefined,
  unit: NotationUnit,
  options: { scale?: Scale; withUnit?: boolean; decimals?: number } = {},
): string {
  if (!interval || Number.isNaN(interval.low) || Number.isNaN(interval.high)) {
    return MISSING;
  }
  const scale = options.scale ?? 'absolute';
  const { factor, suffix, symbol } = reading(unit, scale);
  const finiteEnd = Number.isFinite(interval.low) ? interval.low : interval.high;
  const natural = Number.isFinite(finiteEnd) ? decimalsOfValue(finiteEnd * factor) : 0;
  const decimals = options.decimals ?? decimalsFor(interval, unit, scale) ?? natural;
  const sign: Sign = interval.low < 0 || interval.high < 0 ? 'always' : 'negative-only';
  const end = (value: number) => signed(value * factor, decimals, sign, options.withUnit === true ? symbol : '');
  return `${end(interval.low)}…${end(interval.high)}${options.withUnit === true ? suffix : ''}`;
}

/** A probability: `96 %`, one decimal near the ends, capped at `> 99.9 %` and `< 0.1 %`. */
export function formatProbability(probability: number | null | undefined): string {
  if (!isNumber(probability)) {
    return MISSING;
  }
  if (probability > 0.999) {
    return `>${SPACE}99.9${SPACE}%`;
  }
  if (probability < 0.001) {
    return `<${SPACE}0.1${SPACE}%`;
  }
  const isNearAnEnd = probability < 0.01 || probability > 0.99;
  return `${digits(probability * 100, isNearAnEnd ? 1 : 0)}${SPACE}%`;
}

/** A p-value: `0.89`, `0.012`, `< 0.0001`. */
export function formatPValue(pValue: number | null | undefined): string {
  if (!isNumber(pValue)) {
    return MISSING;
  }
  if (pValue < 0.0001) {
    return `<${SPACE}0.0001`;
  }
  return digits(pValue, pValue >= 0.1 ? 2 : pValue >= 0.01 ? 3 : 4);
}

/** Money in full: `$7,180`, `−$430`, `$12.50`, `$0.1420`, `$0`. `currency` is an ISO 4217 code. */
export function formatMoney(value: number | null | undefined, currency: string, sign: Sign = 'negative-only'): string {
  if (!isNumber(value)) {
    return MISSING;
  }
  const magnitude = Math.abs(value);
  const decimals = magnitude >= 100 || magnitude === 0 ? 0 : magnitude >= 1 ? 2 : 4;
  return signed(value, decimals, sign, symbolOf(currency));
}

const MONEY_STEPS = [
  { from: 1e9, suffix: 'bn' },
  { from: 1e6, suffix: 'M' },
  { from: 1e3, suffix: 'k' },
  { from: 1, suffix: '' },
] as const;

/** The ends of an amount's interval, short: `−0.8k…15.1k` where the currency stands with the amount, else `−$0.8k…$15.1k`. */
export function formatMoneyInterval(interval: Range | null | undefined, currency?: string): string {
  if (!interval || Number.isNaN(interval.low) || Number.isNaN(interval.high)) {
    return MISSING;
  }
  const magnitude = Math.max(...[interval.low, interval.high].filter(Number.isFinite).map(Math.abs), 0);
  const step = MONEY_STEPS.find(({ from }) => magnitude >= from) ?? MONEY_STEPS[MONEY_STEPS.length - 1];
  const divisor = step?.from ?? 1;
  const halfWidth = (interval.high - interval.low) / 2 / divisor;
  const isScaled = divisor > 1;
  const symbol = currency === undefined ? '' : symbolOf(currency);
  const decimals = Number.isFinite(halfWidth) && halfWidth > 0 ? decimalsOfHalfWidth(halfWidth) : 1;
  const shown = isScaled ? Math.max(decimals, magnitude / divisor < 100 ? 1 : 0) : Math.min(decimals, 2);
  const end = (value: number) => {
    const text = signed(value / divisor, shown, 'negative-only', symbol);
    return /[1-9∞]/.test(text) ? `${text}${Number.isFinite(value) ? (step?.suffix ?? '') : ''}` : `${symbol}0`;
  };
  return `${end(interval.low)}…${end(interval.high)}`;
}

/** Money in three digits, for axes and narrow places: `$1.23M`, `−$50k`, `$0`; the whole amount belongs beside it or in a tooltip. */
export function formatMoneyShort(
  value: number | null | undefined,
  currency: string,
  sign: Sign = 'negative-only',
): string {
  if (!isNumber(value)) {
    return MISSING;
  }
  const rounded = Number(value.toPrecision(3));
  const step = MONEY_STEPS.find(({ from }) => Math.abs(rounded) >= from);
  if (step === undefined || step.from === 1) {
    return formatMoney(value, currency, sign);
  }
  const scaled = rounded / step.from;
  const decimals = [0, 1, 2].find((places) => Number(scaled.toFixed(places)) === Number(scaled.toFixed(2))) ?? 2;
  return `${signed(scaled, decimals, sign, symbolOf(currency))}${step.suffix}`;
}

/** Days until an investment has paid back: `29 days`, `3.2 years`; null, which has no bound, is `never`. */
export function formatPayback(days: number | null): string {
  if (days === null || !Number.isFinite(days)) {
    return 'never';
  }
  if (days >= 730) {
    return `${digits(days / 365, 1)}${SPACE}years`;
  }
  const shown = digits(days, days < 10 ? 1 : 0);
  return `${shown}${SPACE}${shown === '1' ? 'day' : 'days'}`;
}

/** A count in full with separators: `454,880`; counts that a store extrapolated are rounded. */
export function formatCount(count: number | null | undefined): string {
  return isNumber(count) ? signed(Math.round(count), 0, 'negative-only') : MISSING;
}

/** An age in its largest whole unit: `12 s`, `5 min`, `3 h`, `41 d`. */
export function formatAge(seconds: number | null | undefined): string {
  if (!isNumber(seconds)) {
    return MISSING;
  }
  const age = Math.max(0, seconds);
  if (age < 60) {
    return `${digits(Math.floor(age), 0)}${SPACE}s`;
  }
  if (age < 3600) {
    return `${digits(Math.floor(age / 60), 0)}${SPACE}min`;
  }
  if (age < 2 * 86_400) {
    return `${digits(Math.floor(age / 3600), 0)}${SPACE}h`;
  }
  return `${digits(Math.floor(age / 86_400), 0)}${SPACE}d`;
}

/** A split of traffic: `70/30`, with one decimal where a share needs it: `66.1/33.9`. Shares need not add up to 1. */
export function formatSplit(shares: readonly number[]): string {
  const total = shares.reduce((sum, share) => sum + share, 0);
  if (!(total > 0) || !Number.isFinite(total)) {
    return MISSING;
  }
  const percents = shares.map((share) => (share / total) * 100);
  const isWhole = percents.every((percent) => Math.abs(percent - Math.round(percent)) < 0.05);
  return percents.map((percent) => digits(percent, isWhole ? 0 : 1)).join('/');
}
