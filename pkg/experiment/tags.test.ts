import { readDefinitionTags } from './tags';

const read = (tags: Record<string, string>) => readDefinitionTags({ id: 'mlflow-name', variants: [], tags });

describe('definitions in MLflow tags', () => {
  it('are read from single tags', () => {
    const { definitions, failures } = read({
      name: 'Ranking',
      control: 'baseline',
      start: '2026-09-01T09:00:00+00:00',
      split: '{"baseline": 90, "enhanced": 10}',
      planned_total: '500000',
    });
    expect(failures).toEqual([]);
    expect(definitions).toMatchObject([
      {
        id: 'mlflow-name',
        name: 'Ranking',
        control: 'baseline',
        split: { baseline: 90, enhanced: 10 },
        plannedTotal: 500_000,
        alias: { mlflow: 'mlflow-name' },
      },
    ]);
  });

  it('are several where one MLflow experiment holds several tests; each keeps its way back', () => {
    const { definitions } = read({
      owner: 'ranking-team',
      definition: '[{"id": "first"}, {"id": "second", "owner": "other-team", "alias": {"prometheus": "p2"}}]',
    });
    expect(definitions.map(({ id, owner, alias }) => [id, owner, alias])).toEqual([
      ['first', 'ranking-team', { mlflow: 'mlflow-name' }],
      ['second', 'other-team', { mlflow: 'mlflow-name', prometheus: 'p2' }],
    ]);
  });

  it.each([
    ['is no JSON', { split: '{90}', name: 'Ranking' }, 'uplift.split', 1],
    ['has the wrong type', { planned_total: '"many"' }, 'uplift.plannedTotal', 0],
    ['has no offset', { start: '2026-09-01' }, 'uplift.start', 0],
    ['is a number instead of a definition', { definition: '7' }, 'uplift.definition', 1],
  ])('a tag that %s is named with its experiment and the fix', (_, tags, field, definitionsLeft) => {
    const { definitions, failures } = read(tags);
    expect(failures).toMatchObject([{ class: 'config', source: 'mlflow', field }]);
    expect(failures[0]?.message).toContain('mlflow-name');
    expect(definitions).toHaveLength(definitionsLeft);
  });
});
