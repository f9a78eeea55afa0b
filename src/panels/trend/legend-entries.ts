/** The legend's words, series by series. */
import { dateTimeFormat } from '@grafana/data';
import type { TimeZone } from '@grafana/schema';
import { formatLift } from '../../calc/notation';
import type { VariantMark } from '../shared/variant-marks';
import type { EntrySize } from './legend-layout';
import type { LegendStyle } from './options';
import { ghostBehind, summarise } from './summary';
import { crossingOf, type Threshold } from './thresholds';
import type { TrendSeries } from './trend-series';

export interface LegendEntry {
  label: string;
  mark: VariantMark;
  value: string;
  /** Mean and change; empty where not asked for. */
  more: string;
  /** What the change is against, for the tooltip. */
  moreMeans: string;
  /** `isWorst`: past the last named threshold. */
  crossing: { name: string; since: string; colour: string; isWorst: boolean } | null;
}

/** Labels longer than this end in an ellipsis. */
const LONGEST_LABEL = 32;

function moreOf(series: TrendSeries, all: readonly TrendSeries[]): Pick<LegendEntry, 'more' | 'moreMeans'> {
  const ghost = ghostBehind(series, all);
  const { mean, change } = summarise(series.values, ghost?.values ?? null);
  const words = change === null ? '' : ` · ${formatLift(change, null, 'fraction', 'relative')}`;
  const base = ghost === null ? 'the last value against the first' : 'the mean against the period before';
  return { more: `mean ${series.write(mean)}${words}`, moreMeans: `Mean over the range; ${base}` };
}

const DAY = 24 * 3600 * 1000;

/** `since 05:40`; with the date where that is a day ago or more. */
function sinceWords(since: number | null, now: number, timeZone: TimeZone): string {
  if (since === null) {
    return 'all along';
  }
  return `since ${dateTimeFormat(since, { format: now - since < DAY ? 'HH:mm' : 'D MMM HH:mm', timeZone })}`;
}

interface LegendContext {
  style: LegendStyle;
  thresholds: readonly Threshold[];
  now: number;
  timeZone: TimeZone;
}

/** The entries of a legend; `full` adds mean and change. */
export function legendEntries(
  all: readonly TrendSeries[],
  { style, thresholds, now, timeZone }: LegendContext,
): LegendEntry[] {
  const named = thresholds.filter(({ name }) => name !== null);
  const ghosts = all.filter(({ isGhost }) => isGhost);
  const current = all.filter(({ isGhost }) => !isGhost);
  const entries = current.map((series): LegendEntry => {
    const crossing = crossingOf(series.time, series.values, named);
    return {
      label: series.entry,
      mark: series.mark,
      value: series.write(summarise(series.values).last),
      ...(style === 'full' ? moreOf(series, all) : { more: '', moreMeans: '' }),
      crossing: crossing && {
        name: crossing.threshold.name ?? '',
        since: sinceWords(crossing.since, now, timeZone),
        colour: crossing.threshold.colour,
        isWorst: crossing.threshold === named.at(-1),
      },
    };
  });
  return [...entries, ...ghosts.slice(0, 1).map((ghost) => ghostEntry(ghost, ghosts.length === 1))];
}

/** One entry for all ghosts; of several, no last value stands for the others. */
const ghostEntry = ({ entry, mark, write, values }: TrendSeries, isAlone: boolean): LegendEntry => ({
  label: entry,
  mark,
  value: isAlone ? write(summarise(values).last) : '',
  more: '',
  moreMeans: '',
  crossing: null,
});

/** How long an entry's parts are, for the layout. */
export const sizeOf = ({ label, value, more, crossing }: LegendEntry): EntrySize => ({
  label: Math.min(label.length, LONGEST_LABEL),
  value: value.length,
  more: more.length,
  crossing: { name: crossing?.name.length ?? 0, since: crossing?.since.length ?? 0 },
});
