import type { Measure } from './measures';
import { readFraction, readTestRows } from './measures';

const metric = (key: string, value: number): Measure => ({ run: 'r', kind: 'metric', key, value });
const param = (key: string, value: number): Measure => ({ run: 'r', kind: 'param', key, value });
const KEYS = ['accuracy', 'test_accuracy'];
const SIZES = { testSizeParam: 'test_size', testRows: 'test_rows' };

test.each([
  ['a ratio', [metric('accuracy', 0.982)], 'auto', 0.982],
  ['a percentage', [metric('accuracy', 78.5)], 'auto', 0.785],
  ['one as everything', [metric('accuracy', 1)], 'auto', 1],
  ['one per cent, when percent is declared', [metric('accuracy', 1)], 'percent', 0.01],
  ['a ratio above one, when a fraction is declared', [metric('accuracy', 78.5)], 'fraction', null],
  ['the first key of the mapping’s order', [metric('test_accuracy', 0.1), metric('accuracy', 0.9)], 'auto', 0.9],
  [
    'the next key when the first is not a number',
    [metric('accuracy', Number.NaN), metric('test_accuracy', 0.8)],
    'auto',
    0.8,
  ],
  ['no infinity', [metric('accuracy', 1.7976931348623157e308)], 'auto', null],
  ['no negative infinity', [metric('accuracy', -1.7976931348623157e308)], 'auto', null],
  ['nothing negative', [metric('accuracy', -0.2)], 'auto', null],
  ['nothing above a hundred per cent', [metric('accuracy', 101)], 'auto', null],
  ['no param of the same name', [param('accuracy', 0.5)], 'auto', null],
  ['no key in other letters', [metric('Accuracy', 0.5)], 'auto', null],
] as const)('accuracy is %s', (_case, measures, scale, expected) => {
  expect(readFraction(measures, KEYS, scale)).toBe(expected);
});

test.each([
  ['the count given', [param('test_size', 2000)], 2000],
  ['unknown for a share alone', [param('test_size', 0.2)], null],
  ['the count beside a share', [param('test_size', 0.2), param('test_rows', 5000)], 5000],
  ['the metric beside a share', [param('test_size', 0.2), metric('test_rows', 5000)], 5000],
  ['unknown for text', [param('test_size', Number.NaN)], null],
  ['unknown for nothing', [], null],
  ['not a negative number', [param('test_size', -5)], null],
])('the rows of the test set are %s', (_case, measures, expected) => {
  expect(readTestRows(measures, SIZES)).toBe(expected);
});
