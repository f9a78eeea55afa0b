import { monitorQuerySchema } from '../../src/contract/query';
import { numberOf, summariesOf, summaryFrame } from './monitor-summary';

const series = (variant: string, value: number) => ({
  labels: { variant },
  times: Float64Array.of(0),
  values: Float64Array.of(value),
});

test('the change is against the same series of the period before', () => {
  const now = [series('a', 12), series('b', 4), series('new', 4), series('gap', Number.NaN)];
  const before = [series('b', 0), series('a', 10), series('gap', 3)];
  expect(summariesOf(now, before).map(({ labels, previous, change }) => [labels.variant, previous, change])).toEqual([
    ['a', 10, 0.2],
    ['b', 0, null],
    ['new', null, null],
    ['gap', 3, null],
  ]); // prettier-ignore
});

test('what is not a number is no number', () => {
  expect(numberOf({ values: new Float64Array() })).toBeNull();
  expect(numberOf({ values: Float64Array.of(Infinity) })).toBeNull();
});

test.each([
  [false, ['variant', 'value']],
  [true, ['variant', 'value', 'previous', 'change']],
])('with change: %s the table has its columns whatever is missing', (change, columns) => {
  const query = monitorQuerySchema.parse({ queryType: 'monitor', format: 'table', change });
  const uplift = { frame: 'monitor:requests', provenance: { level: 'live', sources: [], answeredAt: 0 } } as const;
  const frame = summaryFrame(query, [], {}, { ...uplift, provenance: { ...uplift.provenance, sources: [] } }, {});
  expect(frame.fields.map(({ name }) => name)).toEqual(columns);
});
