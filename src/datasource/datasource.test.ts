import { CoreApp, dateTime, type DataQueryRequest } from '@grafana/data';
import { DataSourceWithBackend, setTemplateSrv } from '@grafana/runtime';
import { firstValueFrom, of } from 'rxjs';
import { importedQuery } from './imported';
import { asNumeric, readQuery, type EditedQuery } from './query';
import { standIn } from './testing/data-source';
import { templatesOf } from './testing/templates';

beforeAll(() => setTemplateSrv(templatesOf({ experiment: "o'ne $x", many: ['a', 'b'], empty: '' })));

/** What reaches the backend of these queries. */
async function send(targets: EditedQuery[]): Promise<EditedQuery[]> {
  const passed: EditedQuery[] = [];
  const datasource = standIn();
  const backend = jest
    .spyOn(DataSourceWithBackend.prototype, 'query')
    .mockImplementation(({ targets: asked }: DataQueryRequest<EditedQuery>) => {
      passed.push(...targets.filter(({ refId }) => asked.some((query) => query.refId === refId)));
      return of({ data: [] });
    });
  const request: DataQueryRequest<EditedQuery> = {
    requestId: '1',
    interval: '1m',
    intervalMs: 60_000,
    range: { from: dateTime(0), to: dateTime(1), raw: { from: 'now-1h', to: 'now' } },
    scopedVars: {},
    targets,
    timezone: 'utc',
    app: 'dashboard',
    startTime: 0,
  };
  await firstValueFrom(datasource.query(request));
  backend.mockRestore();
  return passed;
}

describe('the data source', () => {
  it('speaks InfluxQL where a provisioning file leaves the dialect empty', () => {
    const provisioned = { influx: { url: 'http://influx:8086', database: 'ml', dialect: '' } };
    expect(standIn({}, JSON.parse(JSON.stringify(provisioned)) as never).dialect).toBe('influxql');
  });

  it('sends no half-filled query, also where an empty variable makes it so, and none that is hidden', async () => {
    const sent = await send([
      { refId: 'A', queryType: 'experiment', experiment: '' },
      { refId: 'B', queryType: 'experiment', experiment: '$empty' },
      { refId: 'C', queryType: 'status', hide: true },
      { refId: 'D', queryType: 'status' },
    ]);
    expect(sent.map(({ refId }) => refId)).toEqual(['D']);
  });

  it('leaves a query of an unknown type to the backend, which names it', async () => {
    const unknown = Object.assign({ refId: 'A', queryType: 'status' } as const, { queryType: 'telepathy' });
    expect(await send([Object.assign({ refId: 'B', queryType: 'status' } as const, unknown)])).toHaveLength(1);
  });

  it('lets Grafana pass on what is stored in an older shape, or of a type it does not know', () => {
    const status = { refId: 'A', queryType: 'status' } as const;
    const stored = (fields: object): EditedQuery => Object.assign({ ...status }, { queryType: undefined }, fields);
    expect(standIn().filterQuery(stored({ expr: 'up' }))).toBe(true);
    expect(standIn().filterQuery(stored({ queryType: 'telepathy' }))).toBe(true);
    expect(standIn().filterQuery(stored({}))).toBe(false);
    expect(standIn().filterQuery({ ...status, hide: true })).toBe(false);
  });

  it('says that the variables are in, unless one does not exist', () => {
    const apply = (experiment: string) =>
      standIn().applyTemplateVariables({ refId: 'A', queryType: 'experiment', experiment }, {});
    expect(apply('$experiment')).toMatchObject({ experiment: "o'ne $x", interpolated: true });
    expect(apply('$deleted')).toMatchObject({ experiment: '$deleted', interpolated: false });
  });

  it('says in one line what a folded query asks', () => {
    const textOf = (query: EditedQuery) => standIn().getQueryDisplayText(query);
    expect(textOf({ refId: 'A', queryType: 'prometheus', expr: 'up' })).toBe('up');
    expect(textOf({ refId: 'A', queryType: 'experiment', experiment: 'checkout' })).toMatch(/^checkout against/);
    expect(textOf(Object.assign({ refId: 'A', queryType: 'status' } as const, { queryType: 'telepathy' }))).toBe('');
  });

  it('keeps that mark out of what Explore takes over', () => {
    const [query] = standIn().interpolateVariablesInQueries([{ refId: 'A', queryType: 'overview' }], {});
    expect(query).not.toHaveProperty('interpolated');
  });

  it('takes to Explore what is stored in an older shape, and a type it does not know as it is', () => {
    const stored = (fields: object): EditedQuery =>
      Object.assign({ refId: 'A', queryType: 'status' } as const, { queryType: undefined }, fields);
    const [old, unknown] = standIn().interpolateVariablesInQueries(
      [stored({ expr: 'up{job="$many"}' }), stored({ queryType: 'telepathy', thought: '$many' })],
      {},
    );
    expect(old).toMatchObject({ queryType: 'prometheus', expr: 'up{job="(a|b)"}', datasource: { uid: 'uplift' } });
    expect(unknown).toMatchObject({ queryType: 'telepathy', thought: '$many' });
  });

  it('begins in Explore with what there is, in alerting with a number', () => {
    expect(standIn().getDefaultQuery(CoreApp.Explore)).toEqual({ queryType: 'overview', format: 'table' });
    expect(standIn().getDefaultQuery(CoreApp.UnifiedAlerting)).toMatchObject({ format: 'numeric', value: 'seq_p' });
  });

  it('marks on charts what happened, where an annotation says nothing else', () => {
    const { annotations } = standIn();
    const annotation = { name: 'Events', enable: true, iconColor: 'red' };
    expect(annotations?.prepareQuery?.(annotation)).toMatchObject({ queryType: 'annotations' });
    const untyped = Object.assign({ refId: 'Anno', queryType: 'annotations' } as const, { queryType: undefined });
    expect(annotations?.prepareQuery?.({ ...annotation, target: untyped })).toMatchObject({ queryType: 'annotations' });
    const own: EditedQuery = { refId: 'A', queryType: 'annotations', kinds: ['runs'] };
    expect(annotations?.prepareQuery?.({ ...annotation, target: own })).toEqual(own);
  });
});

describe('importedQuery', () => {
  it.each([
    ['prometheus', { refId: 'A', expr: 'up', legendFormat: '{{job}}' }, { queryType: 'prometheus', expr: 'up', legend: '{{job}}' }],
    ['influxdb', { refId: 'A', query: 'SHOW DATABASES' }, { queryType: 'influx', query: 'SHOW DATABASES' }],
    ['grafana-postgresql-datasource', { refId: 'A', rawSql: 'SELECT 1', format: 'time_series' }, { queryType: 'mlflow', mode: 'sql', format: 'timeseries' }],
  ])('takes a query of %s over', (type, query, expected) => {
    expect(importedQuery(query, type)).toMatchObject(expected);
  }); // prettier-ignore

  it('takes nothing over from a store we do not ask, or that says nothing', () => {
    expect(importedQuery({ refId: 'A' }, 'loki')).toBeNull();
    expect(importedQuery({ refId: 'A' }, 'prometheus')).toBeNull();
  });
});

describe('asNumeric', () => {
  it.each<[EditedQuery, Partial<EditedQuery>]>([
    [{ refId: 'A', queryType: 'experiment', experiment: 'x', value: 'srm_p' }, { value: 'srm_p' }],
    [{ refId: 'A', queryType: 'impact', experiment: 'x' }, { value: 'p_net_positive' }],
    [{ refId: 'A', queryType: 'overview' }, { value: 'error_rate' }],
    [{ refId: 'A', queryType: 'prometheus', expr: 'up' }, { expr: 'up' }],
  ])('asks for one number: %j', (query, expected) => {
    expect(asNumeric(query)).toMatchObject({ ...expected, format: 'numeric' });
  });
});

describe('readQuery', () => {
  it('gives a new query its defaults, and leaves one of an unknown type alone', () => {
    expect(readQuery({ refId: 'A' }, CoreApp.PanelEditor)).toMatchObject({ queryType: 'experiment', format: 'table' });
    expect(readQuery({ refId: 'A', queryType: 'telepathy' }, CoreApp.PanelEditor)).toBeNull();
  });
});
