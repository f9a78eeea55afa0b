/**
 * How a variable's value is written into each query language, so that it can only ever be a value. The author writes the
 * quotes of a single value (`'$variant'`); several values bring the form the language has for a set.
 */
import type { settingsSchema } from '../contract/settings';
import type { z } from 'zod';

export type InfluxDialect = NonNullable<z.output<typeof settingsSchema>['influx']>['dialect'];
export type Language = 'promql' | InfluxDialect;

/** The part of a dashboard variable that decides between one value and a set. */
export interface VariableShape {
  multi?: boolean;
  includeAll?: boolean;
}

const isSet = (variable: VariableShape): boolean => variable.multi === true || variable.includeAll === true;

/** Both quotes as hexadecimal escapes: PromQL refuses `\'` inside double quotes, and the surrounding quote is unknown. */
const escapePromql = (value: string): string =>
  value.replaceAll('\\', '\\\\').replaceAll('"', '\\x22').replaceAll("'", '\\x27').replaceAll('\n', '\\n');

const escapeRegex = (value: string): string => value.replace(/[\\^$*+?.()|[\]{}/]/g, '\\$&');

const escapeInfluxql = (value: string): string =>
  value.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('"', '\\"').replaceAll('\n', '\\n');

const escapeFlux = (value: string): string =>
  value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('${', '\\${').replaceAll('\n', '\\n');

const escapeSql = (value: string): string => value.replaceAll("'", "''");

const alternatives = (values: readonly string[]): string =>
  values.length === 1 ? values.join('') : `(${values.join('|')})`;

/**
 * A variable's value as text of the language. A set becomes a regular expression in PromQL (`=~"$v"`) and InfluxQL
 * (`=~ /^$v$/`), an array in Flux (`contains(set: $v)`), and a list of literals in SQL (`IN ($v)`).
 */
export function quoteValue(language: Language, value: string | string[], variable: VariableShape): string {
  const values = Array.isArray(value) ? value : [value];
  const asSet = isSet(variable);
  switch (language) {
    case 'promql':
      return asSet
        ? alternatives(values.map((one) => escapePromql(escapeRegex(one))))
        : values.map(escapePromql).join(',');
    case 'influxql':
      return asSet ? alternatives(values.map(escapeRegex)) : values.map(escapeInfluxql).join(',');
    case 'flux':
      return asSet ? `[${values.map((one) => `"${escapeFlux(one)}"`).join(', ')}]` : values.map(escapeFlux).join(',');
    case 'sql':
      return asSet ? values.map((one) => `'${escapeSql(one)}'`).join(',') : values.map(escapeSql).join(',');
  }
}
