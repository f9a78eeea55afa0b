import { furthest } from './furthest';

test('the whole drifts as far as its furthest feature, and its p-value pays for the number of looks', () => {
  expect(furthest([{ value: 0.02, pValue: 0.4 }, { value: 0.31, pValue: 0.001 }, { value: 0.1, pValue: null }])).toEqual({ value: 0.31, pValue: 0.002 }); // prettier-ignore
});

test('a p-value stays at most 1', () => {
  expect(furthest([{ value: 0.01, pValue: 0.9 }, { value: 0.01, pValue: 0.8 }]).pValue).toBe(1); // prettier-ignore
});

test('without a measured feature there is no drift to tell', () => {
  expect(furthest([{ value: null, pValue: null }])).toEqual({ value: null, pValue: null });
});
