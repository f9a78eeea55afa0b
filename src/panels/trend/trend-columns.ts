/** The data of a chart: every series, and both ends of its band where one is drawn, on one time axis. */
import { formatAge } from '../../calc/notation';
import type { UpliftMeta } from '../../contract/frames';
import { SOURCE_LABELS } from '../../calc/provenance';
import { alignByTime, type Column } from './aligned';
import type { TrendSeries } from './trend-series';
import type { TooltipLine } from './TrendTooltip';

export interface TrendColumns {
  /** As uPlot takes it: time, then low, high and value of a banded series, the value alone of another. */
  data: [number[], ...Column[]];
  /** Where each series' value stands in `data`; its band's ends stand before it. */
  places: number[];
}

/** Joins the series. Without `withBands` no band is drawn. */
export function trendColumns(series: readonly TrendSeries[], withBands: boolean): TrendColumns {
  const groups = series.map(({ time, values, band }) => ({
    time,
    columns: withBands && band !== null ? [band.low, band.high, values] : [values],
  }));
  const { time, columns } = alignByTime(groups);
  let place = 0;
  return { data: [time, ...columns.flat()], places: groups.map((group) => (place += group.columns.length)) };
}

/** What the tooltip says at a column of the data, series by series; the hidden ones left out. */
export function tooltipLines(
  { data, places }: TrendColumns,
  series: readonly TrendSeries[],
  hidden: ReadonlySet<string>,
  withBands: boolean,
  index: number,
): TooltipLine[] {
  const lines = series.flatMap(({ label, entry, mark, write, band, isGhost }, position) => {
    const place = places[position] ?? 0;
    const value = data[place]?.[index];
    if (hidden.has(entry) || value === undefined) {
      return [];
    }
    const ends =
      withBands && band !== null ? `${write(data[place - 2]?.[index])}…${write(data[place - 1]?.[index])}` : undefined;
    return [{ isGhost, line: { label, mark, value: write(value), ...(ends !== undefined && { detail: ends }) } }];
  });
  return lines.sort((a, b) => Number(a.isGhost) - Number(b.isGhost)).map(({ line }) => line);
}

/** Source, endpoint and age, at the tooltip's foot. */
export function originWords(meta: UpliftMeta | undefined, now: number): string | undefined {
  const reading = meta?.provenance.sources.find(({ state }) => state === 'ok' || state === 'stale');
  if (reading === undefined) {
    return undefined;
  }
  const age = reading.asOf === null ? '' : `, ${formatAge((now - reading.asOf) / 1000)} old`;
  return `${SOURCE_LABELS[reading.source]}, ${reading.endpoint}${age}`;
}
