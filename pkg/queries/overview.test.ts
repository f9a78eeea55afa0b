import type { SettingsInput } from '../../src/contract/settings';
import { DAY, START } from '../experiment/test-scene';
import { instanceOf, NOW, sound } from '../experiment/test-instance';
import { answerQuery } from './answer';

const definition = (id: string, own: object = {}): NonNullable<SettingsInput['experiments']>[number] => ({
  id,
  control: 'baseline',
  variants: [{ name: 'baseline' }, { name: 'enhanced' }],
  start: new Date(START).toISOString(),
  ...own,
});

/** Two that run, one that is over, one that cannot be settled. */
const experiments = [
  definition('ranking'),
  definition('search'),
  definition('fraud', { end: new Date(START + DAY).toISOString() }),
  definition('broken', { control: 'nobody' }),
];

const overview = async (query: Record<string, unknown>) => {
  const result = await answerQuery(
    'overview',
    { queryType: 'overview', ...query },
    {
      instance: instanceOf(sound, { experiments }),
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
  const [frame] = result.frames ?? [];
  const field = frame?.fields.find(({ name }) => name === 'active_experiments');
  return { count: field?.values[0], labels: field?.labels };
};

describe('the number of active experiments', () => {
  it.each([
    ['one of them is chosen', { experiment: 'ranking' }],
    ['one that is over is chosen', { experiment: 'fraud' }],
    ['all are meant', {}],
  ])('counts all that run when %s', async (_, query) => {
    expect((await overview(query)).count).toBe(2);
  });

  it('counts by the query’s own definition of the chosen one', async () => {
    const ended = { experiment: 'ranking', definition: { end: new Date(START + DAY).toISOString() } };
    expect((await overview(ended)).count).toBe(1);
  });

  it('is no number of the chosen one, and so carries no label of it', async () => {
    const asked = await overview({ experiment: 'ranking', format: 'numeric', value: 'active_experiments' });
    expect(asked).toEqual({ count: 2, labels: {} });
  });
});
