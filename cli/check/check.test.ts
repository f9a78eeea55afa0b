import type { ExperimentChoice, SourceStatus } from '../../src/contract/resources';
import type { z } from 'zod';
import { experimentDefinitionSchema } from '../../src/contract/experiment';
import { runCheck } from './check';
import { formatCheck } from './format';

const NOW = Date.UTC(2026, 2, 15);

const status = (given: Partial<SourceStatus>): SourceStatus => ({
  source: 'prometheus',
  state: 'ok',
  latency_ms: 12,
  error: null,
  hint: null,
  class: null,
  field: null,
  endpoint: 'primary',
  newest_sample: NOW - 5000,
  reached: 'data',
  version: '2.42.0',
  found: '1 experiments, 2 variants',
  warnings: [],
  ...given,
});
const down = (given: Partial<SourceStatus>): SourceStatus =>
  status({
    state: 'down',
    error: 'It failed.',
    hint: 'Check prometheus.url.',
    found: null,
    version: null,
    latency_ms: null,
    ...given,
  });
const off: SourceStatus = status({
  source: 'influx',
  state: 'off',
  reached: null,
  found: null,
  version: null,
  newest_sample: null,
  latency_ms: null,
});

const backend = (sources: SourceStatus[], experiments: ExperimentChoice[] = []) => ({
  read: <T>(path: string, schema: z.ZodType<T>) =>
    Promise.resolve(schema.parse(path === 'sources' ? sources : experiments)),
});

const definition = (id: string) => experimentDefinitionSchema.parse({ id });
const choice = (given: Partial<ExperimentChoice>): ExperimentChoice => ({
  id: 'a',
  name: 'A',
  status: 'active',
  variants: ['x', 'y'],
  control: 'x',
  owner: null,
  start: null,
  alpha: 0.05,
  timeZone: 'UTC',
  ...given,
});

test.each([
  ['data', true, true, true],
  ['login', true, true, false],
  ['server', true, false, null],
  ['nothing', false, null, null],
] as const)(
  'a test that reached %s passed the stages before it, failed the next and tried no other',
  async (reached, ...stages) => {
    const given = reached === 'data' ? status({}) : down({ reached });
    const { sources, ok } = await runCheck(backend([given]), []);
    const [found] = sources;
    expect([found?.reachable, found?.authenticated, found?.readable]).toEqual(stages);
    expect(ok).toBe(reached === 'data');
  },
);

test.each([
  ['all readable', [status({}), off], true],
  ['one down', [status({}), down({ source: 'mlflow', reached: 'nothing' })], false],
  ['none configured', [off], false],
  ['readable but stale', [status({ state: 'stale' })], true],
  ['readable but empty', [status({ state: 'empty', newest_sample: null })], true],
])('%s: ok is %s', async (_, sources, ok) => {
  expect((await runCheck(backend(sources), [])).ok).toBe(ok);
});

test.each([
  [off, 'Set INFLUX_URL to use it.'],
  [status({ state: 'empty' }), 'It holds no A/B data'],
  [status({ state: 'stale' }), 'newest sample is old'],
  [down({}), 'Check PROMETHEUS_URL.'],
  [status({}), null],
])('says what to do, in the words of the settings', async (given, words) => {
  const { sources } = await runCheck(backend([given]), []);
  const fix = sources[0]?.fix;
  expect(words === null ? fix : fix?.includes(words)).toBe(words === null ? null : true);
});

test('a definition that only the backend finds at fault is not valid, with its words', async () => {
  const files = [{ file: 'a.yaml', definitions: [definition('a'), definition('b')], failures: [] }];
  const choices = [choice({}), choice({ id: 'b', control: null, status: 'The control of “b” is not set.' })];
  const { experiments, ok } = await runCheck(backend([status({})], choices), files);
  expect(experiments.map(({ isValid, found }) => [isValid, found])).toEqual([
    [true, 'active; y against x'],
    [false, 'The control of “b” is not set.'],
  ]);
  expect(ok).toBe(false);
});

test('the table names every column, and the verdict counts what is wrong', async () => {
  const files = [
    {
      file: 'a.yaml',
      definitions: [],
      failures: [{ class: 'config' as const, message: 'a.yaml: id: missing.', fix: 'Add it.' }],
    },
  ];
  const result = await runCheck(
    backend([status({ warnings: ['the user can write'] }), down({ source: 'mlflow', reached: 'server' })]),
    files,
  );
  const text = formatCheck(result, NOW, null);
  expect(text.split('\n')[0]?.split(/\s+/)).toEqual([
    'SOURCE',
    'REACHABLE',
    'AUTHENTICATED',
    'READABLE',
    'VERSION',
    'LATENCY',
    'FOUND',
    'FIX',
  ]);
  expect(text).toMatch(
    /Prometheus +yes +yes +yes +2\.42\.0 +12 ms +1 experiments, 2 variants; warning: the user can write; newest 5.s old/,
  );
  expect(text).toMatch(/MLflow +yes +no +– +– +– +It failed\./);
  expect(text).toContain('Not sound: 1 of 2 configured sources cannot be read; 1 definitions are wrong.');
});

test('with nothing configured the verdict says how to begin', async () => {
  expect(formatCheck(await runCheck(backend([off]), []), NOW, null)).toContain('Copy .env.example to .env');
});
