import { decimalsOfStep, roundAxis } from './ticks';

it.each([
  [0, 30.4],
  [62, 128],
  [0.0083, 0.0142],
  [-0.021, 0.048],
  [0, 1],
  [-7, -1],
  [1e-9, 3e-9],
  [0, 987_654],
] as const)('%p to %p: at most five ticks, evenly spaced, around the data', (low, high) => {
  const { min, max, ticks, step } = roundAxis(low, high);
  expect(ticks.length).toBeLessThanOrEqual(5);
  expect(ticks.length).toBeGreaterThanOrEqual(2);
  expect(min).toBeLessThanOrEqual(low + step * 1e-6);
  expect(max).toBeGreaterThanOrEqual(high - step * 1e-6);
  ticks.slice(1).forEach((tick, index) => expect(tick - (ticks[index] ?? NaN)).toBeCloseTo(step, 12));
});

it('a single value gets room around it', () => {
  const { min, max } = roundAxis(84, 84);
  expect(min).toBeLessThan(84);
  expect(max).toBeGreaterThan(84);
});

it('zero alone stands at the foot: nothing has been below it', () => {
  expect(roundAxis(0, 0)).toMatchObject({ min: 0, max: 1 });
});

it('keeps to a field’s own min and max', () => {
  expect(roundAxis(3, 9, { min: 0, max: 10 })).toMatchObject({ min: 0, max: 10 });
});

it.each([
  [0.25, 1, 2],
  [0.002, 100, 1],
  [20, 1, 0],
])('a step of %p at scale %p needs %p decimals', (step, scale, decimals) => {
  expect(decimalsOfStep(step, scale)).toBe(decimals);
});
