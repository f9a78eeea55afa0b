import { FailureError } from '../../../../src/contract/failure';
import type { AggregateRequest } from '../dialect';
import { aggregateStatements, edgeStatement, identifier, requireReading, tagValuesStatement } from './statement';

const request: AggregateRequest = {
  measurement: 'model_scoring',
  columns: [{ as: 'requests', kind: 'sum', field: 'rows_scored' }],
  filters: [{ tag: 'deployment', values: [`x' OR 1=1`] }],
  by: ['variant'],
  period: { from: 1000, to: 2000 },
  bucketMs: 500,
};

test('values are bound, names quoted, times bounded', () => {
  expect(aggregateStatements(request)).toEqual([
    {
      text: 'SELECT sum("rows_scored") AS "requests" FROM "model_scoring" WHERE time >= 1000ms AND time < 2000ms AND ("deployment" = $v0) GROUP BY time(500ms), "variant" fill(none)',
      parameters: { v0: `x' OR 1=1` },
    },
  ]);
});

test('a weighted sum is taken in a sub-query, with the weight of the points that have the value', () => {
  const [statement] = aggregateStatements({
    ...request,
    filters: [],
    bucketMs: null,
    columns: [
      { as: 's', kind: 'weighted-sum', field: 'latency_ms', weight: 'rows' },
      { as: 'n', kind: 'weight-sum', field: 'latency_ms', weight: 'rows' },
    ],
  });
  expect(statement?.text).toBe(
    'SELECT sum("x0") AS "s", sum("x1") AS "n" FROM (SELECT "latency_ms" * "rows" AS "x0", "latency_ms" * 0 + "rows" AS "x1" FROM "model_scoring" WHERE time >= 1000ms AND time < 2000ms GROUP BY "variant") WHERE time >= 1000ms AND time < 2000ms GROUP BY "variant"',
  );
});

test('several values of a tag are alternatives, and no value is no condition', () => {
  const filters = [
    { tag: 'variant', values: ['a', 'b'] },
    { tag: 'environment', values: [] },
  ];
  expect(tagValuesStatement({ measurement: 'm', tag: 'deployment', filters })).toEqual({
    text: 'SHOW TAG VALUES FROM "m" WITH KEY = "deployment" WHERE ("variant" = $v0 OR "variant" = $v1)',
    parameters: { v0: 'a', v1: 'b' },
  });
});

test('the newest point is looked for within bounds', () => {
  const request = { measurement: 'm', field: 'f', filters: [], period: { from: 1.4, to: 2 } };
  const text = 'SELECT last("f") AS "value" FROM "m" WHERE time >= 1ms AND time < 2ms';
  expect(edgeStatement({ ...request, by: [] }, 'last').text).toBe(text);
  expect(edgeStatement({ ...request, by: ['v'] }, 'last').text).toBe(`${text} GROUP BY "v"`);
});

test('a name cannot leave its quotes', () => {
  expect(identifier('a" FROM "b\\')).toBe('"a\\" FROM \\"b\\\\"');
});

describe('reading statements', () => {
  test.each([
    'SELECT * FROM "m"',
    '  select mean("x") from m;',
    'SHOW TAG VALUES FROM m WITH KEY = "into"',
    `SELECT "x" FROM m WHERE "v" = 'a; DROP MEASUREMENT m'`,
    `SELECT "into" FROM m WHERE "v" = 'it\\'s into'`,
    '-- a comment; DROP\nSELECT 1',
    '/* DROP */ SELECT x FROM m',
  ])('%s passes', (text) => {
    expect(() => {
      requireReading(text);
    }).not.toThrow();
  });

  test.each([
    'DROP MEASUREMENT "m"',
    'DELETE FROM m',
    'SELECT 1; DROP MEASUREMENT m',
    'SELECT * INTO "copy" FROM m',
    'SELECT *\nINTO copy FROM m',
    'SELECT x /* hidden */ INTO copy FROM m',
    'EXPLAIN ANALYZE SELECT 1',
    '/* SELECT */ DROP DATABASE d',
    `SELECT 'a'; KILL QUERY 1`,
    'SELECTION',
    '',
  ])('%j is refused', (text) => {
    expect(() => {
      requireReading(text);
    }).toThrow(FailureError);
  });
});

test.each(["SELECT * FROM /'/; DROP MEASUREMENT x; SELECT * FROM /'/", "SELECT /'/ INTO y FROM x WHERE a = 'b'"])(
  'a quote inside a regular expression hides nothing: %j is refused',
  (text) => {
    expect(() => {
      requireReading(text);
    }).toThrow(FailureError);
  },
);
