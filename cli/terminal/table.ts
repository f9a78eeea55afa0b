/** Tables for people: aligned columns, wrapped to the terminal, plain text without colour codes so that they may be piped. */
import Table from 'cli-table3';

export interface TableColumn {
  title: string;
  /** Wraps when the terminal is too narrow; the other columns keep their words whole. */
  isProse?: boolean;
}

const NO_BORDER = {
  top: '', 'top-mid': '', 'top-left': '', 'top-right': '', bottom: '', 'bottom-mid': '', 'bottom-left': '', 'bottom-right': '',
  left: '', 'left-mid': '', mid: '', 'mid-mid': '', right: '', 'right-mid': '', middle: '  ',
}; // prettier-ignore
const GAP = 2;
const NARROWEST_PROSE = 24;

const widthOf = (text: string) => Math.max(...text.split('\n').map((line) => line.length));

/** Rows under their titles. `width` is the terminal's; without one nothing wraps. */
export function formatTable(columns: readonly TableColumn[], rows: readonly string[][], width: number | null): string {
  const natural = columns.map(({ title }, index) =>
    Math.max(widthOf(title), ...rows.map((row) => widthOf(row[index] ?? ''))),
  );
  const prose = columns.flatMap(({ isProse }, index) => (isProse === true ? [index] : []));
  const fixed = natural.reduce((sum, own, index) => sum + GAP + (prose.includes(index) ? 0 : own), -GAP);
  const share =
    width === null ? Infinity : Math.max(NARROWEST_PROSE, Math.floor((width - fixed) / Math.max(1, prose.length)));
  const table = new Table({
    head: columns.map(({ title }) => title.toUpperCase()),
    colWidths: natural.map((own, index) => (prose.includes(index) ? Math.min(own, share) : own)),
    wordWrap: true,
    chars: NO_BORDER,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0, compact: true },
  });
  table.push(...rows);
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}
