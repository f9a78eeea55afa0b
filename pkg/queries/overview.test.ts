import { FailureError } from '../../src/contract/failure';
import type { SettingsInput } from '../../src/contract/settings';
import { CatalogueReader } from '../experiment/catalogue';
import { DAY, START } from '../experiment/test-scene';
import { instanceOf, NOW, sound } from '../experiment/test-instance';
import type { QueryDataResult } from '../sdk/server';
import type { DiscoveredExperiment } from '../sources/capabilities/discovery';
import type { Source } from '../sources/source';
import { answerQuery } from './answer';
import { contextOf } from './test-context';

const definition = (id: string, own: object = {}): NonNullable<SettingsInput['experiments']>[number] => ({
  id,
  control: 'baseline',
  variants: [{ name: 'baseline' }, { name: 'enhanced' }],
  start: new Date(START).toISOString(),
  ...own,
});

const errorOf = (result: QueryDataResult) => ('error' in result ? result.error : undefined);

/** Two that run, one that is over, one that cannot be settled. */
const experiments = [
  definition('ranking'),
  definition('search'),
  definition('fraud', { end: new Date(START + DAY).toISOString() }),
  definition('broken', { control: 'nobody' }),
];

const overview = async (
  query: Record<string, unknown>,
  instance = instanceOf(sound, { experiments }),
  isAlert = false,
) => {
  const result = await answerQuery('overview', { queryType: 'overview', ...query }, contextOf(instance, { isAlert }));
  const [frame] = result.frames ?? [];
  const field = frame?.fields.find(({ name }) => name === 'active_experiments');
  return {
    count: field?.values[0],
    requests: frame?.fields.find(({ name }) => name === 'total_requests_24h')?.values[0],
    labels: field?.labels,
    notices: frame?.meta?.notices,
    error: errorOf(result),
  };
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
    expect(asked).toMatchObject({ count: 2, labels: {} });
  });
});

it('counts no copies that a shadow saw among the requests of a day', async () => {
  const withRole = async (role: 'treatment' | 'shadow') => {
    const variants = [{ name: 'baseline' }, { name: 'enhanced', role }];
    const instance = instanceOf(sound, { experiments: [definition('ranking', { variants })] });
    return Number((await overview({ experiment: 'ranking' }, instance)).requests);
  };
  expect(await withRole('shadow')).toBeGreaterThan(0);
  expect(await withRole('treatment')).toBe(2 * (await withRole('shadow')));
});

/** A Prometheus that answers nothing but which experiments there are. */
function naming(experiments: () => Promise<DiscoveredExperiment[]>): Source {
  return {
    name: 'prometheus',
    probe: () => Promise.reject(new Error('not asked for')),
    dispose: () => Promise.resolve(),
    experiments,
  };
}
const garbled = () =>
  Promise.reject(new FailureError({ class: 'server', source: 'prometheus', message: 'Garbled.', fix: '' }));

it('asks a store that fails for its experiments only once, so that one refresh does not take it for down', async () => {
  const instance = instanceOf(sound);
  let asked = 0;
  const broken = naming(() => {
    asked++;
    return garbled();
  });
  const catalogue = new CatalogueReader({ prometheus: broken }, [], instance.clock);
  const { count, notices } = await overview({}, { ...instance, catalogue });
  expect(count).toBe(0);
  expect(notices).toMatchObject([{ severity: 'warning', text: expect.stringContaining('Garbled.') as string }]);
  expect(asked).toBe(1);
});

it('an alert on the number of active experiments takes none that a store named before it went away', async () => {
  const instance = instanceOf(sound);
  let isAway = false;
  const source = naming(() =>
    isAway ? garbled() : Promise.resolve([{ id: 'ranking', variants: ['baseline', 'enhanced'], tags: {} }]),
  );
  let now = NOW;
  const configured = instance.settings.experiments;
  const catalogue = new CatalogueReader({ prometheus: source }, configured, () => now);
  const rule = { format: 'numeric', value: 'active_experiments' };
  expect(await overview(rule, { ...instance, catalogue }, true)).toMatchObject({ count: 1, error: undefined });
  isAway = true;
  now += 60_000;
  expect((await overview(rule, { ...instance, catalogue })).count).toBe(1);
  const { count, error } = await overview(rule, { ...instance, catalogue }, true);
  expect(count).toBeUndefined();
  expect(error).toMatch(/Garbled/);
});
