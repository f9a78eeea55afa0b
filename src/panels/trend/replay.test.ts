import { replayCases } from '../../../tests/gallery/fixtures/replay';
import { readReplay, replayAxis, replayColumns, type Replay } from './replay';
import { currentWords, dayTicks, decisionWords, tickWords } from './replay-words';

function replayOf(name: string): Replay {
  const frame = replayCases[name]?.series[0];
  const replay = frame ? readReplay(frame) : null;
  if (replay === null) {
    throw new Error(`no replay “${name}”`);
  }
  return replay;
}
const plain = (text: string) => text.replaceAll('\u00a0', ' ').replaceAll('\u2212', '-');

it.each([
  ['replay-won', 'decided on day 4; ran 14', true],
  ['replay-lost', 'decided on day 3; ran 14', false],
] as const)('%s says when it was decided and how long it ran', (name, words, isWin) => {
  const replay = replayOf(name);
  expect(decisionWords(replay)).toBe(words);
  expect(replay.decision?.isWin).toBe(isWin);
});

it('an open test says so', () => {
  expect(decisionWords(replayOf('replay-open'))).toBe('not decided after 14 days');
});

it('ends at the newest estimate and its fixed interval', () => {
  const { lift, interval } = currentWords(replayOf('replay-won'));
  expect(plain(lift)).toBe('+3.6 pp');
  expect(plain(interval)).toBe('2.8…4.4');
});

it('bounds change colour at the decision, without a hole in the band', () => {
  const replay = replayOf('replay-won');
  const { time, open, decided } = replayColumns(replay);
  const at = time.indexOf(replay.decision?.at ?? NaN);
  expect(open.low[at]).toBe(decided.low[at]);
  expect(open.low[at + 1]).toBeNull();
  expect(decided.low[at - 1]).toBeNull();
});

it('early, wide bounds never set the axis', () => {
  const { points } = replayOf('replay-won');
  const widest = Math.max(...points.map(({ sequential }) => sequential?.high ?? 0));
  expect(replayAxis(points).max).toBeLessThan(widest);
});

it('labels the axis in pp with a sign', () => {
  const metric = replayOf('replay-won').metric;
  expect([-0.04, 0, 0.04].map((value) => plain(tickWords(value, 0.04, metric)))).toEqual(['-4 pp', '0 pp', '+4 pp']);
});

it('puts the axis’s ticks on whole days of the test', () => {
  const start = Date.parse('2026-09-01T09:00:00Z');
  const words = dayTicks(start, start + 14 * 86_400_000, 800, 'utc').map((tick) => tick.words);
  expect(words[0]).toBe('day 0 · 1 Sep');
  expect(words).not.toContain('day 15 · 16 Sep');
  expect(words.length).toBeLessThanOrEqual(8);
});
