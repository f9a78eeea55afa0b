import { CoreApp } from '@grafana/data';
import { defaultQuery, isComplete, type EditedQuery } from './query';

describe('isComplete', () => {
  it.each<[boolean, EditedQuery]>([
    [false, { refId: 'A', queryType: 'experiment' }],
    [false, { refId: 'A', queryType: 'experiment', experiment: '  ' }],
    [true, { refId: 'A', queryType: 'experiment', experiment: 'x' }],
    [false, { refId: 'A', queryType: 'experiment', experiment: 'x', format: 'numeric' }],
    [true, { refId: 'A', queryType: 'experiment', experiment: 'x', format: 'numeric', value: 'seq_p' }],
    [false, { refId: 'A', queryType: 'impact' }],
    [true, { refId: 'A', queryType: 'overview' }],
    [true, { refId: 'A', queryType: 'monitor' }],
    [true, { refId: 'A', queryType: 'status' }],
    [false, { refId: 'A', queryType: 'prometheus', expr: '' }],
    [true, { refId: 'A', queryType: 'prometheus', expr: 'up' }],
    [false, { refId: 'A', queryType: 'influx' }],
    [false, { refId: 'A', queryType: 'mlflow', rawSql: '' }],
    [true, { refId: 'A', queryType: 'mlflow', rawSql: 'SELECT 1' }],
  ])('is %s for %j', (expected, query) => {
    expect(isComplete(query)).toBe(expected);
  });
});

describe('defaultQuery', () => {
  it('asks for a number in alerting, and for a table elsewhere', () => {
    expect(defaultQuery(CoreApp.UnifiedAlerting)).toMatchObject({ format: 'numeric', value: 'seq_p' });
    expect(defaultQuery(CoreApp.PanelEditor)).toMatchObject({ format: 'table' });
  });
});
