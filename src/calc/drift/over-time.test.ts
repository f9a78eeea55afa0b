import { isEnough, LEAST_ROWS_A_BIN, widen, widthFor } from './over-time';

const HOUR = 3_600_000;
const hours = (...rows: number[]) => rows.map((count, hour) => ({ time: hour * HOUR, counts: [count, 0] }));

test.each([
  ['enough rows', 2 * LEAST_ROWS_A_BIN, 1],
  ['a third of them', (2 * LEAST_ROWS_A_BIN) / 3, 3],
  ['hardly any', 1, 24],
])('with %s an hour the buckets are wide enough', (_case, rows, width) => {
  expect(widthFor(hours(rows, rows, rows))).toBe(width);
});

test('hours without any rows do not widen the others', () => {
  expect(widthFor(hours(0, 0, 0, 2 * LEAST_ROWS_A_BIN))).toBe(1);
});

test('wide buckets lie on multiples of their width and add up', () => {
  const wide = widen([{ time: HOUR, counts: [1, 2] }, ...hours(9, 9, 9).slice(2)], HOUR, 2);
  expect(wide).toEqual([
    { time: 0, counts: [1, 2] },
    { time: 2 * HOUR, counts: [9, 0] },
  ]);
});

test('a bucket of a few rows says nothing', () => {
  expect(isEnough({ time: 0, counts: [3, 3] })).toBe(false);
  expect(isEnough({ time: 0, counts: [LEAST_ROWS_A_BIN, 0] })).toBe(true);
});
