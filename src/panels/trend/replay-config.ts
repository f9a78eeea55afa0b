/** The uPlot configuration of a replay: both bounds before and after the decision, and the estimate. */
import { colorManipulator, type GrafanaTheme2 } from '@grafana/data';
import type { TimeZone } from '@grafana/schema';
import type { UPlotConfigBuilder } from '@grafana/ui';
import { toneColours, type Tone } from '../shared/tone';
import type { VariantMark } from '../shared/variant-marks';
import { bandEdge, buildChartFrame, Y, type AxisRange } from './chart-frame';
import { drawReplay, END_WIDTH, HEAD_HEIGHT } from './draw-replay';
import type { LatestValue } from './LatestValue';
import type { Replay } from './replay';
import { dayTicks, tickWords } from './replay-words';

export interface ReplayValues extends AxisRange {
  replay: Replay;
}

export function buildReplayConfig(
  mark: VariantMark,
  tone: Tone,
  latest: LatestValue<ReplayValues>,
  timeZone: TimeZone,
  theme: GrafanaTheme2,
): UPlotConfigBuilder {
  const builder = buildChartFrame(timeZone, theme, {
    range: () => latest.get(),
    writeTick: (value, { step }) => tickWords(value, step, latest.get().replay.metric),
    timeTicks: (width) => dayTicks(latest.get().from, latest.get().to, width, timeZone),
    padding: { top: HEAD_HEIGHT, right: END_WIDTH },
  });
  const open = toneColours(theme, 'neutral').mark;
  const decided = toneColours(theme, tone).mark;
  for (const colour of [open, open, decided, decided]) {
    builder.addSeries(bandEdge(theme, colour, 1));
  }
  builder.addSeries(bandEdge(theme, mark.colour, 2.25));
  builder.addBand({ series: [2, 1], fill: colorManipulator.alpha(open, 0.2) });
  builder.addBand({ series: [4, 3], fill: colorManipulator.alpha(decided, 0.18) });
  builder.addHook('draw', (u) => {
    drawReplay(u, Y, latest.get().replay, theme);
  });
  return builder;
}
