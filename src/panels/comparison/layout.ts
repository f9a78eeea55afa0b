/** Which columns a table has at a width, and how wide they are. Spare width goes to the bar, then to the gaps. */

export type Layout = 'wide' | 'medium' | 'narrow' | 'tile';

/** Inner widths; a panel's chrome takes about 20 px more. Facts that a layout drops are in the tooltip. */
const WIDE_FROM = 980;
const MEDIUM_FROM = 580;
/** Below this inner height there is room for a headline and one number, not for rows. */
const TILE_BELOW = 150;

export function layoutOf(width: number, height: number): Layout {
  if (height < TILE_BELOW) {
    return 'tile';
  }
  return width >= WIDE_FROM ? 'wide' : width >= MEDIUM_FROM ? 'medium' : 'narrow';
}

const GAP = 12;
const MAX_BAR = 460;
const MIN_BAR = 72;
/** Widths before and after the bar's column. */
const COLUMNS = {
  wide: { before: [160, 80, 92, 108], after: [126, 84, 84, 56] },
  medium: { before: [116, 140, 96], after: [136] },
} as const;

export interface Columns {
  /** CSS `grid-template-columns`, px. */
  template: string;
  gap: number;
  bar: number;
}

export function columnsOf(layout: 'wide' | 'medium', width: number): Columns {
  const { before, after } = COLUMNS[layout];
  const fixed = [...before, ...after].reduce((sum, column) => sum + column, 0);
  const gaps = before.length + after.length;
  const bar = Math.min(MAX_BAR, Math.max(MIN_BAR, Math.floor(width - fixed - gaps * GAP)));
  const gap = Math.max(GAP, Math.floor((width - fixed - bar) / gaps));
  return { template: [...before, bar, ...after].map((column) => `${column}px`).join(' '), gap, bar };
}

const HEADER_HEIGHT = 27;
/** Two lines just fit in the least height; a table gives up its header before it goes below the fair one. */
const ROW_HEIGHTS = {
  wide: { least: 36, fair: 40, most: 56 },
  medium: { least: 36, fair: 40, most: 48 },
  narrow: { least: 67, fair: 67, most: 67 },
};

export interface RowFit {
  height: number;
  hasHeader: boolean;
}

/**
 * Height of a row, and whether the table has a header, from the room there is for both; the same in every state of the
 * same panel. Narrow rows name everything themselves and never have one.
 */
export function fitRows(layout: Exclude<Layout, 'tile'>, room: number, rows: number): RowFit {
  const { least, fair, most } = ROW_HEIGHTS[layout];
  const count = Math.max(1, rows);
  const hasRoom = room - HEADER_HEIGHT >= count * (layout === 'wide' ? least : fair);
  // A wide table that scrolls either way keeps its header.
  const hasHeader = layout !== 'narrow' && (hasRoom || (layout === 'wide' && room < count * least));
  const rest = room - (hasHeader ? HEADER_HEIGHT : 0);
  return { height: Math.min(most, Math.max(least, Math.floor(rest / count))), hasHeader };
}

/** Headline size, px: read across a room on a wall screen, while the small print stays as it is. */
export function headlineSizeOf(layout: Layout, width: number): number {
  if (layout === 'narrow' || layout === 'medium') {
    return 16;
  }
  return width >= 2400 ? 32 : width >= 1700 ? 26 : 20;
}
