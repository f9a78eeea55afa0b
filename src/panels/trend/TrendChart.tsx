import { css } from '@emotion/css';
import type { DataFrame, GrafanaTheme2, PanelProps } from '@grafana/data';
import { useStyles2, useTheme2 } from '@grafana/ui';
import { useMemo, useState } from 'react';
import { formatAge } from '../../calc/notation';
import type { TimeMark, UpliftMeta } from '../../contract/frames';
import { ProvenanceBadge, SOURCE_WORDS } from '../shared/ProvenanceBadge';
import { alignByTime, type Column } from './aligned';
import { Chart } from './Chart';
import { KeepLatest, LatestValue } from './LatestValue';
import type { TrendOptions } from './options';
import { axisFor, buildTrendConfig, type ChartStructure, type ChartValues } from './trend-config';
import { readThresholds, type Threshold } from './thresholds';
import { readSeries, summarise, type TrendSeries } from './trend-series';
import { TrendLegend } from './TrendLegend';
import { TrendTooltip, type TooltipLine } from './TrendTooltip';
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
const LEGEND_LINE = 20;
/** Room the badge takes beside the legend, and a character of it, px. */
const BADGE_WIDTH = 170;
const CHARACTER = 7;

/** Lines the legend needs, two at most: known before it is drawn, so that the chart below never jumps. */
function legendLines(series: readonly TrendSeries[], style: TrendOptions['legend'], width: number): number {
  const extra = style === 'full' ? 22 * CHARACTER : 0;
  const needed = series.reduce((sum, { label }) => sum + (Math.min(label.length, 30) + 6) * CHARACTER + 36 + extra, 0);
  return style !== 'off' && needed > width - BADGE_WIDTH ? 2 : 1;
}

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

function bandOf(series: TrendSeries, options: TrendOptions) {
  return options.showBands ? series.band : null;
}

function structureOf(
  series: readonly TrendSeries[],
  hidden: ReadonlySet<string>,
  options: TrendOptions,
  hasMarks: boolean,
): ChartStructure {
  // prettier-ignore
  const { unit, decimals, noValue } = series[0]?.field.config ?? {};
  return {
    series: series.map((one) => ({
      label: one.label,
      mark: one.mark,
      isShown: !hidden.has(one.label),
      hasBand: bandOf(one, options) !== null,
    })),
    draw: options.draw,
    notation: { unit, decimals, noValue },
    withRegions: options.thresholds === 'region',
    hasMarks,
  };
}

/** Where each series' value stands among the data's columns; its band's ends stand before it. */
function valueColumns(series: readonly TrendSeries[], options: TrendOptions): number[] {
  let column = 0;
  return series.map((one) => (column += bandOf(one, options) === null ? 1 : 3));
}

function footOf(meta: UpliftMeta | undefined, now: number): string | undefined {
  const reading = meta?.provenance.sources.find(({ state }) => state === 'ok' || state === 'stale');
  if (reading === undefined) {
    return undefined;
  }
  const age = reading.asOf === null ? '' : `, ${formatAge((now - reading.asOf) / 1000)} old`;
  return `${SOURCE_WORDS[reading.source]}, ${reading.endpoint}${age}`;
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
  const columns = useMemo(() => {
    const groups = series.map((one) => {
      const band = bandOf(one, options);
      return { time: one.time, columns: band === null ? [one.values] : [band.low, band.high, one.values] };
    });
    const aligned = alignByTime(groups);
    const all: [number[], ...Column[]] = [aligned.time, ...aligned.columns.flat()];
    return all;
  }, [series, options]);
  const values = useMemo((): ChartValues => {
    const shown = series.filter(({ label }) => !hidden.has(label));
    const extents = shown.map((one) => ({ values: one.values, ...bandOf(one, options) }));
    const { min, max } = series[0]?.field.config ?? {};
    const axis = axisFor(extents, thresholds, { fromZero: options.draw === 'bars', min, max });
    return { from: timeRange.from.valueOf(), to: timeRange.to.valueOf(), axis, thresholds, marks };
  }, [series, hidden, options, thresholds, timeRange, marks]);
  const [latest] = useState(() => new LatestValue(values));
  const structure = useStable(structureOf(series, hidden, options, marks.length > 0));
  const config = useMemo(
    () => buildTrendConfig(structure, latest, timeZone, theme),
    [structure, latest, timeZone, theme],
  );
  const places = valueColumns(series, options);
  const renderTooltip = (index: number) => {
    const lines = series.flatMap((one, position): TooltipLine[] => {
      const place = places[position] ?? 0;
      const value = columns[place]?.[index];
      if (hidden.has(one.label) || value === undefined) {
        return [];
      }
      const band = bandOf(one, options);
      const ends =
        band === null ? '' : `${one.write(columns[place - 2]?.[index])}…${one.write(columns[place - 1]?.[index])}`;
      return [{ label: one.label, mark: one.mark, value: one.write(value), ...(ends === '' ? {} : { detail: ends }) }];
    });
    return <TrendTooltip at={columns[0][index] ?? 0} timeZone={timeZone} lines={lines} foot={footOf(meta, now)} />;
  };
  const toggle = (label: string) => {
    const others = [...hidden].filter((other) => other !== label);
    setHidden(new Set(hidden.has(label) ? others : [...others, label]));
  };
  const hasHead = options.legend !== 'off' || meta !== undefined;
  const headHeight = hasHead ? legendLines(series, options.legend, width) * LEGEND_LINE : 0;
  return (
    <>
      {hasHead && (
        <div className={styles.head} style={{ height: headHeight }}>
          {options.legend === 'off' ? (
            <span />
          ) : (
            <TrendLegend
              series={series}
              style={options.legend}
              hidden={hidden}
              onToggle={toggle}
              thresholds={thresholds}
              timeZone={timeZone}
            />
          )}
          {meta && <ProvenanceBadge provenance={meta.provenance} now={now} />}
        </div>
      )}
      <KeepLatest holder={latest} value={values} />
      <Chart
        config={config}
        data={columns}
        width={width}
        height={Math.max(40, height - headHeight - (hasHead ? GAP : 0))}
        label={chartLabel(series)}
        eventBus={props.eventBus}
        onZoom={props.onChangeTimeRange}
        renderTooltip={renderTooltip}
      />
    </>
  );
}

const getStyles = () => ({
  head: css({
    display: 'flex',
    alignItems: 'flex-start',
    justifyContent: 'space-between',
    gap: 16,
    flex: 'none',
    marginBottom: GAP,
    padding: '0 4px',
  }),
});
