import { layOutLegend, type EntrySize } from './legend-layout';

const entry = (own: Partial<EntrySize> = {}): EntrySize => ({
  label: 8,
  value: 5,
  more: 0,
  crossing: { name: 0, since: 0 },
  ...own,
});
const watched = entry({ crossing: { name: 5, since: 11 } });
const full = entry({ more: 22 });

it.each([
  ['two short entries stand on one line', [entry(), entry()], 300, 1, { more: true, since: true }],
  ['two that are past a threshold take two lines of eight columns', [watched, watched], 290, 2, { more: true, since: true }],
  ['three of them say no longer since when', [watched, watched, watched], 372, 2, { more: true, since: false }],
  ['mean and change go where they would take a third line', [full, full, full], 310, 2, { more: false, since: true }],
  ['what is left scrolls in two lines', Array.from({ length: 12 }, () => watched), 300, 2, { more: false, since: false }],
] as const)('%s', (_name, entries, width, lines, detail) => {
  expect(layOutLegend(entries, width)).toEqual({ lines, detail });
}); // prettier-ignore
