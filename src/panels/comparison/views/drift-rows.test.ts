import { createDataFrame, FieldType, type DataFrame } from '@grafana/data';
import { readDriftRows } from './drift-rows';

const drift = (rows: Array<[string, number, string | null]>, bands?: unknown): DataFrame => ({
  ...createDataFrame({
    name: 'drift',
    fields: [
      { name: 'variant', type: FieldType.string, values: rows.map(() => 'b') },
      { name: 'feature', type: FieldType.string, values: rows.map(([feature]) => feature) },
      { name: 'value', type: FieldType.number, values: rows.map(([, value]) => value), config: { custom: { uplift: { bands } } } }, // prettier-ignore
      { name: 'band', type: FieldType.string, values: rows.map(([, , band]) => band) },
    ],
  }),
});

const bins = createDataFrame({
  name: 'drift_bins',
  fields: [
    { name: 'variant', type: FieldType.string, values: ['b', 'b'] },
    { name: 'feature', type: FieldType.string, values: ['country', 'country'] },
    { name: 'from', type: FieldType.number, values: [null, null] },
    { name: 'to', type: FieldType.number, values: [null, null] },
    { name: 'reference', type: FieldType.number, values: [0.4, 0.6] },
    { name: 'current', type: FieldType.number, values: [0.6, 0.4] },
    { name: 'contribution', type: FieldType.number, values: [0.08, 0.08] },
    { name: 'bin', type: FieldType.string, values: ['DE', 'US'] },
  ],
});

test('the furthest feature comes first, the whole model is none, and each has the parts of its bins', () => {
  const read = readDriftRows([drift([['age', 0.02, 'stable'], ['country', 0.16, 'watch'], ['__all__', 0.16, 'watch']]), bins]); // prettier-ignore
  expect(read?.rows.map(({ label, bins: parts }) => [label, parts.map(({ name }) => name)])).toEqual([
    ['country · b', ['DE', 'US']],
    ['age · b', []],
  ]);
});

test.each([
  ['the query’s own bands', { watch: 0.01, drifted: 0.02 }, 'watch', 'drifted'],
  ['the convention where only the rows name a band', undefined, 'watch', 'watch'],
  ['none where the method has none', undefined, null, null],
])('bands are %s', (_case, bands, written, expected) => {
  expect(readDriftRows([drift([['x', 0.16, written]], bands)])?.rows[0]?.band).toBe(expected);
});

test('an answer of something else is no drift', () => {
  expect(readDriftRows([bins])).toBeNull();
});
