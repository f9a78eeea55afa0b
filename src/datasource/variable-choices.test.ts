import { createDataFrame, dateTime, FieldType, type DataQueryRequest } from '@grafana/data';
import { of } from 'rxjs';
import { standIn, type Resources } from './testing/data-source';
import { templatesOf } from './testing/templates';
import { listChoices } from './variable-choices';
import { readVariableQuery, type VariableQuery } from './variable-query';

const request: DataQueryRequest<VariableQuery> = {
  requestId: '1',
  interval: '1m',
  intervalMs: 60_000,
  range: { from: dateTime(0), to: dateTime(1), raw: { from: 'now-1h', to: 'now' } },
  scopedVars: {},
  targets: [],
  timezone: 'utc',
  app: 'dashboard',
  startTime: 0,
};

const templates = templatesOf({ experiment: 'checkout', nothing: '' });
const list = (query: Omit<VariableQuery, 'refId'>, resources: Resources = {}) =>
  listChoices(standIn(resources), { refId: 'v', ...query }, request, (text = '') => templates.replace(text));

describe('listChoices', () => {
  it.each<[string, Omit<VariableQuery, 'refId'>, string[]]>([
    ['experiments by name', { kind: 'experiments' }, ['Checkout']],
    ['experiments of a status', { kind: 'experiments', status: 'ended' }, []],
    ['experiments of an owner', { kind: 'experiments', owner: 'ann' }, ['Checkout']],
    ['owners', { kind: 'owners' }, ['ann']],
    ['variants, chained', { kind: 'variants', experiment: '$experiment' }, ['baseline', 'enhanced']],
    ['treatments', { kind: 'variants', experiment: '$experiment', role: 'treatment' }, ['enhanced']],
    ['the control', { kind: 'variants', experiment: '$experiment', role: 'control' }, ['baseline']],
    ['variants of a deleted experiment', { kind: 'variants', experiment: 'deleted' }, []],
    ['metrics, chained', { kind: 'metrics', experiment: '$experiment' }, ['Accuracy', 'Latency p95']],
    ['metrics before an experiment is chosen', { kind: 'metrics', experiment: '$nothing' }, []],
    ['values of a dimension', { kind: 'values', dimension: 'region' }, ['eu', 'us']],
    ['values before a dimension is chosen', { kind: 'values', dimension: '' }, []],
  ])('lists %s', async (_, query, expected) => {
    expect((await list(query)).map(({ text }) => text)).toEqual(expected);
  });

  it('asks for the values seen in one experiment and store only', async () => {
    const values = jest.fn(() => ['eu']);
    await list({ kind: 'values', dimension: 'region', experiment: '$experiment', source: 'influx' }, { values });
    expect(values).toHaveBeenCalledWith({ dimension: 'region', search: '', experiment: 'checkout', source: 'influx' });
  });

  it('asks for what is typed where the dashboard searches, so that 10,000 values need not be listed', async () => {
    const values = jest.fn(() => ['eu']);
    const searching = { ...request, scopedVars: { __searchFilter: { text: '', value: 'e' } } };
    const query: VariableQuery = { refId: 'v', kind: 'values', dimension: 'region' };
    await listChoices(standIn({ values }), query, searching, (text = '') => text);
    expect(values).toHaveBeenCalledWith(expect.objectContaining({ search: 'e' }));
  });

  it('lists the sources that are configured', async () => {
    const status = { latency_ms: null, error: null, hint: null, endpoint: null, newest_sample: null, reached: null, version: null, found: null, warnings: [] }; // prettier-ignore
    const sources = () => [
      { ...status, source: 'mlflow', state: 'ok' },
      { ...status, source: 'influx', state: 'off' },
    ];
    expect(await list({ kind: 'sources' }, { sources })).toEqual([{ text: 'mlflow', value: 'mlflow' }]);
  });

  it('lists runs by name, meaning their ids', async () => {
    const datasource = standIn();
    const frame = createDataFrame({
      fields: [
        { name: 'run', type: FieldType.string, values: ['first', 'second'] },
        { name: 'run_id', type: FieldType.string, values: ['a1', 'b2'] },
      ],
    });
    const query = jest.spyOn(datasource, 'query').mockReturnValue(of({ data: [frame] }));
    const found = await listChoices(datasource, { refId: 'v', kind: 'runs', experiment: 'x' }, request, (text = '') => text); // prettier-ignore
    expect(found).toEqual([
      { text: 'first', value: 'a1' },
      { text: 'second', value: 'b2' },
    ]);
    expect(query.mock.calls[0]?.[0].targets).toEqual([expect.objectContaining({ queryType: 'mlflow', list: 'runs', experiment: 'x' })]); // prettier-ignore
  });

  it('lists the first text of a statement, or the label named, each once', async () => {
    const datasource = standIn();
    const series = createDataFrame({
      fields: [
        { name: 'time', type: FieldType.time, values: [1] },
        { name: 'up', type: FieldType.number, values: [1], labels: { job: 'shop' } },
      ],
    });
    const table = createDataFrame({ fields: [{ name: 'n', type: FieldType.string, values: ['a', 'b', 'a'] }] });
    jest.spyOn(datasource, 'query').mockReturnValueOnce(of({ data: [series, series] })).mockReturnValueOnce(of({ data: [table] })); // prettier-ignore
    const listOf = (query: Partial<VariableQuery>) =>
      listChoices(
        datasource,
        { refId: 'v', kind: 'statement', statement: 'up', ...query },
        request,
        (text = '') => text,
      );
    expect(await listOf({ source: 'prometheus', label: 'job' })).toEqual([{ text: 'shop', value: 'shop' }]);
    expect((await listOf({ source: 'mlflow' })).map(({ text }) => text)).toEqual(['a', 'b']);
  });

  it('says in the store’s words why a statement failed', async () => {
    const datasource = standIn();
    jest.spyOn(datasource, 'query').mockReturnValue(of({ data: [], errors: [{ message: 'parse error' }] }));
    const asked = listChoices(datasource, { refId: 'v', kind: 'statement', statement: 'up{' }, request, (text = '') => text); // prettier-ignore
    await expect(asked).rejects.toThrow('parse error');
  });

  it('fails in words where the experiments may not be listed', async () => {
    const experiments = () => {
      throw new Error('You may not (403).');
    };
    await expect(list({ kind: 'experiments' }, { experiments })).rejects.toThrow('You may not (403).');
  });
});

test('a new variable stores the list its editor shows, for Grafana asks nothing for one that stores nothing', () => {
  expect(standIn().variables.getDefaultQuery()).toEqual({ refId: 'variable', kind: 'experiments' });
});

describe('readVariableQuery', () => {
  it.each<[VariableQuery | string, Partial<VariableQuery>]>([
    ['experiments', { kind: 'experiments' }],
    ['variants($experiment)', { kind: 'variants', experiment: '$experiment' }],
    ['values(environment)', { kind: 'values', dimension: 'environment' }],
    ['nonsense', { kind: 'experiments' }],
  ])('reads %j', (stored, expected) => {
    expect(readVariableQuery(stored)).toMatchObject(expected);
  });
});
