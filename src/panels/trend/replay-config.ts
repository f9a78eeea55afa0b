/** The uPlot configuration of a replay. */
import { colorManipulator, type GrafanaTheme2 } from '@grafana/data';
import {
  AxisPlacement,
  GraphDrawStyle,
  ScaleDirection,
  ScaleOrientation,
  VisibilityMode,
  type TimeZone,
} from '@grafana/schema';
import { UPlotConfigBuilder } from '@grafana/ui';
import { toneColours, type Tone } from '../shared/tone';
import type { VariantMark } from '../shared/variant-marks';
import { drawReplay, END_WIDTH, HEAD_HEIGHT } from './draw-replay';
import type { LatestValue } from './LatestValue';
import type { Replay } from './replay';
import { dayTicks, tickWords } from './replay-words';
import type { Axis } from './ticks';

export interface ReplayValues {
  replay: Replay;
  axis: Axis;
  from: number;
  to: number;
}

const Y = 'y';

export function buildReplayConfig(
  mark: VariantMark,
  tone: Tone,
  latest: LatestValue<ReplayValues>,
  timeZone: TimeZone,
  theme: GrafanaTheme2,
): UPlotConfigBuilder {
  const builder = new UPlotConfigBuilder(timeZone);
  const axisBase = { theme, color: theme.colors.text.secondary, ticks: { show: false } };
  builder.addScale({
    scaleKey: 'x',
    isTime: true,
    orientation: ScaleOrientation.Horizontal,
    direction: ScaleDirection.Right,
    range: () => [latest.get().from, latest.get().to],
  });
  builder.addScale({
    scaleKey: Y,
    orientation: ScaleOrientation.Vertical,
    direction: ScaleDirection.Up,
    range: () => [latest.get().axis.min, latest.get().axis.max],
  });
  builder.addAxis({
    ...axisBase,
    scaleKey: 'x',
    isTime: true,
    placement: AxisPlacement.Bottom,
    grid: { show: false },
    splits: (u) => dayTicks(latest.get().from, latest.get().to, u.width, timeZone).map(({ at }) => at),
    values: (u) => dayTicks(latest.get().from, latest.get().to, u.width, timeZone).map(({ words }) => words),
  });
  builder.addAxis({
    ...axisBase,
    scaleKey: Y,
    placement: AxisPlacement.Left,
    splits: () => latest.get().axis.ticks,
    values: (_u, ticks: number[]) => ticks.map((tick) => tickWords(tick, latest.get().axis.step, latest.get().replay.metric)), // prettier-ignore
  });
  const bound = (colour: string) => ({
    scaleKey: Y,
    theme,
    lineColor: colour,
    lineWidth: 1,
    drawStyle: GraphDrawStyle.Line,
    showPoints: VisibilityMode.Never,
  });
  const open = toneColours(theme, 'neutral').mark;
  const decided = toneColours(theme, tone).mark;
  for (const colour of [open, open, decided, decided]) {
    builder.addSeries(bound(colour));
  }
  builder.addSeries({ ...bound(mark.colour), lineWidth: 2.25 });
  builder.addBand({ series: [2, 1], fill: colorManipulator.alpha(open, 0.2) });
  builder.addBand({ series: [4, 3], fill: colorManipulator.alpha(decided, 0.18) });
  builder.setCursor({ points: { size: 7 }, drag: { x: true, y: false, setScale: false } });
  builder.setPadding([HEAD_HEIGHT, END_WIDTH, 0, 0]);
  builder.addHook('draw', (u) => {
    drawReplay(u, Y, latest.get().replay, theme);
  });
  return builder;
}
