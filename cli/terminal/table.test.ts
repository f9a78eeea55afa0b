import { formatTable } from './table';

const COLUMNS = [{ title: 'Name' }, { title: 'Why', isProse: true }];

test('columns are aligned under their titles, without borders, colours or trailing spaces', () => {
  const text = formatTable(COLUMNS, [['a', 'short'], ['longer', 'x']], null); // prettier-ignore
  expect(text.split('\n')).toEqual(['NAME    WHY', 'a       short', 'longer  x']);
});

test('prose wraps to the terminal; other columns keep their words whole', () => {
  const text = formatTable(COLUMNS, [['unbreakable', 'one two three four five six seven eight nine ten']], 40);
  const lines = text.split('\n');
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(40);
  expect(lines.length).toBeGreaterThan(2);
  expect(lines[1]).toMatch(/^unbreakable {2}one two/);
});

test('nothing wraps where there is no terminal', () => {
  const prose = 'word '.repeat(100).trim();
  expect(formatTable(COLUMNS, [['a', prose]], null).split('\n')).toHaveLength(2);
});
