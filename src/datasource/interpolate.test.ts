import type { TemplateSrv } from '@grafana/runtime';
import { interpolateQuery, replacerOf } from './interpolate';
import type { EditedQuery } from './query';

type Formatter = (value: string | string[], variable: { multi: boolean }) => string;

const isFormatter = (format: unknown): format is Formatter => typeof format === 'function';

/** Grafana's template service over two variables: one value, and a set. */
const templates: TemplateSrv = {
  getVariables: () => [],
  containsTemplate: () => true,
  updateTimeRange: () => undefined,
  replace: (text = '', _scopedVars, format) =>
    text.replace(/\$(one|many)/g, (_match, name) => {
      const value = name === 'one' ? "o'ne" : ['a', 'b'];
      if (isFormatter(format)) {
        return format(value, { multi: name === 'many' });
      }
      return Array.isArray(value) ? `{${value.join(',')}}` : value;
    }),
};

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
      { refId: 'A', queryType: 'influx', query: "SELECT x FROM y WHERE z = '$one' AND v =~ /^$many$/" },
      { queryType: 'influx', query: "SELECT x FROM y WHERE z = 'o\\'ne' AND v =~ /^(a|b)$/" },
    ],
  ])('quotes for the language: %j', (query, expected) => {
    expect(interpolate(query)).toMatchObject(expected);
  });
});
