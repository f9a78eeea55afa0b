import { readReasons, writeReasons } from './reasons';

test('reasons survive the way through a text column, in order', () => {
  const reasons = [
    { code: 'decided-better', words: 'the whole interval is above zero: 2.9…4.3 pp' },
    { code: 'stratified', words: 'estimated within 2 phases' },
  ] as const;
  expect(readReasons(writeReasons(reasons))).toEqual(reasons);
});

test('a reason this version does not know is left out, the others are kept', () => {
  expect(readReasons('from-the-future: new words\nstale: accuracy is 41 d old')).toEqual([
    { code: 'stale', words: 'accuracy is 41 d old' },
  ]);
});
