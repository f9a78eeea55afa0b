import { readInstant } from './instant';

test.each([
  ['now', 'now'],
  ['now-7d', 'now-7d'],
  ['now-1d/d', 'now-1d/d'],
  ['1772323200000', '1772323200000'],
  ['2026-03-01T00:00:00Z', '1772323200000'],
  ['2026-03-01T01:00:00+01:00', '1772323200000'],
  ['2026-03-01', '1772323200000'],
])('%s is %s', (text, expected) => {
  expect(readInstant('--from', text)).toBe(expected);
});

test.each(['yesterday', '7d', 'now-7x', '2026-13-01', '', '12'])('“%s” is no time', (text) => {
  expect(() => readInstant('--from', text)).toThrow(`--from: “${text}” is no time`);
});
