import type { GrafanaTheme2 } from '@grafana/data';
import type uPlot from 'uplot';
import { toneColours } from '../shared/tone';
import { fillText, strokeLine, widthOf, withPen, type Pen } from './canvas';
import { drawMarks } from './draw-marks';
import type { Replay } from './replay';
import { currentWords, decisionWords } from './replay-words';

/** Room to the right of the plot for the newest interval and its words, px. */
export const END_WIDTH = 104;
/** Room above the plot for the marks' labels and the flag, px. */
export const HEAD_HEIGHT = 30;

const FLAG_HEIGHT = 22;

function drawCheck({ ctx }: Pen, x: number, y: number, colour: string): void {
  ctx.beginPath();
  ctx.lineWidth = 2;
  ctx.strokeStyle = colour;
  ctx.moveTo(x, y);
  ctx.lineTo(x + 3.5, y + 3.5);
  ctx.lineTo(x + 9, y - 4);
  ctx.stroke();
}

function drawCross({ ctx }: Pen, x: number, y: number, colour: string): void {
  ctx.beginPath();
  ctx.lineWidth = 2;
  ctx.strokeStyle = colour;
  ctx.moveTo(x, y - 4);
  ctx.lineTo(x + 8, y + 4);
  ctx.moveTo(x + 8, y - 4);
  ctx.lineTo(x, y + 4);
  ctx.stroke();
}

/** Where the flag stands, so that labels keep clear of it; null without a decision in view. */
function flagSpan(pen: Pen, replay: Replay, theme: GrafanaTheme2) {
  const { decision } = replay;
  if (decision === null) {
    return null;
  }
  const x = pen.x(decision.at);
  const width = widthOf(pen, theme, decisionWords(replay), { size: 12, weight: 500 }) + 32;
  const from = Math.min(x, pen.left + pen.width + END_WIDTH - width);
  return { x, from, to: from + width };
}

function drawDecision(pen: Pen, replay: Replay, theme: GrafanaTheme2): void {
  const span = flagSpan(pen, replay, theme);
  if (span === null || replay.decision === null) {
    return;
  }
  const { ctx } = pen;
  const { isWin } = replay.decision;
  const { text } = toneColours(theme, isWin ? 'win' : 'loss');
  strokeLine(pen, [span.x, pen.top - 3], [span.x, pen.top + pen.height], { colour: text, width: 1.5 });
  const top = pen.top - 3 - FLAG_HEIGHT;
  ctx.fillStyle = theme.colors.background.secondary;
  ctx.beginPath();
  ctx.roundRect(span.from, top, span.to - span.from, FLAG_HEIGHT, 4);
  ctx.fill();
  const middle = top + FLAG_HEIGHT / 2;
  (isWin ? drawCheck : drawCross)(pen, span.from + 8, middle, text);
  fillText(pen, theme, decisionWords(replay), span.from + 23, middle, { colour: text, size: 12, weight: 500 });
  // The ring: here the bound met zero.
  const zero = pen.y(0);
  ctx.beginPath();
  ctx.arc(span.x, zero, 4.5, 0, 2 * Math.PI);
  ctx.fillStyle = theme.colors.background.primary;
  ctx.fill();
  ctx.lineWidth = 2;
  ctx.strokeStyle = text;
  ctx.stroke();
}

/** The newest sequential and fixed interval at the right end, and the value in words. */
function drawEnd(pen: Pen, replay: Replay, theme: GrafanaTheme2): void {
  const last = replay.points.findLast(({ lift }) => lift !== null);
  if (last?.lift == null) {
    return;
  }
  const { decision } = replay;
  const tone = decision === null ? 'neutral' : decision.isWin ? 'win' : 'loss';
  const { mark } = toneColours(theme, tone);
  const { ctx, top, height } = pen;
  const x = pen.left + pen.width + 9;
  const clamp = (y: number) => Math.min(top + height, Math.max(top, y));
  const y = clamp(pen.y(last.lift));
  if (last.sequential !== null) {
    const ends = [clamp(pen.y(last.sequential.high)), clamp(pen.y(last.sequential.low))] as const;
    strokeLine(pen, [x, ends[0]], [x, ends[1]], { colour: mark, width: 1.5 });
    ends.forEach((end) => strokeLine(pen, [x - 4, end], [x + 4, end], { colour: mark, width: 1.5 }));
  }
  if (last.fixed !== null) {
    const high = clamp(pen.y(last.fixed.high));
    ctx.fillStyle = mark;
    ctx.beginPath();
    ctx.roundRect(x - 5, high, 10, Math.max(2, clamp(pen.y(last.fixed.low)) - high), 2);
    ctx.fill();
  }
  strokeLine(pen, [x - 8, y], [x + 8, y], { colour: theme.colors.text.maxContrast, width: 2 });
  const words = currentWords(replay);
  fillText(pen, theme, words.lift, x + 14, y, { colour: theme.colors.text.maxContrast, size: 14, weight: 500 });
  fillText(pen, theme, words.interval, x + 14, y + 17, { colour: theme.colors.text.secondary });
}

/** Everything of a replay that is not a series: zero line, marks, flag, ring, and the state at the right end. */
export function drawReplay(u: uPlot, yScale: string, replay: Replay, theme: GrafanaTheme2): void {
  withPen(u, yScale, (pen) => {
    const zero = pen.y(0);
    strokeLine(pen, [pen.left, zero], [pen.left + pen.width, zero], { colour: theme.colors.text.primary, width: 1.25 });
    const flag = flagSpan(pen, replay, theme);
    drawMarks(pen, replay.marks, theme, flag === null ? [] : [flag]);
    drawDecision(pen, replay, theme);
    drawEnd(pen, replay, theme);
  });
}
