import { columnsOf, fitRows, layoutOf } from './layout';

it.each([
  [1180, 380, 'wide'],
  [680, 380, 'medium'],
  [340, 380, 'narrow'],
  [340, 88, 'tile'],
  [1180, 88, 'tile'],
] as const)('%i × %i px is %s', (width, height, layout) => {
  expect(layoutOf(width, height)).toBe(layout);
});

it.each([980, 1180, 1600, 2560])('wide columns fill %i px and never more', (width) => {
  const { template, gap, bar } = columnsOf('wide', width);
  const columns = template.split(' ').map((column) => Number.parseInt(column, 10));
  const used = columns.reduce((sum, column) => sum + column, 0) + gap * (columns.length - 1);
  expect(used).toBeLessThanOrEqual(width);
  expect(used).toBeGreaterThan(width - columns.length);
  expect(bar).toBeLessThanOrEqual(460);
});

it('gives up the medium header before it squeezes rows', () => {
  expect(fitRows('medium', 3 * 40 + 10, 3)).toEqual({ height: 43, hasHeader: false });
  expect(fitRows('medium', 3 * 40 + 27, 3)).toEqual({ height: 40, hasHeader: true });
});

it('gives up the wide header only where all rows are seen without it', () => {
  expect(fitRows('wide', 110, 3)).toEqual({ height: 36, hasHeader: false });
  expect(fitRows('wide', 3 * 36 + 27, 3)).toEqual({ height: 36, hasHeader: true });
  expect(fitRows('wide', 110, 8)).toEqual({ height: 36, hasHeader: true });
});

it('rows never shrink below what their text needs', () => {
  expect(fitRows('wide', 60, 8).height).toBe(36);
  expect(fitRows('medium', 60, 8)).toEqual({ height: 36, hasHeader: false });
});
