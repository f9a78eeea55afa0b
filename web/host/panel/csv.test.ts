import { createDataFrame, FieldType } from '@grafana/data';
import { toCsv } from './csv';

const AT = Date.parse('2026-09-15T10:00:00Z');
const series = (variant: string, times: number[], values: Array<number | null>, unit?: string) =>
  createDataFrame({
    fields: [
      { name: 'time', type: FieldType.time, values: times },
      { name: 'value', type: FieldType.number, labels: { variant }, values, config: { unit } },
    ],
  });
const table = (names: unknown[], header = 'name') =>
  createDataFrame({
    fields: [
      { name: header, type: FieldType.string, values: names },
      { name: 'n', type: FieldType.number, values: names.map((_, index) => -index - 1.5) },
    ],
  });

it('puts all series on one time axis, with their units', () => {
  const csv = toCsv([series('a', [AT, AT + 60_000], [1, 2], 'ms'), series('b', [AT + 60_000], [7.25], 'ms')]);
  expect(csv.split('\r\n')).toEqual([
    'time,value a (ms),value b (ms)',
    '2026-09-15T10:00:00.000Z,1,',
    '2026-09-15T10:01:00.000Z,2,7.25',
    '',
  ]);
});

it.each(['=1+1', '+1', '-cmd|calc', '@SUM(A1)', '\t=1', '\r=1', '\n=1'])('does not let %j be a formula', (text) => {
  const [, cell] = /^name,n\r\n"?('[^,]*)"?,/.exec(toCsv([table([text])])) ?? [];
  expect(cell?.startsWith(`'${text}`)).toBe(true);
});

it('guards headers too: they come from labels', () => {
  expect(toCsv([table(['x'], '=HYPERLINK("http://evil")')])).toMatch(/^"'=HYPERLINK/);
});

it('leaves negative numbers numbers', () => {
  expect(toCsv([table(['x'])])).toBe('name,n\r\nx,-1.5\r\n');
});

it.each([
  ['a quote and a comma', 'a "b", c', '"a ""b"", c"'],
  ['a line break inside', 'a\nb', '"a\nb"'],
  ['a list', ['x', 'y'], '"[""x"",""y""]"'],
])('writes %s', (_name, value, cell) => {
  expect(toCsv([table([value])])).toBe(`name,n\r\n${cell},-1.5\r\n`);
});

it('writes nothing for what is missing, not even NaN', () => {
  expect(toCsv([series('a', [AT], [Number.NaN])])).toBe('time,value a\r\n2026-09-15T10:00:00.000Z,\r\n');
});

it('writes several tables one below the other', () => {
  expect(toCsv([table(['x']), table(['y'])])).toBe('name,n\r\nx,-1.5\r\n\r\nname,n\r\ny,-1.5\r\n');
});
