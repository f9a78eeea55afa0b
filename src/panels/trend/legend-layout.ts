/**
 * How much of the legend there is room for, decided before it is drawn: the chart below has its height at once and never
 * jumps, and a text never runs onto it.
 */

/** The parts of one series' entry, in characters. */
export interface EntrySize {
  label: number;
  value: number;
  /** Mean and change; 0 where they are not asked for. */
  more: number;
  /** The band's name and since when; 0 below all thresholds. */
  crossing: { name: number; since: number };
}

/** What of an entry is written; dropped facts stay in the tooltip. */
export interface LegendDetail {
  more: boolean;
  since: boolean;
}

export interface LegendLayout {
  lines: number;
  detail: LegendDetail;
}

/** An average character of 12 px Inter, one of the heavier values with digits of one width, and what stands beside, px. */
const CHARACTER = 6.6;
const VALUE_CHARACTER = 7.4;
const SWATCH = 20;
const PART_GAP = 8;
const WARNING = 16;
const ENTRY_GAP = 16;
const MOST_LINES = 2;

const part = (characters: number, extra = 0): number =>
  characters === 0 ? 0 : PART_GAP + extra + characters * CHARACTER;

function widthOf({ label, value, more, crossing }: EntrySize, detail: LegendDetail): number {
  return (
    SWATCH +
    (label + 1) * CHARACTER +
    value * VALUE_CHARACTER +
    (detail.more ? part(more) : 0) +
    part(crossing.name, WARNING) +
    (detail.since ? part(crossing.since) : 0)
  );
}

/** Lines the entries fill from left to right; an entry wider than the line has one to itself. */
function linesFor(entries: readonly EntrySize[], width: number, detail: LegendDetail): number {
  let lines = 1;
  let used = 0;
  for (const entry of entries) {
    const own = widthOf(entry, detail);
    if (used > 0 && used + ENTRY_GAP + own > width) {
      lines += 1;
      used = 0;
    }
    used += (used > 0 ? ENTRY_GAP : 0) + own;
  }
  return lines;
}

/** From everything down to label, value and band; two lines at most, past which the legend scrolls. */
const DETAILS: readonly LegendDetail[] = [
  { more: true, since: true },
  { more: true, since: false },
  { more: false, since: true },
];
const LEAST: LegendDetail = { more: false, since: false };

/** The fullest legend of these entries that fits two lines of `width` px. */
export function layOutLegend(entries: readonly EntrySize[], width: number): LegendLayout {
  const isWithin = (detail: LegendDetail) =>
    linesFor(entries, width, detail) <= MOST_LINES && entries.every((entry) => widthOf(entry, detail) <= width);
  const detail = DETAILS.find(isWithin) ?? LEAST;
  return { lines: Math.min(MOST_LINES, linesFor(entries, width, detail)), detail };
}
