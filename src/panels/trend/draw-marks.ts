import type { GrafanaTheme2 } from '@grafana/data';
import type { TimeMark } from '../../contract/frames';
import { fillGrounded, strokeLine, widthOf, type Pen } from './canvas';

type Kind = TimeMark['kind'];

/** Room above the plot for the marks' labels, px. */
export const MARKS_HEIGHT = 24;

const DASH: Readonly<Record<Kind, number[]>> = { split: [4, 4], deployment: [1.5, 4], decision: [] };
const LABEL_GAP = 9;
const LINE = 16;
/** Rows of labels at the foot; a mark that finds no room there either keeps its line and its glyph. */
const FOOT_ROWS = 2;
const SHORTEST_LABEL = 5;

function fillGlyph({ ctx }: Pen, kind: Kind, x: number, y: number, colour: string): void {
  ctx.fillStyle = colour;
  ctx.beginPath();
  switch (kind) {
    case 'split':
      ctx.moveTo(x, y - 5);
      ctx.lineTo(x + 4, y);
      ctx.lineTo(x, y + 5);
      ctx.lineTo(x - 4, y);
      break;
    case 'deployment':
      ctx.moveTo(x, y - 4);
      ctx.lineTo(x + 5, y + 4);
      ctx.lineTo(x - 5, y + 4);
      break;
    case 'decision':
      ctx.arc(x, y, 4, 0, 2 * Math.PI);
      break;
  }
  ctx.closePath();
  ctx.fill();
}

export interface Span {
  from: number;
  to: number;
}

interface Placed extends Span {
  row: number;
}

interface Place {
  row: number;
  /** Whether the words stand to the left of the line. */
  isLeft: boolean;
  text: string;
}

/** `text`, cut to `room` px with an ellipsis; null where hardly anything would be left of it. */
function fitText(pen: Pen, theme: GrafanaTheme2, text: string, room: number): string | null {
  for (let length = text.length; length >= Math.min(text.length, SHORTEST_LABEL); length -= 1) {
    const cut = length === text.length ? text : `${text.slice(0, length).trimEnd()}…`;
    if (widthOf(pen, theme, cut, {}) + LABEL_GAP <= room) {
      return cut;
    }
  }
  return null;
}

interface Room {
  row: number;
  isLeft: boolean;
  /** px between the line and whatever comes next. */
  width: number;
}

/** Where words beside a line at `x` could stand: at the head, then in the rows of the foot, on either side. */
function roomsAt(pen: Pen, x: number, kind: Kind, taken: readonly Placed[]): Room[] {
  // What a change of split brought about lies to its right.
  const sides = kind === 'split' ? [true, false] : [false, true];
  return Array.from({ length: FOOT_ROWS + 1 }, (_, row) => row).flatMap((row) => {
    const others = taken.filter((other) => other.row === row);
    if (others.some(({ from, to }) => x > from - 4 && x < to + 4)) {
      return [];
    }
    // Beside the foot stand the newest values; above them there is room.
    const right = row === 0 ? pen.canvasWidth - 4 : pen.left + pen.width + 8;
    return sides.map((isLeft): Room => {
      const edge = isLeft
        ? Math.max(row === 0 ? 0 : pen.left, ...others.filter(({ to }) => to <= x).map(({ to }) => to + 8))
        : Math.min(right, ...others.filter(({ from }) => from >= x).map(({ from }) => from - 8));
      return { row, isLeft, width: Math.abs(edge - x) };
    });
  });
}

/** The first room that holds the whole label, else the widest with the label cut; null where neither shows anything. */
function placeLabel(
  pen: Pen,
  theme: GrafanaTheme2,
  { at, kind, label }: TimeMark,
  taken: readonly Placed[],
): Place | null {
  const rooms = roomsAt(pen, pen.x(at), kind, taken);
  const needed = widthOf(pen, theme, label, {}) + LABEL_GAP;
  const room = rooms.find(({ width }) => width >= needed) ?? rooms.toSorted((a, b) => b.width - a.width)[0];
  const text = room && fitText(pen, theme, label, room.width);
  return room && text != null ? { row: room.row, isLeft: room.isLeft, text } : null;
}

/** The label's words, on the side it was placed. */
function fillLabel(
  pen: Pen,
  theme: GrafanaTheme2,
  { text, isLeft }: Place,
  x: number,
  y: number,
  colour: string,
): void {
  const width = widthOf(pen, theme, text, {});
  fillGrounded(pen, theme, text, isLeft ? x - LABEL_GAP - width : x + LABEL_GAP, y, { colour });
}

/**
 * Draws marks on the time axis: a change of split dashed with a diamond, a deployment dotted with a triangle, a decision
 * solid with a disc, each named. `taken` is what already stands at the head.
 */
export function drawMarks(
  pen: Pen,
  marks: readonly TimeMark[],
  theme: GrafanaTheme2,
  taken: readonly Span[] = [],
): void {
  const colour = theme.colors.text.secondary;
  const foot = pen.top + pen.height;
  const placed: Placed[] = taken.map((span) => ({ ...span, row: 0 }));
  for (const mark of marks) {
    const x = pen.x(mark.at);
    if (x < pen.left || x > pen.left + pen.width) {
      continue;
    }
    strokeLine(pen, [x, pen.top], [x, foot], { colour, width: 1.25, dash: DASH[mark.kind] });
    const place = placeLabel(pen, theme, mark, placed);
    const row = place?.row ?? FOOT_ROWS;
    const y = row === 0 ? pen.top - 12 : foot - 10 - (row - 1) * LINE;
    if (place !== null) {
      const width = widthOf(pen, theme, place.text, {}) + LABEL_GAP;
      placed.push({ row, from: place.isLeft ? x - width : x - 6, to: place.isLeft ? x + 6 : x + width });
      fillLabel(pen, theme, place, x, y, colour);
    }
    fillGlyph(pen, mark.kind, x, y, colour);
  }
}
