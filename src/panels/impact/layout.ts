/** How the panel is laid out at a size. Inner sizes; a panel's chrome takes about 20 px more. */

export type Layout = 'wide' | 'medium' | 'narrow' | 'tile';

const WIDE_FROM = 980;
const MEDIUM_FROM = 580;
/** Below this height there is room for the chance and one line of money. */
const TILE_BELOW = 150;

export function layoutOf(width: number, height: number): Layout {
  if (height < TILE_BELOW) {
    return 'tile';
  }
  return width >= WIDE_FROM ? 'wide' : width >= MEDIUM_FROM ? 'medium' : 'narrow';
}

/** Hero size, px: read across a room on a wall screen. */
export function heroSizeOf(layout: Layout, width: number, height: number): number {
  switch (layout) {
    case 'wide':
      return width >= 1700 && height >= 480 ? 80 : height >= 300 ? 56 : 40;
    case 'medium':
    case 'narrow':
      return 40;
    case 'tile':
      return height >= 100 ? 36 : 28;
  }
}

export interface WideColumns {
  hero: number;
  waterfall: number;
  /** 0 when hidden. */
  advice: number;
  whatIf: number;
}

export const COLUMN_GAP = 24;

/** Widths of the wide layout's columns; what a hidden block leaves goes to the waterfall. */
export function wideColumns(width: number, hasAdvice: boolean, hasWhatIf: boolean): WideColumns {
  const hero = Math.round(Math.min(480, Math.max(270, width * 0.24)));
  const advice = hasAdvice ? Math.round(Math.min(420, Math.max(216, width * 0.2))) : 0;
  const whatIf = hasWhatIf ? Math.round(Math.min(300, Math.max(200, width * 0.165))) : 0;
  const gaps = COLUMN_GAP * (1 + Number(hasAdvice) + Number(hasWhatIf));
  return { hero, waterfall: width - hero - advice - whatIf - gaps, advice, whatIf };
}

/** The wide layout's height: past this a waterfall only grows emptier. */
export const mostHeight = (width: number): number => Math.max(520, Math.round(width * 0.4));
