/** Building InfluxQL: identifiers quoted, values bound, times bounded; and telling reading statements from others. */
import { FailureError } from '../../../../src/contract/failure';
import { hasOpenComment } from '../../../../src/contract/statement-text';
import type { Period } from '../../period';
import type { Aggregate, AggregateRequest, GroupedSampleRequest, TagFilter, TagValuesRequest } from '../dialect';

export interface Statement {
  text: string;
  /** Values of the `$…` in the text. */
  parameters: Record<string, string>;
}

/** A double-quoted InfluxQL identifier. */
export function identifier(name: string): string {
  return `"${name.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n')}"`;
}

/** Collects bound values, so that no value is ever part of the text. */
class Binder {
  readonly parameters: Record<string, string> = {};
  #count = 0;

  bind(value: string): string {
    const name = `v${String(this.#count++)}`;
    this.parameters[name] = value;
    return `$${name}`;
  }
}

function time(ms: number): string {
  return `${String(Math.round(ms))}ms`;
}

function timeCondition({ from, to }: Period): string {
  return `time >= ${time(from)} AND time < ${time(to)}`;
}

function tagConditions(filters: readonly TagFilter[], binder: Binder): string[] {
  return filters
    .filter(({ values }) => values.length > 0)
    .map(({ tag, values }) => `(${values.map((value) => `${identifier(tag)} = ${binder.bind(value)}`).join(' OR ')})`);
}

function groupBy(request: Pick<AggregateRequest, 'by' | 'bucketMs'>): string {
  const parts = [
    ...(request.bucketMs === null ? [] : [`time(${time(request.bucketMs)})`]),
    ...request.by.map(identifier),
  ];
  return parts.length > 0 ? ` GROUP BY ${parts.join(', ')}` : '';
}

/**
 * The statements of an aggregate. Plain columns are one statement; weighted ones need a sub-query for the product, since
 * InfluxQL aggregates fields only and not expressions.
 */
export function aggregateStatements(request: AggregateRequest): Statement[] {
  const plain = request.columns.filter((column) => column.kind !== 'weighted-sum' && column.kind !== 'weight-sum');
  const weighted = request.columns.filter((column) => column.kind === 'weighted-sum' || column.kind === 'weight-sum');
  return [
    ...(plain.length > 0 ? [plainStatement(request, plain)] : []),
    ...(weighted.length > 0 ? [weightedStatement(request, weighted)] : []),
  ];
}

function plainStatement(request: AggregateRequest, columns: readonly Aggregate[]): Statement {
  const binder = new Binder();
  const list = columns.map(({ kind, field, as }) => `${kind}(${identifier(field)}) AS ${identifier(as)}`).join(', ');
  const where = [timeCondition(request.period), ...tagConditions(request.filters, binder)].join(' AND ');
  const text = `SELECT ${list} FROM ${identifier(request.measurement)} WHERE ${where}${groupBy(request)}${fill(request)}`;
  return { text, parameters: binder.parameters };
}

function weightedStatement(request: AggregateRequest, columns: readonly Aggregate[]): Statement {
  const binder = new Binder();
  const terms = columns.map((column, index) => {
    const name = identifier(`x${String(index)}`);
    const field = identifier(column.field);
    const weight = identifier('weight' in column ? column.weight : column.field);
    // `field * 0` is null where the field is, which leaves that point's weight out as well.
    return column.kind === 'weight-sum' ? `${field} * 0 + ${weight} AS ${name}` : `${field} * ${weight} AS ${name}`;
  });
  const sums = columns.map(({ as }, index) => `sum(${identifier(`x${String(index)}`)}) AS ${identifier(as)}`);
  const where = [timeCondition(request.period), ...tagConditions(request.filters, binder)].join(' AND ');
  const inner = `SELECT ${terms.join(', ')} FROM ${identifier(request.measurement)} WHERE ${where}${groupBy({ by: request.by, bucketMs: null })}`;
  const text = `SELECT ${sums.join(', ')} FROM (${inner}) WHERE ${timeCondition(request.period)}${groupBy(request)}${fill(request)}`;
  return { text, parameters: binder.parameters };
}

function fill({ bucketMs }: AggregateRequest): string {
  return bucketMs === null ? '' : ' fill(none)';
}

/** @param which the first or the last point with the field, of each group */
export function edgeStatement(request: GroupedSampleRequest, which: 'first' | 'last'): Statement {
  const binder = new Binder();
  const grouping = groupBy({ by: request.by, bucketMs: null });
  const where = [timeCondition(request.period), ...tagConditions(request.filters, binder)].join(' AND ');
  const text = `SELECT ${which}(${identifier(request.field)}) AS "value" FROM ${identifier(request.measurement)} WHERE ${where}${grouping}`;
  return { text, parameters: binder.parameters };
}

export function tagValuesStatement({ measurement, tag, filters }: TagValuesRequest): Statement {
  const binder = new Binder();
  const conditions = tagConditions(filters, binder);
  const where = conditions.length > 0 ? ` WHERE ${conditions.join(' AND ')}` : '';
  const text = `SHOW TAG VALUES FROM ${identifier(measurement)} WITH KEY = ${identifier(tag)}${where}`;
  return { text, parameters: binder.parameters };
}

export function fieldKeysStatement(measurement: string): Statement {
  return { text: `SHOW FIELD KEYS FROM ${identifier(measurement)}`, parameters: {} };
}

/**
 * Refuses everything but one reading statement. InfluxDB 1.x runs even a `DROP` that comes by GET, so the answer cannot be
 * left to the server: the text must be a single `SELECT` (without `INTO`) or `SHOW`.
 *
 * @throws FailureError class `query`
 */
export function requireReading(text: string): void {
  const bare = codeOf(text).trim().replace(/;\s*$/, '');
  const reads = /^(select|show)\b/i.test(bare);
  if (!reads || /;/.test(bare) || /^select\b.*\binto\b/is.test(bare)) {
    throw new FailureError({
      class: 'query',
      source: 'influx',
      field: 'query',
      message: 'Only one reading statement is run: SELECT (without INTO) or SHOW.',
      fix: 'Write a single SELECT or SHOW statement; use InfluxDB’s own client to change data.',
    });
  }
}

/**
 * The text without string literals, quoted identifiers and comments. A regular expression may hold a quote that would turn
 * strings and code inside out, so where a slash could begin one, nothing is taken away.
 */
function codeOf(text: string): string {
  if (hasOpenComment(text)) {
    return text;
  }
  const bare = text.replace(/'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|--[^\n]*|\/\*[\s\S]*?\*\//g, (quoted) =>
    quoted.startsWith('-') || quoted.startsWith('/') ? ' ' : '_',
  );
  return bare.includes('/') ? text : bare;
}
