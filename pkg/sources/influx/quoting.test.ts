/** Names and values are never part of a statement as they come: whatever they hold, they stay one name or one value. */
import type { AggregateRequest } from './dialect';
import { externOf, quoteFlux } from './flux/extern';
import { aggregateScript } from './flux/script';
import { aggregateStatements, identifier as influxqlIdentifier } from './influxql/statement';
import { aggregateStatement, identifier as sqlIdentifier } from './sql/statement';

const ALPHABET = ['\'', '"', '\\', ';', '$', '-', ')', '{', '}', '\n', ' ', '/', '*', 'a', 'é', '|', '>']; // prettier-ignore

/** Texts of these characters, the same on every run. */
const TEXTS = Array.from({ length: 1000 }, (_, seed) => {
  let state = seed * 2_654_435_761 + 1;
  return Array.from({ length: 1 + (seed % 9) }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return ALPHABET[(state >>> 8) % ALPHABET.length] ?? '';
  }).join('');
});

const request = (name: string, value: string): AggregateRequest => ({
  measurement: name,
  columns: [
    { as: 'sum', kind: 'sum', field: name },
    { as: 'weighted', kind: 'weighted-sum', field: name, weight: 'rows' },
  ],
  filters: [{ tag: name, values: [value] }],
  by: [name],
  period: { from: 0, to: 60_000 },
  bucketMs: 60_000,
});

/** What a reader of each language sees when every quoted piece is taken as one name. */
const FLUX_QUOTED = /"(?:\\(?:[\\"nrt]|\$\{)|[^"\\])*"/g;
const INFLUXQL_QUOTED = /"(?:\\[\\"n]|[^"\\\n])*"/g;
const SQL_QUOTED = /"(?:""|[^"])*"/g;

test('a Flux column name stays one string literal and begins no expression', () => {
  for (const text of TEXTS) {
    const quoted = quoteFlux(text);
    expect(quoted.match(FLUX_QUOTED)).toEqual([quoted]);
    expect(quoted).not.toMatch(/(^|[^\\])(\\\\)*\$\{/);
  }
});

test('an InfluxQL or SQL identifier stays one identifier', () => {
  for (const text of TEXTS) {
    const influxql = influxqlIdentifier(text);
    const sql = sqlIdentifier(text);
    expect(influxql.match(INFLUXQL_QUOTED)).toEqual([influxql]);
    expect(sql.match(SQL_QUOTED)).toEqual([sql]);
    expect(sql.slice(1, -1).replaceAll('""', '"')).toBe(text);
  }
});

test('statements differ by nothing but the quoted name, and values are bound', () => {
  const shape = (text: string, quoted: RegExp) => text.replace(quoted, '<name>');
  const build = {
    flux: (name: string, value: string) => shape(aggregateScript(request(name, value), 'b').text, FLUX_QUOTED),
    influxql: (name: string, value: string) => aggregateStatements(request(name, value)).map(({ text }) => shape(text, INFLUXQL_QUOTED)).join('\n'), // prettier-ignore
    sql: (name: string, value: string) => shape(aggregateStatement(request(name, value), new Set([name, 'rows']))?.text ?? '', SQL_QUOTED), // prettier-ignore
  };
  const plain = { flux: build.flux('n', 'v'), influxql: build.influxql('n', 'v'), sql: build.sql('n', 'v') };
  for (const text of TEXTS) {
    expect({ flux: build.flux(text, text), influxql: build.influxql(text, text), sql: build.sql(text, text) }).toEqual(plain); // prettier-ignore
  }
});

test('bound values arrive as they are', () => {
  for (const text of TEXTS) {
    expect(JSON.stringify(externOf({ p: { kind: 'string', value: text } }))).toContain(`"value":${JSON.stringify(text)}`); // prettier-ignore
    expect(Object.values(aggregateStatement(request('n', text), new Set(['n', 'rows']))?.parameters ?? {})).toEqual([text]); // prettier-ignore
  }
});
