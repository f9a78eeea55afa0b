import type { GrafanaTheme2 } from '@grafana/data';
import type { TimeMark } from '../../contract/frames';
import { fillText, strokeLine, widthOf, type Pen } from './canvas';

function fillGlyph({ ctx }: Pen, kind: TimeMark['kind'], x: number, y: number, colour: string): void {
  ctx.fillStyle = colour;
  ctx.beginPath();
  if (kind === 'split') {
    ctx.moveTo(x, y - 5);
    ctx.lineTo(x + 4, y);
    ctx.lineTo(x, y + 5);
    ctx.lineTo(x - 4, y);
  } else {
    ctx.moveTo(x, y - 4);
    ctx.lineTo(x + 5, y + 4);
    ctx.lineTo(x - 5, y + 4);
  }
  ctx.closePath();
  ctx.fill();
}

interface Placed {
  from: number;
  to: number;
}

/**
 * Draws marks on the time axis: a change of split dashed with a diamond, a deployment dotted with a triangle, each named
 * at the head. A label that would run into one already there, or into `taken`, goes to the foot.
 */
export function drawMarks(pen: Pen, marks: readonly TimeMark[], theme: GrafanaTheme2, taken: Placed[] = []): void {
  const colour = theme.colors.text.secondary;
  const right = pen.left + pen.width;
  const placed = [...taken];
  for (const { at, kind, label } of marks) {
    const x = pen.x(at);
    if (x < pen.left || x > right) {
      continue;
    }
    strokeLine(pen, [x, pen.top], [x, pen.top + pen.height], {
      colour,
      width: 1.25,
      dash: kind === 'split' ? [4, 4] : [1.5, 4],
    });
    const width = widthOf(pen, theme, label, {}) + 14;
    // To the left where it fits: what a change brought about lies to its right.
    const isLeft = kind === 'split' && x - width > 0;
    const span = isLeft ? { from: x - width, to: x + 6 } : { from: x - 6, to: x + width };
    const isFree = placed.every((other) => span.to < other.from || span.from > other.to) && span.to <= right + 8;
    const y = isFree ? pen.top - 14 : pen.top + pen.height - 10;
    if (isFree) {
      placed.push(span);
    }
    const isFlipped = !isFree && x + width > right;
    fillGlyph(pen, kind, isFree ? x : x + (isFlipped ? -8 : 8), y, colour);
    const textX = isFree ? x + (isLeft ? -9 : 9) : x + (isFlipped ? -16 : 16);
    fillText(pen, theme, label, textX, y, { colour, align: isLeft || isFlipped ? 'right' : 'left' });
  }
}
