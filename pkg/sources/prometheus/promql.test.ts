import { FailureError } from '../../../src/contract/failure';
import { anyOf, duration, fillSelector, grouping, isOneOf, labelName, labelsMatched, quote } from './promql';

test.each([
  ['plain', '"plain"'],
  ['a"b', '"a\\"b"'],
  ['back\\slash', '"back\\\\slash"'],
  ['two\nlines', '"two\\nlines"'],
  ['"} or up{a="', '"\\"} or up{a=\\""'],
])('the text %j is quoted as %s', (text, quoted) => {
  expect(quote(text)).toBe(quoted);
});

test('matchers take the place of %m, whatever their values contain', () => {
  const matchers = [
    { label: 'experiment', op: '=', value: '$& %m "x"' } as const,
    isOneOf('model_name', ['a.b', 'c|d']),
  ];
  expect(fillSelector('x_total{status!~"ok|2..",%m}', matchers)).toBe(
    'x_total{status!~"ok|2..",experiment="$& %m \\"x\\"",model_name=~"a\\\\.b|c\\\\|d"}',
  );
});

test('one value is matched by equality', () => {
  expect(isOneOf('v', ['a.b'])).toEqual({ label: 'v', op: '=', value: 'a.b' });
});

test('a selector without a place for the matchers is refused, with the way to write it', () => {
  expect(() => fillSelector('x_total', [])).toThrow(FailureError);
  expect(() => fillSelector('x_total', [])).toThrow('has no place for the matchers');
});

test('label names other than the classic ones are quoted', () => {
  expect(labelName('model_name')).toBe('model_name');
  expect(grouping(['model_name', 'service.name'])).toBe('by (model_name, "service.name")');
  expect(labelName('a) or up{b="')).toBe('"a) or up{b=\\""');
});

test('every special character of a regular expression is escaped', () => {
  const text = String.raw`a.b+c*d?e(f)g|h[i]j{k}l^m$n\o`;
  expect(new RegExp(`^(?:${anyOf([text])})$`).test(text)).toBe(true);
  expect(new RegExp(`^(?:${anyOf(['a.b'])})$`).test('axb')).toBe(false);
});

test.each([
  [86_400_000, '86400s'],
  [1500, '1500ms'],
])('%d ms is written %s', (ms, text) => {
  expect(duration(ms)).toBe(text);
});

test('the labels a selector looks at are found', () => {
  expect(labelsMatched('ab_test_requests_total{status!~"success|ok|2..",code=~"5..",%m}')).toEqual(['status', 'code']);
});
