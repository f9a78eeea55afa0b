/** How a field's values are written: units the product has a notation for in that, all others as Grafana does. */
import { formattedValueToString, getValueFormat } from '@grafana/data';
import { formatMoneyShort, formatValue, MISSING } from '../../calc/notation';

export type ValueWriter = (value: number | null | undefined, decimals?: number) => string;

export interface Notation {
  unit?: string | undefined;
  decimals?: number | null | undefined;
  noValue?: string | undefined;
}

/** What values are multiplied by to be read: a fraction is written in per cent, with two decimals fewer. */
export const scaleOf = (unit: string | undefined): number => (unit === 'percentunit' ? 100 : 1);

/** Writes values of a field from its config: unit, decimals and “no value” text are honoured. */
export function valueWriter({ unit, decimals: own, noValue }: Notation): ValueWriter {
  const fixed = own ?? undefined;
  const missing = noValue ?? MISSING;
  const isFinite = (value: number | null | undefined): value is number => value != null && Number.isFinite(value);
  const currency = /^currency([A-Z]{3})$/.exec(unit ?? '')?.[1];
  if (currency !== undefined && fixed === undefined) {
    return (value) => (isFinite(value) ? formatMoneyShort(value, currency) : missing);
  }
  switch (unit) {
    case 'percentunit':
      return (value, decimals) => (isFinite(value) ? formatValue(value, 'fraction', fixed ?? decimals) : missing);
    case 'ms':
      return (value, decimals) => (isFinite(value) ? formatValue(value, 'ms', fixed ?? decimals) : missing);
    case undefined:
    case '':
    case 'none':
      return (value, decimals) => (isFinite(value) ? formatValue(value, 'plain', fixed ?? decimals) : missing);
    default: {
      const format = getValueFormat(unit);
      return (value, decimals) =>
        isFinite(value) ? formattedValueToString(format(value, fixed ?? decimals)) : missing;
    }
  }
}
