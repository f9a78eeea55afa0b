/** The uPlot configuration of a time series chart. Axes follow `latest`, so that a refresh does not rebuild it. */
import { colorManipulator, type GrafanaTheme2 } from '@grafana/data';
import { BarAlignment, GraphDrawStyle, VisibilityMode, type TimeZone } from '@grafana/schema';
import type { UPlotConfigBuilder } from '@grafana/ui';
import type { TimeMark } from '../../contract/frames';
import type { VariantMark } from '../shared/variant-marks';
import type uPlot from 'uplot';
import { withPen, type Pen } from './canvas';
import { bandEdge, buildChartFrame, Y, type AxisRange } from './chart-frame';
import { drawMarks, MARKS_HEIGHT } from './draw-marks';
import { drawThresholds, nameThresholds, type Box } from './draw-thresholds';
import type { LatestValue } from './LatestValue';
import { loneSamples } from './lone-samples';
import type { Draw } from './options';
import { decimalsOfStep } from './ticks';
import type { Threshold } from './thresholds';
import { scaleOf, valueWriter, type Notation } from './value-writer';

/** What a refresh changes without changing the chart's structure. */
export interface ChartValues extends AxisRange {
  thresholds: readonly Threshold[];
  marks: readonly TimeMark[];
}

/** What a chart is built from; a change of any of it builds the chart anew. */
export interface ChartStructure {
  series: ReadonlyArray<{ label: string; mark: VariantMark; isShown: boolean; isGhost: boolean; hasBand: boolean }>;
  draw: Draw;
  /** How values are written. */
  notation: Notation;
  withRegions: boolean;
  hasMarks: boolean;
}

/** The last label of the time axis is centred on the right end of the plot, px. */
const HALF_A_TIME_LABEL = 18;

export function buildTrendConfig(
  structure: ChartStructure,
  latest: LatestValue<ChartValues>,
  timeZone: TimeZone,
  theme: GrafanaTheme2,
): UPlotConfigBuilder {
  const write = valueWriter(structure.notation);
  const builder = buildChartFrame(timeZone, theme, {
    range: () => latest.get(),
    writeTick: (tick, { step }) => write(tick, decimalsOfStep(step, scaleOf(structure.notation.unit))),
    padding: { top: structure.hasMarks ? MARKS_HEIGHT : 8, right: HALF_A_TIME_LABEL },
  });
  addSeries(builder, structure, theme);
  builder.addHook('drawAxes', (u) => {
    withPen(u, Y, (pen) => drawThresholds(pen, latest.get().thresholds, structure.withRegions));
  });
  builder.addHook('draw', (u) => {
    withPen(u, Y, (pen) => {
      nameThresholds(pen, latest.get().thresholds, structure.withRegions, theme, (box) => isClear(u, pen, box));
      drawMarks(pen, latest.get().marks, theme);
    });
  });
  return builder;
}

/** Whether no visible series runs through a box. */
function isClear(u: uPlot, pen: Pen, { left, right, top, bottom }: Box): boolean {
  const [times = [], ...columns] = u.data;
  const from = u.valToIdx(u.posToVal(left - pen.left, 'x'));
  const to = u.valToIdx(u.posToVal(right - pen.left, 'x'));
  return columns.every((values, index) => {
    if (u.series[index + 1]?.show !== true) {
      return true;
    }
    for (let at = Math.max(0, from - 1); at <= Math.min(times.length - 1, to + 1); at += 1) {
      const [value, before] = [values[at], values[at - 1]];
      if (value == null) {
        continue;
      }
      const ys = [pen.y(value), pen.y(before ?? value)];
      if (Math.max(...ys) >= top && Math.min(...ys) <= bottom) {
        return false;
      }
    }
    return true;
  });
}

/**
 * How bars of several series stand: one on its time, two side by side. More would hide each other, and so would a ghost's;
 * they are lines.
 */
function barsOf({
  series,
  draw,
}: ChartStructure): Array<{ barAlignment: BarAlignment; barWidthFactor: number } | null> {
  const barred = series.filter(({ isGhost }) => !isGhost);
  return series.map((one) => {
    const place = barred.indexOf(one);
    if (draw !== 'bars' || place === -1 || barred.length > 2) {
      return null;
    }
    return barred.length === 1
      ? { barAlignment: BarAlignment.Center, barWidthFactor: 0.8 }
      : { barAlignment: place === 0 ? BarAlignment.Before : BarAlignment.After, barWidthFactor: 0.4 };
  });
}

/** The series in the order of the data's columns: low, high and value of a banded series, else its value alone. */
function addSeries(builder: UPlotConfigBuilder, structure: ChartStructure, theme: GrafanaTheme2): void {
  const bars = barsOf(structure);
  let column = 1;
  for (const [index, { mark, isShown, hasBand }] of structure.series.entries()) {
    if (hasBand) {
      const edge = { ...bandEdge(theme, colorManipulator.alpha(mark.colour, 0.5), 0.75), show: isShown };
      builder.addSeries(edge);
      builder.addSeries(edge);
      builder.addBand({ series: [column + 1, column], fill: colorManipulator.alpha(mark.colour, 0.14) });
      column += 2;
    }
    const bar = bars[index] ?? null;
    builder.addSeries({
      scaleKey: Y,
      theme,
      show: isShown,
      lineColor: mark.colour,
      lineWidth: bar ? 0 : mark.lineWidth,
      lineStyle: mark.dash ? { fill: 'dash', dash: mark.dash } : { fill: 'solid' },
      drawStyle: bar ? GraphDrawStyle.Bars : GraphDrawStyle.Line,
      ...(bar && { ...bar, fillColor: colorManipulator.alpha(mark.colour, 0.8) }),
      showPoints: VisibilityMode.Auto,
      pointSize: 4,
      // Only samples that stand alone between gaps get a dot.
      pointsFilter: (u, at) => loneSamples(u.data[at] ?? []),
    });
    column += 1;
  }
}
