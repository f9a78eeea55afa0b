import { interpolateQuery, isMissingVariables, replacerOf } from './interpolate';
import type { EditedQuery } from './query';
import { templatesOf } from './testing/templates';

const templates = templatesOf({ one: "o'ne", many: ['a', 'b'], column: 'odd"name' });

const interpolate = (query: EditedQuery) => interpolateQuery(query, replacerOf(templates, {}), 'influxql');

describe('interpolateQuery', () => {
  it('writes names as they are', () => {
    expect(interpolate({ refId: 'A', queryType: 'experiment', experiment: '$one' })).toMatchObject({
      experiment: "o'ne",
    });
  });

  it('turns a list item that is a variable into the variable’s values', () => {
    expect(
      interpolate({ refId: 'A', queryType: 'experiment', experiment: 'x', variants: ['$many', 'c', 'v-$one'] }),
    ).toMatchObject({ variants: ['a', 'b', 'c', "v-o'ne"] });
  });

  it('writes them wherever the editor lets one type a name', () => {
    const definition = { control: '$one' };
    for (const query of [
      { refId: 'A', queryType: 'experiment', experiment: 'x', breakdown: '$column', definition },
      { refId: 'A', queryType: 'impact', experiment: 'x', breakdown: '$column', definition },
      { refId: 'A', queryType: 'overview', experiment: 'x', definition },
    ] satisfies EditedQuery[]) {
      expect(interpolate(query)).toMatchObject({
        definition: { control: "o'ne" },
        ...('breakdown' in query && { breakdown: 'odd"name' }),
      });
    }
  });

  it('does so in the filters of a monitor query', () => {
    expect(interpolate({ refId: 'A', queryType: 'monitor', filters: { environment: ['$many'] } })).toMatchObject({
      filters: { environment: ['a', 'b'] },
    });
  });

  it.each<[EditedQuery, Partial<EditedQuery>]>([
    [
      { refId: 'A', queryType: 'prometheus', expr: 'up{job=~"$many"}' },
      { queryType: 'prometheus', expr: 'up{job=~"(a|b)"}' },
    ],
    [
      { refId: 'A', queryType: 'mlflow', rawSql: "SELECT 1 WHERE x = '$one' AND y IN ($many)" },
      { queryType: 'mlflow', rawSql: "SELECT 1 WHERE x = 'o''ne' AND y IN ('a','b')" },
    ],
    [
      { refId: 'A', queryType: 'mlflow', rawSql: 'SELECT "$column" FROM runs WHERE x = $one' },
      { queryType: 'mlflow', rawSql: `SELECT "odd""name" FROM runs WHERE x = 'o''ne'` },
    ],
    [
      { refId: 'A', queryType: 'mlflow', rawSql: 'SELECT $__timeGroup(start_time, $__interval)' },
      { queryType: 'mlflow', rawSql: 'SELECT $__timeGroup(start_time, $__interval)' },
    ],
    [
      { refId: 'A', queryType: 'influx', query: "SELECT x FROM y WHERE z = '$one' AND v =~ /^$many$/" },
      { queryType: 'influx', query: "SELECT x FROM y WHERE z = 'o\\'ne' AND v =~ /^(a|b)$/" },
    ],
  ])('quotes for the language: %j', (query, expected) => {
    expect(interpolate(query)).toMatchObject(expected);
  });
});

describe('isMissingVariables', () => {
  it.each<[boolean, EditedQuery]>([
    [false, { refId: 'A', queryType: 'experiment', experiment: '$one' }],
    [true, { refId: 'A', queryType: 'experiment', experiment: '$deleted' }],
    [true, { refId: 'A', queryType: 'monitor', filters: { environment: ['${deleted}'] } }],
    [false, { refId: 'A', queryType: 'mlflow', rawSql: "SELECT '$one' WHERE $__timeFilter(start_time) AND x = $$a$$" }],
    [true, { refId: 'A', queryType: 'mlflow', rawSql: "SELECT '$deleted'" }],
    [false, { refId: 'A', queryType: 'prometheus', expr: 'label_replace(up, "a", "$1", "b", "(.*)$")' }],
    [true, { refId: 'A', queryType: 'prometheus', expr: 'up{job="$deleted"}' }],
    [false, { refId: 'A', queryType: 'influx', query: 'SELECT x FROM y WHERE $timeFilter AND z =~ /^a$/' }],
  ])('is %s for %j', (expected, query) => {
    expect(isMissingVariables(query, replacerOf(templates, {}), 'influxql')).toBe(expected);
  });
});
