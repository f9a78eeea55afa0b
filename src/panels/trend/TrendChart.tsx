import { css } from '@emotion/css';
import type { DataFrame, GrafanaTheme2, PanelProps, TimeRange } from '@grafana/data';
import { useStyles2, useTheme2 } from '@grafana/ui';
import { useMemo, useState } from 'react';
import { formatCount } from '../../calc/notation';
import type { TimeMark, UpliftMeta } from '../../contract/frames';
import { ProvenanceBadge } from '../shared/ProvenanceBadge';
import { axisFor } from './axis-extent';
import { Chart } from './Chart';
import { KeepLatest, LatestValue } from './LatestValue';
import { legendEntries, sizeOf } from './legend-entries';
import { layOutLegend } from './legend-layout';
import type { TrendOptions } from './options';
import { summarise } from './summary';
import { originWords, tooltipLines, trendColumns } from './trend-columns';
import { buildTrendConfig, type ChartStructure, type ChartValues } from './trend-config';
import { readThresholds, type Threshold } from './thresholds';
import { countSeries, readSeries, type TrendSeries } from './trend-series';
import { TrendLegend } from './TrendLegend';
import { TrendTooltip } from './TrendTooltip';
import { useStable } from './use-stable';

interface TrendChartProps extends Pick<
  PanelProps<TrendOptions>,
  'options' | 'width' | 'height' | 'timeRange' | 'timeZone' | 'eventBus' | 'onChangeTimeRange'
> {
  // prettier-ignore
  series: DataFrame[];
  meta: UpliftMeta | undefined;
  marks: readonly TimeMark[];
  now: number;
}

const GAP = 4;
const LINE = 20;
/** Room the badge takes beside the legend, px; on a narrower panel the legend has a line of its own below it. */
const BADGE_WIDTH = 170;
const LEAST_BESIDE = 150;
const PADDING = 8;

function thresholdsOf(first: TrendSeries | undefined, options: TrendOptions, theme: GrafanaTheme2): Threshold[] {
  const isOff = first === undefined || options.thresholds === 'off';
  return isOff
    ? []
    : readThresholds(
        first.field,
        { names: options.thresholdNames, areRegions: options.thresholds === 'region' },
        first.write,
        theme,
      );
}

function structureOf(
  series: readonly TrendSeries[],
  hidden: ReadonlySet<string>,
  { draw, thresholds, showBands }: TrendOptions,
  hasMarks: boolean,
): ChartStructure {
  const { unit, decimals, noValue } = series[0]?.field.config ?? {};
  return {
    series: series.map(({ label, entry, mark, isGhost, band }) => ({
      label,
      mark,
      isShown: !hidden.has(entry),
      isGhost,
      hasBand: showBands && band !== null,
    })),
    draw,
    notation: { unit, decimals, noValue },
    withRegions: thresholds === 'region',
    hasMarks,
  };
}

/** The ends of the time axis; without samples to span they are the dashboard's. */
function spanOf({ span }: TrendOptions, times: ArrayLike<number>, range: TimeRange): { from: number; to: number } {
  const [first, last] = [times[0], times[times.length - 1]];
  return span === 'data' && first !== undefined && last !== undefined && first < last
    ? { from: first, to: last }
    : { from: range.from.valueOf(), to: range.to.valueOf() };
}

function chartLabel(series: readonly TrendSeries[]): string {
  return series.map((one) => `${one.label}: last ${one.write(summarise(one.values).last)}`).join('; ');
}

/** Series over time: one line a variant, bands, thresholds, marks, and the last values in words above. */
export function TrendChart(props: TrendChartProps) {
  const { series: frames, meta, marks, options, width, height, timeRange, timeZone, now } = props;
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const series = useMemo(() => readSeries(frames, theme), [frames, theme]);
  const thresholds = useMemo(() => thresholdsOf(series[0], options, theme), [series, options, theme]);
  const columns = useMemo(() => trendColumns(series, options.showBands), [series, options.showBands]);
  const values = useMemo((): ChartValues => {
    const shown = series.filter(({ entry }) => !hidden.has(entry));
    const extents = shown.map(({ values: own, band }) => ({ values: own, ...(options.showBands ? band : null) }));
    const { min, max } = series[0]?.field.config ?? {};
    const axis = axisFor(extents, thresholds, { fromZero: options.draw === 'bars', min, max });
    return { ...spanOf(options, columns.data[0], timeRange), axis, thresholds, marks };
  }, [series, columns, hidden, options, thresholds, timeRange, marks]);
  const [latest] = useState(() => new LatestValue(values));
  const structure = useStable(structureOf(series, hidden, options, marks.length > 0));
  const config = useMemo(
    () => buildTrendConfig(structure, latest, timeZone, theme),
    [structure, latest, timeZone, theme],
  );
  const toggle = (entry: string) => {
    const others = [...hidden].filter((other) => other !== entry);
    setHidden(new Set(hidden.has(entry) ? others : [...others, entry]));
  };
  const entries = useMemo(
    () => (options.legend === 'off' ? [] : legendEntries(series, { style: options.legend, thresholds, now, timeZone })),
    [series, options.legend, thresholds, now, timeZone],
  );
  const label = useMemo(() => chartLabel(series), [series]);
  const badgeWidth = meta === undefined ? 0 : BADGE_WIDTH;
  const isBeside = width - badgeWidth >= LEAST_BESIDE;
  const legend = layOutLegend(entries.map(sizeOf), width - PADDING - (isBeside ? badgeWidth : 0));
  const legendLines = entries.length > 0 ? legend.lines : 0;
  const badgeLines = meta === undefined ? 0 : 1;
  const leftOut = countSeries(frames) - series.length;
  const headLines = (isBeside ? Math.max(legendLines, badgeLines) : legendLines + badgeLines) + (leftOut > 0 ? 1 : 0);
  const headHeight = headLines * LINE;
  return (
    <>
      {headLines > 0 && (
        <div className={styles.head} style={{ height: headHeight }}>
          <div
            className={isBeside ? styles.beside : styles.stacked}
            style={{ height: headHeight - (leftOut > 0 ? LINE : 0) }}
          >
            {entries.length > 0 && (
              <div className={styles.legend} style={{ height: legendLines * LINE }}>
                <TrendLegend entries={entries} detail={legend.detail} hidden={hidden} onToggle={toggle} />
              </div>
            )}
            {meta && (
              <div className={styles.badge}>
                <ProvenanceBadge provenance={meta.provenance} now={now} />
              </div>
            )}
          </div>
          {leftOut > 0 && (
            <div className={styles.note}>
              {formatCount(leftOut)} more series are not drawn: filter, or group by fewer dimensions
            </div>
          )}
        </div>
      )}
      <KeepLatest holder={latest} value={values} />
      <Chart
        config={config}
        data={columns.data}
        width={width}
        height={Math.max(40, height - headHeight - (headLines > 0 ? GAP : 0))}
        label={label}
        eventBus={props.eventBus}
        onZoom={props.onChangeTimeRange}
        renderTooltip={(index) => (
          <TrendTooltip
            at={columns.data[0][index] ?? 0}
            timeZone={timeZone}
            lines={tooltipLines(columns, series, hidden, options.showBands, index)}
            foot={originWords(meta, now)}
          />
        )}
      />
    </>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  head: css({ flex: 'none', marginBottom: GAP, padding: `0 ${PADDING / 2}px` }),
  beside: css({ display: 'flex', justifyContent: 'space-between', gap: 16 }),
  stacked: css({ display: 'flex', flexDirection: 'column-reverse' }),
  legend: css({ flex: 1, minWidth: 0 }),
  badge: css({ height: LINE, marginLeft: 'auto', flex: 'none' }),
  note: css({
    fontSize: 12,
    lineHeight: `${LINE}px`,
    whiteSpace: 'nowrap',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    color: theme.colors.warning.text,
  }),
});
