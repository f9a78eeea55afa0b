/** How a field's values are written: units the product has a notation for in that, all others as Grafana does. */
import { formattedValueToString, getValueFormat, type Field } from '@grafana/data';
import { formatMoneyShort, formatProbability, formatValue, MISSING } from '../../calc/notation';

export type ValueWriter = (value: number | null | undefined, decimals?: number) => string;

export interface Notation {
  unit?: string | undefined;
  decimals?: number | null | undefined;
  noValue?: string | undefined;
}

/** What values are multiplied by to be read: a fraction is written in per cent, with two decimals fewer. */
export const scaleOf = (unit: string | undefined): number => (unit === 'percentunit' ? 100 : 1);

/** Fields that hold a probability: certainty is not to be had, so none is written. */
const PROBABILITIES: ReadonlySet<string> = new Set(['p_net_positive', 'p_roi_positive']);

/** Writes the values of a field: probabilities are capped, all others as its config says. */
export function fieldWriter({ name, config }: Pick<Field, 'name' | 'config'>): ValueWriter {
  const write = valueWriter(config);
  return PROBABILITIES.has(name) && config.decimals == null
    ? (value, decimals) => (decimals === undefined && value != null ? formatProbability(value) : write(value, decimals))
    : write;
}

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
