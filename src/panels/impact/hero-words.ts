/** The words of the hero and the tiles beside it. */
import type { Impact } from '../../calc/impact/impact';
import {
  formatLift,
  formatInterval,
  formatMoney,
  formatMoneyInterval,
  formatMoneyShort,
  formatPayback,
  MISSING,
} from '../../calc/notation';

export interface Figure {
  label: string;
  estimate: string;
  /** Without its cover, e.g. `250…2,400 %`; null when there is none. */
  interval: string | null;
  /** What stands in the interval's place. */
  without: string;
}

/** From here on a percentage is read by its magnitude: `+12.8M %`. */
const BY_MAGNITUDE_FROM = 100_000;

const percentOf = (value: number | null) => (value === null ? null : value / 100);

/** Return on investment of many digits, as money is written, without a currency. */
function hugeRoi({ roiPercentage, roiLow, roiHigh }: Impact): Pick<Figure, 'estimate' | 'interval'> {
  const percent = (words: string) => `${words}\u00a0%`;
  const hasInterval = roiLow !== null && roiHigh !== null;
  return {
    estimate: percent(formatMoneyShort(roiPercentage, '', 'always')),
    interval: hasInterval ? percent(formatMoneyInterval({ low: roiLow, high: roiHigh })) : null,
  };
}

/** Net a year. */
export function netFigure({ netAnnualValue, netLow, netHigh, currency }: Impact): Figure {
  return {
    label: 'Net a year',
    estimate: formatMoney(netAnnualValue, currency, 'always'),
    interval: netLow === null || netHigh === null ? null : formatMoneyInterval({ low: netLow, high: netHigh }),
    without: 'no interval',
  };
}

/** Return on a year's infrastructure. */
export function roiFigure(impact: Impact): Figure {
  const { netAnnualValue, roiPercentage, roiLow, roiHigh } = impact;
  const range = roiLow === null || roiHigh === null ? null : { low: roiLow / 100, high: roiHigh / 100 };
  const figure = {
    label: 'ROI, a year',
    estimate: formatLift(percentOf(roiPercentage), range, 'plain', 'relative'),
    interval: range === null ? null : formatInterval(range, 'plain', { scale: 'relative', withUnit: true }),
    without: netAnnualValue !== null && roiPercentage === null ? 'nothing to invest' : 'no interval',
  };
  return Math.abs(roiPercentage ?? 0) < BY_MAGNITUDE_FROM ? figure : { ...figure, ...hugeRoi(impact) };
}

/** Days until the infrastructure is paid for; a known net that never does reads `never`. */
export function paybackFigure(impact: Impact): Figure {
  const { netAnnualValue, netLow, netHigh, paybackDays, paybackLow, paybackHigh } = impact;
  const hasInterval = netLow !== null && netHigh !== null;
  return {
    label: 'Payback',
    estimate: netAnnualValue === null ? MISSING : writePayback(paybackDays),
    interval: hasInterval ? writePaybackInterval(paybackLow, paybackHigh) : null,
    without: 'no interval',
  };
}

/** Days, none shorter than one: a finer figure would claim more than a year's average knows. */
const writePayback = (days: number | null): string =>
  days !== null && days < 1 ? '< 1\u00a0day' : formatPayback(days);

/** `23…36 days`, `12 days…never`; one word when both ends read the same. */
function writePaybackInterval(low: number | null, high: number | null): string {
  const [from, to] = [writePayback(low), writePayback(high)];
  if (from === to) {
    return to;
  }
  const unit = / ?[a-z]+$/u.exec(to)?.[0] ?? '';
  return high !== null && from.endsWith(unit) ? `${from.slice(0, -unit.length).trim()}…${to}` : `${from}…${to}`;
}
