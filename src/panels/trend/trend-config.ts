/** The uPlot configuration of a time series chart. Axes follow `latest`, so that a refresh does not rebuild it. */
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
import type { TimeMark } from '../../contract/frames';
import { withPen } from './canvas';
import { drawMarks } from './draw-marks';
import { drawThresholds } from './draw-thresholds';
import type { LatestValue } from './LatestValue';
import type { Draw } from './options';
import { decimalsOfStep, roundAxis, type Axis } from './ticks';
import type { Threshold } from './thresholds';
import { valueWriter, type Notation } from './value-writer';
import type { VariantMark } from '../shared/variant-marks';

/** What a refresh changes without changing the chart's structure. */
export interface ChartValues {
  from: number;
  to: number;
  axis: Axis;
  thresholds: readonly Threshold[];
  marks: readonly TimeMark[];
}

/** What a chart is built from; a change of any of it builds the chart anew. */
export interface ChartStructure {
  series: ReadonlyArray<{ label: string; mark: VariantMark; isShown: boolean; hasBand: boolean }>;
  draw: Draw;
  /** How values are written. */
  notation: Notation;
  withRegions: boolean;
  hasMarks: boolean;
}

const Y = 'y';
/** Values of a fraction are written in per cent: their decimals are two fewer. */
const scaleOf = (unit: string | undefined) => (unit === 'percentunit' ? 100 : 1);

export function buildTrendConfig(
  structure: ChartStructure,
  latest: LatestValue<ChartValues>,
  timeZone: TimeZone,
  theme: GrafanaTheme2,
): UPlotConfigBuilder {
  const write = valueWriter(structure.notation);
  const builder = new UPlotConfigBuilder(timeZone);
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
    scaleKey: 'x',
    isTime: true,
    placement: AxisPlacement.Bottom,
    timeZone,
    theme,
    color: theme.colors.text.secondary,
    grid: { show: false },
    ticks: { show: false },
    space: () => 90,
  });
  builder.addAxis({
    scaleKey: Y,
    placement: AxisPlacement.Left,
    theme,
    color: theme.colors.text.secondary,
    ticks: { show: false },
    splits: () => latest.get().axis.ticks,
    values: (_u, ticks) => {
      const decimals = decimalsOfStep(latest.get().axis.step, scaleOf(structure.notation.unit));
      return ticks.map((tick) => write(tick, decimals));
    },
  });
  addSeries(builder, structure, theme);
  builder.setCursor({ points: { size: 7 }, drag: { x: true, y: false, setScale: false } });
  builder.setPadding([structure.hasMarks ? 24 : 8, 8, 0, 0]);
  builder.addHook('drawAxes', (u) => {
    drawThresholds(u, Y, latest.get().thresholds, structure.withRegions, theme);
  });
  builder.addHook('draw', (u) => {
    withPen(u, Y, (pen) => drawMarks(pen, latest.get().marks, theme));
  });
  return builder;
}

/** The series in the order of the data's columns: low, high and value of a banded series, else its value alone. */
function addSeries(builder: UPlotConfigBuilder, { series, draw }: ChartStructure, theme: GrafanaTheme2): void {
  let column = 1;
  for (const { mark, isShown, hasBand } of series) {
    if (hasBand) {
      for (let edge = 0; edge < 2; edge += 1) {
        builder.addSeries({
          scaleKey: Y,
          theme,
          show: isShown,
          lineColor: colorManipulator.alpha(mark.colour, 0.5),
          lineWidth: 0.75,
          drawStyle: GraphDrawStyle.Line,
          showPoints: VisibilityMode.Never,
        });
      }
      builder.addBand({ series: [column + 1, column], fill: colorManipulator.alpha(mark.colour, 0.14) });
      column += 2;
    }
    const isBars = draw === 'bars';
    builder.addSeries({
      scaleKey: Y,
      theme,
      show: isShown,
      lineColor: mark.colour,
      lineWidth: isBars ? 0 : mark.lineWidth,
      lineStyle: mark.dash ? { fill: 'dash', dash: mark.dash } : { fill: 'solid' },
      drawStyle: isBars ? GraphDrawStyle.Bars : GraphDrawStyle.Line,
      barWidthFactor: 0.8,
      fillColor: isBars ? colorManipulator.alpha(mark.colour, 0.8) : undefined,
      showPoints: VisibilityMode.Auto,
      pointSize: 4,
      // Only samples that stand alone between gaps get a dot: a line cannot show them.
      pointsFilter: (u, index) => loneSamples(u.data[index] ?? []),
    });
    column += 1;
  }
}

/** Indices of values with a gap on both sides. */
export function loneSamples(values: ArrayLike<number | null | undefined>): number[] {
  const lone: number[] = [];
  let before: number | null | undefined = null;
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index];
    if (value === undefined) {
      continue;
    }
    if (value !== null && before === null) {
      let next = index + 1;
      while (next < values.length && values[next] === undefined) {
        next += 1;
      }
      if (values[next] == null) {
        lone.push(index);
      }
    }
    before = value;
  }
  return lone;
}

interface Extent {
  values: ReadonlyArray<number | null>;
  low?: ReadonlyArray<number | null> | undefined;
  high?: ReadonlyArray<number | null> | undefined;
}

/** The y axis for these series: thresholds are always in view, bars stand on zero, a field's min and max are kept to. */
export function axisFor(
  extents: readonly Extent[],
  thresholds: readonly Threshold[],
  options: { fromZero: boolean; min: number | null | undefined; max: number | null | undefined },
): Axis {
  let low = Infinity;
  let high = -Infinity;
  const include = (value: number | null | undefined) => {
    if (value != null) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  };
  for (const extent of extents) {
    extent.values.forEach(include);
    extent.low?.forEach(include);
    extent.high?.forEach(include);
  }
  thresholds.forEach(({ value }) => include(value));
  if (options.fromZero) {
    include(0);
  }
  if (low > high) {
    return roundAxis(0, 1);
  }
  // A threshold at the very top would hide its own name.
  const top = thresholds.some(({ value }) => value === high) ? high + (high - low) * 0.15 : high;
  return roundAxis(low, top, { min: options.min ?? null, max: options.max ?? null });
}
