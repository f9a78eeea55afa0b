/** Building SQL for InfluxDB 3: identifiers quoted, values bound, times bounded; and telling reading statements from others. */
import { FailureError } from '../../../../src/contract/failure';
import { hasOpenComment } from '../../../../src/contract/statement-text';
import type { Period } from '../../period';
import type { Aggregate, AggregateRequest, GroupedSampleRequest, TagFilter, TagValuesRequest } from '../dialect';

export interface SqlStatement {
  text: string;
  /** Values of the `$…` in the text. */
  parameters: Record<string, string>;
}

/** What a table has: naming a column it lacks is an error, where an older dialect answers nothing. */
export type Columns = ReadonlySet<string>;

/** Distinct values are read from the data itself, unlike in InfluxDB 1 and 2, so the look-back is short. */
const VALUES_LOOK_BACK = "INTERVAL '30 days'";

export function identifier(name: string): string {
  return `"${name.replace(/"/g, '""')}"`;
}

class Binder {
  readonly parameters: Record<string, string> = {};

  bind(value: string): string {
    const name = `v${String(Object.keys(this.parameters).length)}`;
    this.parameters[name] = value;
    return `$${name}`;
  }
}

const instant = (ms: number) => `TIMESTAMP '${new Date(ms).toISOString()}'`;
const inPeriod = ({ from, to }: Period) => `time >= ${instant(from)} AND time < ${instant(to)}`;

/** A tag the table lacks is empty on every point. */
function tagConditions(filters: readonly TagFilter[], columns: Columns, binder: Binder): string[] {
  return filters
    .filter(({ values }) => values.length > 0)
    .map(({ tag, values }) =>
      columns.has(tag)
        ? `(${values.map((value) => `${identifier(tag)} = ${binder.bind(value)}`).join(' OR ')})`
        : String(values.includes('')),
    );
}

function where(period: Period, filters: readonly TagFilter[], columns: Columns, binder: Binder): string {
  return [inPeriod(period), ...tagConditions(filters, columns, binder)].join(' AND ');
}

/** Names in the answer: `bucket`, `t0`… for the tags of `by`, `c0`… for the columns. Null when no column is there. */
export function aggregateStatement(request: AggregateRequest, columns: Columns): SqlStatement | null {
  const binder = new Binder();
  const tags = tagColumns(request.by, columns);
  const values = request.columns.flatMap((aggregate, index) => {
    const expression = expressionOf(aggregate, columns);
    return expression === null ? [] : [`${expression} AS c${String(index)}`];
  });
  if (values.length === 0) {
    return null;
  }
  const bucket =
    request.bucketMs === null
      ? []
      : [
          `date_bin(INTERVAL '${String(Math.round(request.bucketMs))} milliseconds', time, TIMESTAMP '1970-01-01T00:00:00Z') AS bucket`,
        ];
  const text = `SELECT ${[...bucket, ...tags, ...values].join(', ')} FROM ${identifier(request.measurement)} WHERE ${where(request.period, request.filters, columns, binder)}${groupByFirst(bucket.length + tags.length)}`;
  return { text, parameters: binder.parameters };
}

function expressionOf(aggregate: Aggregate, columns: Columns): string | null {
  const field = identifier(aggregate.field);
  if (!columns.has(aggregate.field)) {
    return null;
  }
  switch (aggregate.kind) {
    case 'sum':
    case 'max':
      return `${aggregate.kind}(${field})`;
    case 'mean':
      return `avg(${field})`;
    case 'last':
      return `last_value(${field} ORDER BY time)`;
    case 'weighted-sum':
    case 'weight-sum': {
      const weight = identifier(aggregate.weight);
      const term = aggregate.kind === 'weight-sum' ? weight : `${field} * ${weight}`;
      return columns.has(aggregate.weight) ? `sum(CASE WHEN ${field} IS NOT NULL THEN ${term} END)` : null;
    }
  }
}

const tagColumns = (by: readonly string[], columns: Columns): string[] =>
  by.map((tag, index) => `${columns.has(tag) ? identifier(tag) : "''"} AS t${String(index)}`);

const groupByFirst = (count: number): string =>
  count > 0 ? ` GROUP BY ${Array.from({ length: count }, (_, index) => String(index + 1)).join(', ')}` : '';

export function sampleTimesStatement(
  { measurement, field, filters, by, period }: GroupedSampleRequest,
  columns: Columns,
): SqlStatement {
  const binder = new Binder();
  const text = `SELECT ${[...tagColumns(by, columns), 'min(time) AS "first"', 'max(time) AS "newest"'].join(', ')} FROM ${identifier(measurement)} WHERE ${identifier(field)} IS NOT NULL AND ${where(period, filters, columns, binder)}${groupByFirst(by.length)}`;
  return { text, parameters: binder.parameters };
}

export function tagValuesStatement({ measurement, tag, filters }: TagValuesRequest, columns: Columns): SqlStatement {
  const binder = new Binder();
  const conditions = [`time >= now() - ${VALUES_LOOK_BACK}`, ...tagConditions(filters, columns, binder)];
  const text = `SELECT DISTINCT ${identifier(tag)} AS "value" FROM ${identifier(measurement)} WHERE ${conditions.join(' AND ')} ORDER BY 1`;
  return { text, parameters: binder.parameters };
}

export function lastTextStatement(
  { measurement, field, filters, by, period }: GroupedSampleRequest,
  columns: Columns,
): SqlStatement {
  const binder = new Binder();
  const text = `SELECT ${[...tagColumns(by, columns), `last_value(${identifier(field)} ORDER BY time) AS c0`].join(', ')} FROM ${identifier(measurement)} WHERE ${identifier(field)} IS NOT NULL AND ${where(period, filters, columns, binder)}${groupByFirst(by.length)}`;
  return { text, parameters: binder.parameters };
}

export function columnsStatement(measurement: string): SqlStatement {
  return {
    text: 'SELECT column_name AS "value" FROM information_schema.columns WHERE table_name = $v0',
    parameters: { v0: measurement },
  };
}

export const TABLES_STATEMENT: SqlStatement = {
  text: 'SELECT table_name AS "value" FROM information_schema.tables WHERE table_schema = \'iox\' ORDER BY 1',
  parameters: {},
};

const WRITES =
  /\b(insert|update|delete|merge|into|drop|create|alter|truncate|copy|grant|revoke|set|reset|call|load|install|prepare|execute)\b/i;

/**
 * Refuses everything but one reading statement. InfluxDB 3's endpoint plans queries only; this must hold should it learn more.
 *
 * @throws FailureError class `query`
 */
export function requireReadingSql(text: string): void {
  const bare = text
    .replace(/'(?:''|[^'])*'|"(?:""|[^"])*"|--[^\n]*|\/\*[\s\S]*?\*\//g, (quoted) => (/^['"]/.test(quoted) ? '_' : ' '))
    .trim()
    .replace(/;\s*$/, '');
  const reads = /^(select|with|show|describe|explain\s+(analyze\s+)?(verbose\s+)?(select|with))\b/i.test(bare);
  // Dollar quotes may hold a quote that would turn strings and code inside out.
  if (!reads || hasOpenComment(text) || bare.includes(';') || /\$\w*\$/.test(text) || WRITES.test(bare)) {
    throw new FailureError({
      class: 'query',
      source: 'influx',
      field: 'query',
      message: 'Only one reading statement is run: SELECT, WITH … SELECT, SHOW, DESCRIBE or EXPLAIN.',
      fix: 'Write a single SELECT; use InfluxDB’s own client to change data.',
    });
  }
}
