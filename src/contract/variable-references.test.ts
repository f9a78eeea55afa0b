import type { Language } from './statement-text';
import { findReferences, findStatementReferences } from './variable-references';

describe('findReferences', () => {
  it.each([
    ['$a and ${b} and ${c:csv} and [[d]] and [[e:raw]]', ['a', 'b', 'c', 'd', 'e']],
    ['$a $a', ['a']],
    ['$__from $__interval $1 ${2} costs $ and \\$x', []],
    ['تجربة $a', ['a']],
  ])('%s', (text, expected) => {
    expect(findReferences(text)).toEqual(expected);
  });
});

describe('findStatementReferences', () => {
  it.each<[Language, string, string[]]>([
    ['sql', `SELECT '$a', $tag$x$tag$, $$y$$ -- $b`, ['a']],
    ['influxql', `SELECT x FROM y WHERE $timeFilter AND z =~ /^$a$/`, ['a']],
    ['promql', 'label_replace(up, "a", "$first", "b", "(?P<first>.*)")', []],
    ['promql', 'up{a=~"$first|x$"}', ['first']],
    ['flux', 'host = "a"\nfrom(bucket: "${host}") |> filter(fn: (r) => r.b == "$c")', ['c']],
    ['flux', 'from(bucket: "${bucket}")', ['bucket']],
  ])('%s: %s', (language, statement, expected) => {
    expect(findStatementReferences(language, statement)).toEqual(expected);
  });
});
