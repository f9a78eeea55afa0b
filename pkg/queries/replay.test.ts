import type { UpliftMeta } from '../../src/contract/frames';
import { DAY, START } from '../experiment/test-scene';
import { instanceOf, NOW, sound } from '../experiment/test-instance';
import { answerQuery } from './answer';

/** The replay of accuracy under a declared split; the traffic is split half and half. */
async function replayUnder(baseline: number, enhanced: number): Promise<UpliftMeta['replay']> {
  const definition = {
    id: 'ranking',
    control: 'baseline',
    variants: [{ name: 'baseline' }, { name: 'enhanced' }],
    split: { baseline, enhanced },
    assignment: 'request' as const,
    start: new Date(START).toISOString(),
  };
  const { frames } = await answerQuery(
    'experiment',
    { queryType: 'experiment', experiment: 'ranking', format: 'timeseries', metric: 'accuracy' },
    {
      instance: instanceOf(sound, { experiments: [definition] }),
      refId: 'A',
      range: { from: NOW - DAY, to: NOW },
      intervalMs: 60_000,
      maxDataPoints: 500,
      now: NOW,
      skipCache: false,
      isAlert: false,
      signal: new AbortController().signal,
    },
  );
  return (frames?.[0]?.meta?.custom as { uplift: UpliftMeta } | undefined)?.uplift.replay;
}

it('marks when a sound test was decided', async () => {
  const replay = await replayUnder(50, 50);
  expect(replay?.verdict).toBe('winner');
  expect(replay?.decidedAt).toBeGreaterThan(START);
});

it('marks no decision of a test whose verdict is withheld', async () => {
  const replay = await replayUnder(80, 20);
  expect(replay).toMatchObject({ verdict: 'invalid', decidedAt: null });
});
