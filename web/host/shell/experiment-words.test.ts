import { ageWords, dataWords, statusWords, verdictLook } from './experiment-words';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const DAY = 86_400_000;

it.each([
  ['winner', 'enhanced wins', 'green'],
  ['loser', 'enhanced loses', 'red'],
  ['inconclusive', 'Not decided', 'darkgrey'],
  ['not-enough-data', 'Not enough data', 'darkgrey'],
  ['invalid', 'Invalid', 'orange'],
  [null, 'No data', 'darkgrey'],
])('verdict %s reads “%s”, %s', (verdict, words, colour) => {
  expect(verdictLook({ verdict, leading: 'enhanced' })).toMatchObject({ words, colour });
});

it.each([
  [NOW - 14 * DAY, 'active', 'day 14, since 8 Nov 2026'],
  [NOW - 40 * DAY, 'ended', 'began 13 Oct 2026'],
  [NOW + DAY, 'planned', 'starts 23 Nov 2026'],
  [null, 'no-start', '–'],
])('start %s, %s: %s', (start, status, words) => {
  expect(ageWords({ start, status }, NOW)).toBe(words);
});

it.each([
  ['live', 12, 'LIVE 12 s'],
  ['operational', 600, 'OPERATIONAL 10 min'],
  ['model', 40 * 86_400, 'MODEL 40 d'],
  ['no-data', 5, 'NO DATA'],
  [null, null, 'NO DATA'],
])('level %s, %s s old: %s', (level, ageSeconds, words) => {
  expect(dataWords({ level, ageSeconds }).replaceAll('\u00a0', ' ')).toBe(words);
});

it('a status it has no words for is shown as it came', () => {
  expect(statusWords('paused')).toBe('paused');
});
