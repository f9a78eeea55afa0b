import { querySchema } from './query';
import { migrateQuery } from './query-migration';

describe('migrateQuery', () => {
  it.each([
    ['PromQL by what it holds', { expr: 'up' }, { queryType: 'prometheus', expr: 'up' }],
    ['SQL by what it holds', { rawSql: 'SELECT 1' }, { queryType: 'mlflow', rawSql: 'SELECT 1' }],
    ['InfluxDB by what it holds', { query: 'SHOW DATABASES' }, { queryType: 'influx', query: 'SHOW DATABASES' }],
    [
      'Grafana’s own Prometheus query',
      { queryType: 'prometheus', expr: 'up', legendFormat: '__auto', interval: '1m30s', format: 'time_series' },
      { queryType: 'prometheus', expr: 'up', legend: '', interval: '1m30s', minStep: 90, format: 'timeseries' },
    ],
    [
      'an interval that is a variable is left alone',
      { queryType: 'prometheus', expr: 'up', interval: '$step' },
      { queryType: 'prometheus', expr: 'up', interval: '$step' },
    ],
    [
      'a field emptied in the editor',
      { queryType: 'experiment', experiment: 'x', breakdown: '', metric: null },
      { queryType: 'experiment', experiment: 'x' },
    ],
  ])('%s', (_, before, after) => {
    expect(migrateQuery(before)).toEqual(after);
  });

  it('keeps what it does not know, and a query of today as it is', () => {
    const query = { refId: 'A', queryType: 'experiment', experiment: 'x', invented: { by: 'tomorrow' } };
    expect(migrateQuery(query)).toEqual(query);
  });

  it('reads SQL from before there was a builder as SQL', () => {
    expect(querySchema.parse(migrateQuery({ queryType: 'mlflow', rawSql: 'SELECT 1' }))).toMatchObject({ mode: 'sql' });
  });
});
