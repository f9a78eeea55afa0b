import { colorManipulator, type GrafanaTheme2 } from '@grafana/data';
import { fillGrounded, strokeLine, type Pen } from './canvas';
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

/** Names each threshold on its line; above the series, for a series may run along the line. */
export function nameThresholds(
  pen: Pen,
  thresholds: readonly Threshold[],
  withRegions: boolean,
  theme: GrafanaTheme2,
): void {
  for (const { value, colour, words } of thresholds) {
    const y = pen.y(value);
    if (isInView(pen, y)) {
      const isAtHead = y - pen.top < 14;
      const x = withRegions ? pen.left + 4 : pen.left + pen.width - 2;
      fillGrounded(pen, theme, words, x, isAtHead ? y + 9 : y - 8, { colour, align: withRegions ? 'left' : 'right' });
    }
  }
}

const isInView = ({ top, height }: Pen, y: number): boolean => y >= top - 1 && y <= top + height + 1;
