import { summariesOf, summarise } from './monitor-summary';

test.each([
  ['rows_scored', [10, Number.NaN, 5], 15],
  ['errors', [1, 2], 3],
  ['drift', [0.1, 0.3, Number.NaN], 0.3],
  ['latency_p95_ms', [10, 20, Number.NaN], 15],
  ['prediction', [Number.NaN], null],
] as const)('%s over a period of %j is %j', (metric, values, expected) => {
  expect(summarise(metric, Float64Array.from(values))).toBe(expected);
});

const series = (variant: string, ...values: number[]) => ({
  labels: { variant },
  times: Float64Array.from(values.keys()),
  values: Float64Array.from(values),
});

test('the change is against the same series of the period before', () => {
  const now = [series('a', 6, 6), series('b', 4), series('new', 4)];
  const before = [series('b', 0), series('a', 5, 5)];
  expect(summariesOf('rows_scored', now, before).map(({ labels, previous, change }) => [labels.variant, previous, change])).toEqual([
    ['a', 10, 0.2],
    ['b', 0, null],
    ['new', null, null],
  ]); // prettier-ignore
});
