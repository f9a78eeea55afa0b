import type { UpliftMeta } from '../../src/contract/frames';
import { START } from '../experiment/test-scene';
import { instanceOf, sound } from '../experiment/test-instance';
import { answerQuery } from './answer';
import { contextOf } from './test-context';

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
    contextOf(instanceOf(sound, { experiments: [definition] })),
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
