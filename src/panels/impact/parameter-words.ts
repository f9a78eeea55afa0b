/** Business parameters as they are read and shown. */
import { formatCount, formatMoney, formatMoneyShort, formatValue } from '../../calc/notation';
import { PARAMETER_LABELS, type NumericParameter } from '../../calc/impact/parameters';

/** A parameter's value, e.g. `$10M`, `0.005`, `$0.000133`, `±50 %`. */
export function writeParameter(name: NumericParameter, value: number, currency: string): string {
  switch (PARAMETER_LABELS[name].unit) {
    case 'money':
      return Math.abs(value) >= 1e6 ? formatMoneyShort(value, currency) : writePrice(value, currency);
    case 'requests':
      return formatCount(value);
    case 'fraction':
      return name === 'multiplierCv' ? `±${formatValue(value, 'fraction', 0)}` : String(Number(value.toPrecision(3)));
  }
}

/** Prices of single requests are far below a cent: three significant digits, whatever their size. */
function writePrice(value: number, currency: string): string {
  if (value === 0 || Math.abs(value) >= 1) {
    return formatMoney(value, currency);
  }
  const digits = String(Number(Math.abs(value).toPrecision(3)));
  const decimals = digits.includes('e') ? 12 : digits.length - digits.indexOf('.') - 1;
  return formatValue(value, currency, decimals);
}
