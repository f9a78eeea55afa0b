/** What every chart of this panel has alike: scales that follow the newest values, quiet axes, cursor and drag to zoom. */
import type { GrafanaTheme2 } from '@grafana/data';
import {
  AxisPlacement,
  GraphDrawStyle,
  ScaleDirection,
  ScaleOrientation,
  VisibilityMode,
  type TimeZone,
} from '@grafana/schema';
import { UPlotConfigBuilder } from '@grafana/ui';
import type { Axis } from './ticks';

/** The one vertical scale; a second y axis is never drawn. */
export const Y = 'y';

/** What the axes show; read at each redraw, so that a refresh moves them without building the chart anew. */
export interface AxisRange {
  /** Epoch ms. */
  from: number;
  to: number;
  axis: Axis;
}

interface ChartFrame {
  range: () => AxisRange;
  writeTick: (value: number, axis: Axis) => string;
  /** Ticks of the time axis; without, the calendar's. */
  timeTicks?: (width: number) => ReadonlyArray<{ at: number; words: string }>;
  /** Room above and to the right of the plot, px. */
  padding: { top: number; right: number };
}

/** px between two labels of the calendar. */
const LABEL_SPACE = 90;

/** A chart's configuration without its series. */
export function buildChartFrame(
  timeZone: TimeZone,
  theme: GrafanaTheme2,
  { range, writeTick, timeTicks, padding }: ChartFrame,
): UPlotConfigBuilder {
  const builder = new UPlotConfigBuilder(timeZone);
  const quiet = { theme, color: theme.colors.text.secondary, ticks: { show: false } };
  builder.addScale({
    scaleKey: 'x',
    isTime: true,
    orientation: ScaleOrientation.Horizontal,
    direction: ScaleDirection.Right,
    range: () => [range().from, range().to],
  });
  builder.addScale({
    scaleKey: Y,
    orientation: ScaleOrientation.Vertical,
    direction: ScaleDirection.Up,
    range: () => [range().axis.min, range().axis.max],
  });
  builder.addAxis({
    ...quiet,
    scaleKey: 'x',
    isTime: true,
    placement: AxisPlacement.Bottom,
    timeZone,
    grid: { show: false },
    ...(timeTicks === undefined
      ? { space: () => LABEL_SPACE }
      : {
          splits: (u) => timeTicks(u.width).map(({ at }) => at),
          values: (u) => timeTicks(u.width).map(({ words }) => words),
        }),
  });
  builder.addAxis({
    ...quiet,
    scaleKey: Y,
    placement: AxisPlacement.Left,
    splits: () => range().axis.ticks,
    values: (_u, ticks: number[]) => ticks.map((tick) => writeTick(tick, range().axis)),
  });
  builder.setCursor({ points: { size: 7 }, drag: { x: true, y: false, setScale: false } });
  builder.setPadding([padding.top, padding.right, 0, 0]);
  return builder;
}

/** A thin line without points: one end of a band. */
export const bandEdge = (theme: GrafanaTheme2, lineColor: string, lineWidth: number) => ({
  scaleKey: Y,
  theme,
  lineColor,
  lineWidth,
  drawStyle: GraphDrawStyle.Line,
  showPoints: VisibilityMode.Never,
});
