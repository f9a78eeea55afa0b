/** Drawing on a chart's canvas in CSS pixels: uPlot hands out device pixels. */
import { colorManipulator, type GrafanaTheme2 } from '@grafana/data';
import type uPlot from 'uplot';

export interface Pen {
  ctx: CanvasRenderingContext2D;
  /** The plotting area, CSS px. */
  left: number;
  top: number;
  width: number;
  height: number;
  /** The whole canvas, CSS px. */
  canvasWidth: number;
  /** Position of a value or a time, CSS px. */
  x: (at: number) => number;
  y: (value: number) => number;
}

/** Runs `draw` with the canvas scaled to CSS pixels and restored afterwards. */
export function withPen(u: uPlot, yScale: string, draw: (pen: Pen) => void): void {
  const ratio = window.devicePixelRatio || 1;
  const { ctx, bbox } = u;
  ctx.save();
  ctx.scale(ratio, ratio);
  draw({
    ctx,
    left: bbox.left / ratio,
    top: bbox.top / ratio,
    width: bbox.width / ratio,
    height: bbox.height / ratio,
    canvasWidth: u.width,
    x: (at) => u.valToPos(at, 'x', true) / ratio,
    y: (value) => u.valToPos(value, yScale, true) / ratio,
  });
  ctx.restore();
}

export function strokeLine(
  { ctx }: Pen,
  from: readonly [number, number],
  to: readonly [number, number],
  style: { colour: string; width?: number; dash?: number[] },
): void {
  ctx.beginPath();
  ctx.setLineDash(style.dash ?? []);
  ctx.lineWidth = style.width ?? 1;
  ctx.strokeStyle = style.colour;
  ctx.moveTo(...from);
  ctx.lineTo(...to);
  ctx.stroke();
  ctx.setLineDash([]);
}

export interface TextStyle {
  colour: string;
  size?: number;
  weight?: number;
  align?: CanvasTextAlign;
}

export function fillText(pen: Pen, theme: GrafanaTheme2, text: string, x: number, y: number, style: TextStyle): void {
  setFont(pen, theme, style);
  pen.ctx.fillStyle = style.colour;
  pen.ctx.textAlign = style.align ?? 'left';
  pen.ctx.textBaseline = 'middle';
  pen.ctx.fillText(text, x, y);
}

/** Words on the panel's own ground, so that lines and bands beneath do not run through them. */
export function fillGrounded(
  pen: Pen,
  theme: GrafanaTheme2,
  text: string,
  x: number,
  y: number,
  style: TextStyle,
): void {
  const width = widthOf(pen, theme, text, style);
  const from = style.align === 'right' ? x - width : x;
  pen.ctx.fillStyle = colorManipulator.alpha(theme.colors.background.primary, 0.75);
  pen.ctx.fillRect(from - 2, y - 7, width + 4, 14);
  fillText(pen, theme, text, x, y, style);
}

/** Width of a text, CSS px. */
export function widthOf(
  pen: Pen,
  theme: GrafanaTheme2,
  text: string,
  style: Pick<TextStyle, 'size' | 'weight'>,
): number {
  setFont(pen, theme, style);
  return pen.ctx.measureText(text).width;
}

function setFont({ ctx }: Pen, theme: GrafanaTheme2, style: Pick<TextStyle, 'size' | 'weight'>): void {
  ctx.font = `${style.weight ?? 400} ${style.size ?? 11}px ${theme.typography.fontFamily}`;
}
