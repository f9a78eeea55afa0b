import { splitStatement, type Language } from '../contract/statement-text';
import { quoteValue } from './quoting';
import { HOSTILE_VALUES } from './testing/hostile-values';

/** A place for a value in each language, marked `@`, in every context the language has. */
const PLACES: Record<Language, readonly string[]> = {
  promql: ['up{a="@"}', "up{a='@'}", 'up{a=~"@"}', 'up{a=~`@`}', 'sum by (@) (up)', 'topk(@, up)', 'up # @\n+ 1'],
  influxql: [
    `SELECT x FROM y WHERE z = '@' AND w > 1`,
    `SELECT "@" FROM y WHERE w > 1`,
    `SELECT x FROM y WHERE z =~ /^@$/ AND w > 1`,
    `SELECT x FROM y WHERE w > 1 GROUP BY @`,
    `SELECT x /* @ */ FROM y`,
    `SELECT x -- @\nFROM y`,
  ],
  flux: [
    'from(bucket: "@") |> range(start: -1h)',
    'from(bucket: "b") |> filter(fn: (r) => r.a =~ /@/ and r.b == "c")',
    'from(bucket: "b") |> filter(fn: (r) => contains(value: r.a, set: @))',
    'from(bucket: "b") // @\n|> range(start: -1h)',
  ],
  sql: [
    `SELECT 1 FROM runs WHERE name = '@' AND x > 1`,
    `SELECT 1 FROM runs WHERE name = E'@' AND x > 1`,
    `SELECT "@" FROM runs WHERE x > 1`,
    `SELECT 1 FROM runs WHERE name IN (@) AND x > 1`,
    `SELECT 1 FROM runs WHERE name = $q$@$q$ AND x > 1`,
    `SELECT 1 /* @ */ FROM runs`,
    `SELECT 1 -- @\nFROM runs`,
  ],
};

const cases = Object.entries(PLACES).flatMap(([language, places]) =>
  places.flatMap((place) =>
    HOSTILE_VALUES.flatMap((value) => [
      { language, place, value: value as string | string[], shape: {} },
      { language, place, value: [value, 'b'], shape: { multi: true } },
    ]),
  ),
);

const isLanguage = (text: string): text is Language => Object.hasOwn(PLACES, text);

/** What is code in a statement, with every quoted thing as one mark, a list of them as one too. */
const shapeOf = (language: Language, statement: string): string =>
  splitStatement(language, statement)
    .map(({ context, text }) => (context === 'code' ? text : context === 'comment' ? '' : `<${context}>`))
    .join('')
    .replace(/(<\w+(?:-string)?>)(?:,\s*\1)*/g, '$1');

describe('whatever a value holds', () => {
  it.each(cases)('$language keeps its shape: $place with $value', ({ language, place, value, shape }) => {
    if (!isLanguage(language)) {
      throw new Error(language);
    }
    const fill = (filling: string | string[]) =>
      splitStatement(language, place)
        .map(({ context, text }) => text.replace('@', () => quoteValue(language, context, filling, shape)))
        .join('');
    // A value that is no name of the language is always quoted, as `a b` is.
    const plain = Array.isArray(value) ? ['a b', 'b c'] : 'a b';
    const isCode = /\(@|\bBY @|topk\(@/.test(place);
    const filled = shapeOf(language, fill(value));
    const expected = shapeOf(language, fill(plain));
    // PromQL and InfluxQL write a plain name among the set as it is.
    expect(isCode ? filled.replace(/, b\b/, '') : filled).toBe(expected);
  });
});

describe('a set of values is written into a language', () => {
  const SET = { multi: true };
  it.each<[Language, Parameters<typeof quoteValue>[1], string]>([
    ['promql', 'string', String.raw`(a\\.b|c\x22d)`],
    ['promql', 'code', '"a.b", "c\\x22d"'],
    ['influxql', 'regex', String.raw`(a\.b|c"d)`],
    ['flux', 'code', String.raw`["a.b", "c\"d"]`],
    ['sql', 'code', `'a.b','c"d'`],
    ['sql', 'string', `a.b','c"d`],
    ['sql', 'identifier', `a.b","c""d`],
  ])('%s, %s', (language, context, expected) => {
    expect(quoteValue(language, context, ['a.b', 'c"d'], SET)).toBe(expected);
  });

  it('is a set as soon as the variable may hold all values', () => {
    expect(quoteValue('flux', 'code', 'x', { includeAll: true })).toBe('["x"]');
  });
});

it('writes numbers and durations as they are where they are code', () => {
  expect(quoteValue('sql', 'code', '10', {})).toBe('10');
  expect(quoteValue('promql', 'code', '5m', {})).toBe('5m');
  expect(quoteValue('influxql', 'code', '1h30m', {})).toBe('1h30m');
});
