import { colorManipulator, type GrafanaTheme2 } from '@grafana/data';
import { fillGrounded, strokeLine, widthOf, type Pen } from './canvas';
import type { Threshold } from './thresholds';

/** Draws thresholds as dashed lines, and where asked for the regions above them; beneath the series. */
export function drawThresholds(pen: Pen, thresholds: readonly Threshold[], withRegions: boolean): void {
  const bottom = pen.top + pen.height;
  thresholds.forEach(({ value, colour }, index) => {
    const y = pen.y(value);
    const above = thresholds[index + 1];
    if (withRegions) {
      const top = Math.max(pen.top, above ? pen.y(above.value) : pen.top);
      const foot = Math.min(bottom, y);
      if (foot > top) {
        pen.ctx.fillStyle = colorManipulator.alpha(colour, 0.12);
        pen.ctx.fillRect(pen.left, top, pen.width, foot - top);
      }
    }
    if (isInView(pen, y)) {
      strokeLine(pen, [pen.left, y], [pen.left + pen.width, y], { colour, width: 1.5, dash: [5, 4] });
    }
  });
}

/** A part of the canvas, CSS px. */
export interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/**
 * Names each threshold on its line, at the end where no series runs through the words; above the series, for both ends may
 * be taken.
 */
export function nameThresholds(
  pen: Pen,
  thresholds: readonly Threshold[],
  withRegions: boolean,
  theme: GrafanaTheme2,
  isClear: (box: Box) => boolean,
): void {
  for (const { value, colour, words } of thresholds) {
    const y = pen.y(value);
    if (isInView(pen, y)) {
      const isAtHead = y - pen.top < 14;
      const middle = isAtHead ? y + 9 : y - 8;
      const length = widthOf(pen, theme, words, {});
      const sides = (['left', 'right'] as const).map((align) => {
        const x = align === 'left' ? pen.left + 4 : pen.left + pen.width - 2;
        const left = align === 'left' ? x : x - length;
        return { align, x, box: { left, right: left + length, top: middle - 7, bottom: middle + 7 } };
      });
      const preferred = withRegions ? sides : sides.toReversed();
      const side = preferred.find(({ box }) => isClear(box)) ?? preferred[0];
      if (side !== undefined) {
        fillGrounded(pen, theme, words, side.x, middle, { colour, align: side.align });
      }
    }
  }
}

const isInView = ({ top, height }: Pen, y: number): boolean => y >= top - 1 && y <= top + height + 1;
