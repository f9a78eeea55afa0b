import { colorManipulator, type GrafanaTheme2 } from '@grafana/data';
import type uPlot from 'uplot';
import { fillText, strokeLine, withPen } from './canvas';
import type { Threshold } from './thresholds';

/** Draws thresholds as dashed, named lines, and where asked for the regions above them. */
export function drawThresholds(u: uPlot, yScale: string, thresholds: readonly Threshold[], withRegions: boolean, theme: GrafanaTheme2): void {
  withPen(u, yScale, (pen) => {
    const bottom = pen.top + pen.height;
    thresholds.forEach(({ value, colour, words }, index) => {
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
      if (y < pen.top - 1 || y > bottom + 1) {
        return;
      }
      strokeLine(pen, [pen.left, y], [pen.left + pen.width, y], { colour, width: 1.5, dash: [5, 4] });
      const isAtHead = y - pen.top < 14;
      fillText(pen, theme, words, withRegions ? pen.left + 4 : pen.left + pen.width - 2, isAtHead ? y + 9 : y - 8, {
        colour,
        align: withRegions ? 'left' : 'right',
      });
    });
  });
} // prettier-ignore
