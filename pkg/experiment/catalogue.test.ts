import type { SourceName } from '../../src/calc/provenance';
import { experimentDefinitionSchema } from '../../src/contract/experiment';
import type { DiscoveredExperiment } from '../sources/capabilities/discovery';
import type { Source } from '../sources/source';
import { CatalogueReader } from './catalogue';

const found = (id: string, variants = ['a', 'b'], tags: Record<string, string> = {}): DiscoveredExperiment => ({
  id,
  variants,
  tags,
});

/** A store that names these experiments, and counts how often it is asked. */
function sourceOf(name: SourceName, experiments: DiscoveredExperiment[] | Error) {
  const asked = { times: 0, answer: experiments };
  const source: Source = {
    name,
    probe: () => Promise.reject(new Error('not asked for')),
    dispose: () => Promise.resolve(),
    experiments: () => {
      asked.times++;
      return asked.answer instanceof Error ? Promise.reject(asked.answer) : Promise.resolve(asked.answer);
    },
  };
  return { source, asked };
}

const configured = [experimentDefinitionSchema.parse({ id: 'ranking', alias: { prometheus: 'ranking-prod' } })];

describe('the catalogue', () => {
  it('takes settings before tags, and tags before what stores merely show', async () => {
    const mlflow = sourceOf('mlflow', [
      found('ranking', ['x'], { owner: 'someone else' }),
      found('fraud', ['a'], { definition: '{"id": "fraud", "alias": {"prometheus": "fraud-prod"}}' }),
    ]);
    const prometheus = sourceOf('prometheus', [
      found('ranking-prod'),
      found('fraud-prod'),
      found('search'),
      found('bare', []),
    ]);
    const reader = new CatalogueReader({ mlflow: mlflow.source, prometheus: prometheus.source }, configured, Date.now);
    const { experiments, failures } = await reader.read();
    expect(experiments.map(({ definition, origin, seen }) => [definition.id, origin, Object.keys(seen)])).toEqual([
      ['ranking', 'settings', ['mlflow', 'prometheus']],
      ['fraud', 'mlflow', ['mlflow', 'prometheus']],
      ['search', 'discovered', ['prometheus']],
    ]);
    expect(failures).toEqual([]);
  });

  it('asks no store for an experiment the settings define', async () => {
    const { source, asked } = sourceOf('prometheus', new Error('away'));
    const { experiments, failures } = await new CatalogueReader({ prometheus: source }, configured, Date.now).read(
      false,
      'ranking',
    );
    expect(experiments.map(({ definition }) => definition.id)).toEqual(['ranking']);
    expect([asked.times, failures]).toEqual([0, []]);
  });

  it('remembers what a store named before it went away, and says that it is away', async () => {
    let now = Date.parse('2026-09-03T00:00:00Z');
    const { source, asked } = sourceOf('prometheus', [found('search')]);
    const reader = new CatalogueReader({ prometheus: source }, [], () => now);
    await reader.read();
    await reader.read();
    expect(asked.times).toBe(1);
    now += 60_000;
    asked.answer = new Error('away');
    const { experiments, failures, isKept } = await reader.read();
    expect(experiments.map(({ definition }) => definition.id)).toEqual(['search']);
    expect(failures).toMatchObject([{ source: 'prometheus' }]);
    expect(isKept).toBe(true);
  });

  it('keeps what it read of a definition whose sibling tag cannot be read', async () => {
    const { source } = sourceOf('mlflow', [found('fraud', ['a'], { split: 'no JSON', owner: 'risk' })]);
    const { experiments, failures } = await new CatalogueReader({ mlflow: source }, [], Date.now).read();
    expect(experiments[0]?.definition).toMatchObject({ id: 'fraud', owner: 'risk' });
    expect(failures).toMatchObject([{ field: 'uplift.split' }]);
  });
});
