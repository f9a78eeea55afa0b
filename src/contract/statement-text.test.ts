import { maskStatement, splitStatement, type Language } from './statement-text';

describe('splitStatement', () => {
  it.each<[Language, string, string[]]>([
    ['sql', `SELECT 'a''b', "c""d" -- e'f\nFROM g`, ["string:'a''b'", 'identifier:"c""d"', "comment:-- e'f"]],
    ['sql', `SELECT E'a\\'b', te'x' /* ' */`, ["escape-string:E'a\\'b'", "string:'x'", "comment:/* ' */"]],
    ['sql', `SELECT $q$ it's $q$, $$a$$, $1`, ["raw:$q$ it's $q$", 'raw:$$a$$']],
    ['sql', `SELECT 1 /* a /* b */ ' */`, ["comment:/* a /* b */ ' */"]],
    ['sql', `SELECT 'never closed`, ["string:'never closed"]],
    ['promql', 'up{a="\\"", b=\'"\', c=`\\`} # "d', ['string:"\\""', "string:'\"'", 'raw:`\\`', 'comment:# "d']],
    [
      'influxql',
      `SELECT a / b FROM "x" WHERE c =~ /d\\/e'/ AND f = 'g'`,
      ['identifier:"x"', "regex:/d\\/e'/", "string:'g'"],
    ],
    ['influxql', 'SELECT /a/ FROM /b/', ['regex:/a/', 'regex:/b/']],
    ['flux', 'a = 4 / 2 // "b\nr.c =~ /d"/', ['comment:// "b', 'regex:/d"/']],
    ['flux', '"a ${f(x: "b")} c"', ['string:"a ${f(x: "b")} c"']],
    ['flux', '"costs $5 or ${never closed', ['string:"costs $5 or ${never closed']],
    ['influxql', `SELECT "a" / "b" / 2 FROM c`, ['identifier:"a"', 'identifier:"b"']],
    ['influxql', `SELECT a FROM b WHERE c =~ -- it's\n/d'/`, ["comment:-- it's", "regex:/d'/"]],
    ['sql', `SELECT $a$ b $c$ d $a$, $a$`, ['raw:$a$ b $c$ d $a$']],
  ])('%s: %s', (language, statement, expected) => {
    const pieces = splitStatement(language, statement);
    expect(pieces.map(({ text }) => text).join('')).toBe(statement);
    expect(pieces.filter(({ context }) => context !== 'code').map(({ context, text }) => `${context}:${text}`)).toEqual(
      expected,
    );
  });

  it('takes a long statement in one go', () => {
    const statement = `SELECT ${Array.from({ length: 2000 }, (_, index) => `'${String(index)}'`).join(', ')}`;
    expect(splitStatement('sql', statement)).toHaveLength(4000);
  });
});

const MANY = 100_000;
it.each<[Language, string, string]>([
  ['flux', 'expressions in a string that is never closed', `"${'${a}'.repeat(MANY)}\\`],
  ['flux', 'divisions', `1${'/1'.repeat(MANY)}`],
  ['influxql', 'divisions', `SELECT 1${' / 1'.repeat(MANY)}`],
  [
    'sql',
    'dollar quotes that are never closed',
    Array.from({ length: MANY }, (_, index) => `$a${String(index)}`).join(''),
  ],
  ['sql', 'escape strings inside words', "ae'".repeat(MANY)],
  ['sql', 'comments that begin', '/*a'.repeat(MANY)],
])('a statement in %s of %s takes no longer than it is long', (language, _, statement) => {
  const began = process.cpuUsage();
  splitStatement(language, statement);
  const { user } = process.cpuUsage(began);
  expect(user / 1000).toBeLessThan(5_000);
});

describe('maskStatement', () => {
  it('hides what is no code, and keeps every position', () => {
    const statement = `SELECT '$a' || "$b" || $c -- $d`;
    const masked = maskStatement('sql', statement);
    expect(masked).toHaveLength(statement.length);
    expect(masked.indexOf('$')).toBe(statement.indexOf('$c'));
    expect(masked.match(/\$/g)).toHaveLength(1);
  });
});
