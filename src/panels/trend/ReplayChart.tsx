import { css } from '@emotion/css';
import type { GrafanaTheme2, PanelProps } from '@grafana/data';
import { useStyles2, useTheme2 } from '@grafana/ui';
import { useMemo, useState } from 'react';
import { formatCount, formatInterval, formatLift, formatPValue } from '../../calc/notation';
import type { TimeMark } from '../../contract/frames';
import { PanelHead } from '../shared/PanelHead';
import { toneColours, type Tone } from '../shared/tone';
import { markAt, variantMarks } from '../shared/variant-marks';
import { Chart } from './Chart';
import { KeepLatest, LatestValue } from './LatestValue';
import type { TrendOptions } from './options';
import { replayAxis, replayColumns, type Replay } from './replay';
import { buildReplayConfig, type ReplayValues } from './replay-config';
import { currentWords, decisionWords, replayFacts } from './replay-words';
import { TrendTooltip, type TooltipLine } from './TrendTooltip';
import { useStable } from './use-stable';

interface ReplayChartProps extends Pick<
  PanelProps<TrendOptions>,
  'width' | 'height' | 'timeZone' | 'eventBus' | 'onChangeTimeRange'
> {
  // prettier-ignore
  replay: Replay;
  /** Annotations of the dashboard, beside the replay's own marks. */
  marks: readonly TimeMark[];
  now: number;
}

const HEAD = 24;
const LEGEND = 20;
/** Under this width the legend's words are shortened, px. */
const SHORT_LEGEND = 480;

function toneOf({ decision }: Replay): Tone {
  return decision === null ? 'neutral' : decision.isWin ? 'win' : 'loss';
}

function valuesOf(replay: Replay, marks: readonly TimeMark[]): ReplayValues {
  const last = replay.points[replay.points.length - 1]?.at ?? 0;
  const from = replay.meta.experiment?.start ?? replay.points[0]?.at ?? last;
  const all = [...replay.marks, ...marks].sort((a, b) => a.at - b.at);
  return { replay: { ...replay, marks: all }, axis: replayAxis(replay.points), from, to: Math.max(last, from + 1) };
}

function tooltipLines(replay: Replay, index: number): TooltipLine[] {
  const point = replay.points[index];
  if (point === undefined) {
    return [];
  }
  const { unit } = replay.metric;
  const tuned = replay.meta.experiment?.plannedTotal;
  return [
    { label: 'Lift', mark: null, value: formatLift(point.lift, point.fixed, unit) },
    { label: 'Fixed', mark: null, value: formatInterval(point.fixed, unit, { withUnit: true }) },
    { label: 'Sequential', mark: null, value: formatInterval(point.sequential, unit, { withUnit: true }) },
    { label: 'p, any look', mark: null, value: formatPValue(point.p), ...(tuned === undefined ? {} : { detail: `tuned for ${formatCount(tuned)}` }) },
  ]; // prettier-ignore
}

interface LegendItem {
  colour: string;
  words: string;
  shape: 'line' | 'band' | 'block';
}

/** What a legend's words stand for, as it is drawn on the chart. */
function LegendSample({ colour, shape }: LegendItem) {
  switch (shape) {
    case 'line':
      return (
        <svg width={18} height={10}>
          <path d="M0 5h18" stroke={colour} strokeWidth={2.25} />
        </svg>
      );
    case 'band':
      return (
        <svg width={18} height={10}>
          <rect width={18} height={10} fill={colour} fillOpacity={0.2} />
          <path d="M0 .5h18M0 9.5h18" stroke={colour} />
        </svg>
      );
    case 'block':
      return (
        <svg width={8} height={12}>
          <rect width={8} height={12} rx={2} fill={colour} />
        </svg>
      );
  }
}

/** A test as it went: the estimate and its always-valid bounds from the start, and when they left zero for good. */
export function ReplayChart({
  replay,
  marks,
  width,
  height,
  timeZone,
  eventBus,
  onChangeTimeRange,
  now,
}: ReplayChartProps) {
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  const values = useMemo(() => valuesOf(replay, marks), [replay, marks]);
  const [latest] = useState(() => new LatestValue(values));
  const tone = toneOf(replay);
  const variants = replay.meta.experiment?.variants ?? [];
  const mark = useStable(variantMarks(theme, variants).get(replay.variant) ?? markAt(theme, 0));
  const config = useMemo(
    () => buildReplayConfig(mark, tone, latest, timeZone, theme),
    [mark, tone, latest, timeZone, theme],
  );
  const data = useMemo(() => {
    const { time, lift, open, decided } = replayColumns(replay);
    const columns: [number[], ...Array<Array<number | null>>] = [time, open.low, open.high, decided.low, decided.high, lift]; // prettier-ignore
    return columns;
  }, [replay]);
  const { lift, interval } = currentWords(replay);
  const hasLegend = height >= 200;
  const open = toneColours(theme, 'neutral').mark;
  const decided = toneColours(theme, tone).mark;
  const isShort = width < SHORT_LEGEND;
  const cover = `${Number(((1 - (replay.meta.experiment?.alpha ?? 0.05)) * 100).toPrecision(4))}\u00a0%`;
  const bounds = isShort ? '' : `sequential ${cover}, `;
  const legend: LegendItem[] = [
    { colour: mark.colour, words: 'estimate', shape: 'line' },
    { colour: open, words: `${bounds}not decided`, shape: 'band' },
    ...(replay.decision === null ? [] : [{ colour: decided, words: `${bounds}decided`, shape: 'band' as const }]),
    { colour: decided, words: isShort ? 'fixed' : `fixed ${cover}`, shape: 'block' },
  ];
  return (
    <>
      <div className={styles.head}>
        <PanelHead facts={replayFacts(replay, now, timeZone)} provenance={replay.meta.provenance} now={now} />
      </div>
      <KeepLatest holder={latest} value={values} />
      <Chart
        config={config}
        data={data}
        width={width}
        height={Math.max(60, height - HEAD - (hasLegend ? LEGEND : 0))}
        label={`${replay.metric.label}, lift of ${replay.variant}: ${lift} ${interval}; ${decisionWords(replay)}`}
        eventBus={eventBus}
        onZoom={onChangeTimeRange}
        renderTooltip={(index) => (
          <TrendTooltip at={replay.points[index]?.at ?? 0} timeZone={timeZone} lines={tooltipLines(replay, index)} />
        )}
      />
      {hasLegend && (
        <div className={styles.legend} style={{ paddingLeft: isShort ? 4 : 52 }} aria-hidden="true">
          {legend.map((item) => (
            <span key={item.words}>
              <LegendSample {...item} />
              {item.words}
            </span>
          ))}
        </div>
      )}
    </>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  head: css({ padding: '0 4px', height: HEAD, flex: 'none' }),
  legend: css({
    display: 'flex',
    gap: 16,
    height: LEGEND,
    fontSize: 11,
    lineHeight: '20px',
    whiteSpace: 'nowrap',
    overflow: 'hidden',
    color: theme.colors.text.secondary,
    '& > span': { display: 'inline-flex', alignItems: 'center', gap: 6 },
  }),
});
