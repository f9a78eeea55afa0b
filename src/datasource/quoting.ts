/**
 * How a variable's value is written into a statement so that it can only ever be a value: by the language, and by what the
 * variable stands in (code, a string, an identifier, a regular expression, a comment).
 */
import type { Context, Language } from '../contract/statement-text';

/** The part of a dashboard variable that decides between one value and a set. */
export interface VariableShape {
  multi?: boolean;
  includeAll?: boolean;
}

const isSet = (variable: VariableShape): boolean => variable.multi === true || variable.includeAll === true;

const escapeRegex = (value: string): string => value.replace(/[\\^$*+?.()|[\]{}/]/g, '\\$&').replaceAll('\n', '\\n');

/** One value is itself; several are alternatives. */
const alternatives = (values: readonly string[]): string =>
  values.length === 1 ? values.join('') : `(${values.join('|')})`;

const NUMBER = /^-?\d+(?:\.\d+)?$/;
const DURATION = /^(?:\d+(?:ns|us|µs|ms|mo|s|m|h|d|w|y))+$/;
const NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;

const isQuantity = (value: string): boolean => NUMBER.test(value) || DURATION.test(value);

/** Both quotes as hexadecimal escapes: PromQL refuses `\'` inside double quotes, and either may surround it. */
const escapePromql = (value: string): string =>
  value.replaceAll('\\', '\\\\').replaceAll('"', '\\x22').replaceAll("'", '\\x27').replaceAll('\n', '\\n');

/** A set is alternatives of a regular expression in a matcher (`=~"$v"`), and a list where it is code (`by ($v)`). */
function quotePromql(context: Context, values: readonly string[], asSet: boolean): string {
  switch (context) {
    case 'code':
      return values.map((one) => (NAME.test(one) || isQuantity(one) ? one : `"${escapePromql(one)}"`)).join(', ');
    case 'raw': {
      // Nothing is escaped between backticks but by the regular expression, so a backtick is written as one.
      const written = asSet ? values.map(escapeRegex) : values;
      return alternatives(written.map((one) => one.replaceAll('`', '\\x60')));
    }
    case 'comment':
      return '';
    case 'string':
    case 'escape-string':
    case 'identifier':
    case 'regex':
      return asSet
        ? alternatives(values.map((one) => escapePromql(escapeRegex(one))))
        : values.map(escapePromql).join(',');
  }
}

const escapeInfluxql = (value: string): string =>
  value.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('"', '\\"').replaceAll('\n', '\\n');

/** In code a value can only be a quantity or a name; in `/^$v$/` a set is alternatives. */
function quoteInfluxql(context: Context, values: readonly string[]): string {
  switch (context) {
    case 'code':
      return values.map((one) => (isQuantity(one) ? one : `"${escapeInfluxql(one)}"`)).join(', ');
    case 'regex':
      return alternatives(values.map(escapeRegex));
    case 'comment':
      return '';
    case 'string':
    case 'escape-string':
    case 'identifier':
    case 'raw':
      return values.map(escapeInfluxql).join(',');
  }
}

const escapeFlux = (value: string): string =>
  value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('${', '\\${').replaceAll('\n', '\\n');

/** In code a set is an array (`contains(set: $v)`), and one value a quantity or a string. */
function quoteFlux(context: Context, values: readonly string[], asSet: boolean): string {
  const literal = (one: string) => `"${escapeFlux(one)}"`;
  switch (context) {
    case 'code':
      return asSet
        ? `[${values.map(literal).join(', ')}]`
        : values.map((one) => (isQuantity(one) ? one : literal(one))).join(', ');
    case 'regex':
      return alternatives(values.map(escapeRegex));
    case 'comment':
      return '';
    case 'string':
    case 'escape-string':
    case 'identifier':
    case 'raw':
      return values.map(escapeFlux).join(',');
  }
}

const escapeSql = (value: string): string => value.replaceAll("'", "''");

/** In code values are literals (`IN ($v)`, `= $v`); a column or table is written in double quotes (`"$v"`). */
function quoteSql(context: Context, values: readonly string[], asSet: boolean): string {
  switch (context) {
    case 'code':
      return values.map((one) => (!asSet && NUMBER.test(one) ? one : `'${escapeSql(one)}'`)).join(',');
    case 'string':
      return values.map(escapeSql).join("','");
    case 'escape-string':
      return values.map((one) => escapeSql(one.replaceAll('\\', '\\\\'))).join("','");
    case 'identifier':
      return values.map((one) => one.replaceAll('"', '""')).join('","');
    case 'raw':
      // Nothing can be escaped between dollar quotes, and they end at the next dollar.
      return values.map((one) => one.replaceAll('$', '')).join(',');
    case 'comment':
      return '';
    case 'regex':
      return '';
  }
}

/** A variable's value as text of the language, for the place it stands in. */
export function quoteValue(
  language: Language,
  context: Context,
  value: string | string[],
  variable: VariableShape,
): string {
  const values = Array.isArray(value) ? value : [value];
  const asSet = isSet(variable) || values.length > 1;
  switch (language) {
    case 'promql':
      return quotePromql(context, values, asSet);
    case 'influxql':
      return quoteInfluxql(context, values);
    case 'flux':
      return quoteFlux(context, values, asSet);
    case 'sql':
      return quoteSql(context, values, asSet);
  }
}
