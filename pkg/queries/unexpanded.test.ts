import { FailureError } from '../../src/contract/failure';
import { querySchema } from '../../src/contract/query';
import { refuseUnexpanded } from './unexpanded';

const refuse = (query: Record<string, unknown>) => () => refuseUnexpanded(querySchema.parse(query), 'influxql');

function catchFrom(act: () => void): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  return undefined;
}

describe('a variable nobody put in', () => {
  it.each([
    ['experiment', { queryType: 'experiment', experiment: '$gone' }],
    ['definition.control', { queryType: 'experiment', experiment: 'x', definition: { control: '$gone' } }],
    ['variants', { queryType: 'experiment', experiment: 'x', variants: ['a', '${gone}'] }],
    ['variant', { queryType: 'impact', experiment: 'x', variant: '[[gone]]' }],
    ['experiment', { queryType: 'overview', experiment: '$gone' }],
    ['by', { queryType: 'monitor', by: ['$gone'] }],
    ['experiment', { queryType: 'annotations', experiment: '$gone' }],
    ['expr', { queryType: 'prometheus', expr: 'up{a="$gone"}' }],
    ['query', { queryType: 'influx', query: 'SELECT "$gone" FROM x' }],
    ['rawSql', { queryType: 'mlflow', rawSql: 'SELECT $gone' }],
    ['keys', { queryType: 'mlflow', mode: 'builder', keys: ['$gone'] }],
  ])('is named with its field: %s', (field, query) => {
    const thrown = catchFrom(refuse(query));
    expect(thrown).toBeInstanceOf(FailureError);
    expect(thrown instanceof FailureError && thrown.failure.field).toBe(field);
    expect(thrown).toHaveProperty('message', expect.stringContaining('“$gone” is a dashboard’s variable'));
  });

  it.each([
    [{ queryType: 'experiment', experiment: '$gone', interpolated: true }],
    [{ queryType: 'mlflow', rawSql: "SELECT '$gone'", interpolated: true }],
    [{ queryType: 'mlflow', mode: 'builder', rawSql: 'SELECT $left_over' }],
    [{ queryType: 'prometheus', expr: 'rate(up[$__rate_interval])' }],
    [{ queryType: 'influx', query: 'SELECT x FROM y WHERE $timeFilter AND z =~ /a$/' }],
    [{ queryType: 'status' }],
  ])('is not seen where there is none: %j', (query) => {
    expect(refuse(query)).not.toThrow();
  });
});
