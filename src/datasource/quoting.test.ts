import { quoteValue, type Language } from './quoting';

const HOSTILE = `a'"\\;$-- )b\n`;
const SET = { multi: true };

describe('a value is written into a language', () => {
  it.each<[Language, string]>([
    ['promql', String.raw`a\x27\x22\\;$-- )b\n`],
    ['influxql', String.raw`a\'\"\\;$-- )b\n`],
    ['flux', String.raw`a'\"\\;$-- )b\n`],
    ['sql', `a''"\\;$-- )b\n`],
  ])('%s: every character that could end a literal is escaped', (language, expected) => {
    expect(quoteValue(language, HOSTILE, {})).toBe(expected);
  });

  it('never opens an interpolation in a Flux string', () => {
    expect(quoteValue('flux', '${r._value}', {})).toBe('\\${r._value}');
  });
});

describe('a set of values is written into a language', () => {
  it.each<[Language, string]>([
    ['promql', String.raw`(a\\.b|c\x22d)`],
    ['influxql', String.raw`(a\.b|c"d)`],
    ['flux', String.raw`["a.b", "c\"d"]`],
    ['sql', `'a.b','c"d'`],
  ])('%s', (language, expected) => {
    expect(quoteValue(language, ['a.b', 'c"d'], SET)).toBe(expected);
  });

  it('cannot leave a quoted list in SQL', () => {
    expect(quoteValue('sql', ["x') OR 1=1 --"], SET)).toBe("'x'') OR 1=1 --'");
  });

  it('cannot leave the regular expression in InfluxQL', () => {
    expect(quoteValue('influxql', ['x/ OR 1=1'], SET)).toBe(String.raw`x\/ OR 1=1`);
  });

  it('is a set as soon as the variable may hold all values', () => {
    expect(quoteValue('sql', 'x', { includeAll: true })).toBe("'x'");
  });
});
