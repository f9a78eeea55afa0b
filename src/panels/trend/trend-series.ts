/** The series of a chart, from time series frames: whose they are, how they look, which band belongs to which. */
import {
  colorManipulator,
  FieldType,
  getFieldDisplayName,
  type DataFrame,
  type Field,
  type GrafanaTheme2,
} from '@grafana/data';
import { firstUpliftMeta, isRecord } from '../shared/frames';
import { markAt, variantMarks, type VariantMark } from '../shared/variant-marks';
import { openGaps } from './gaps';
import { fieldWriter, type ValueWriter } from './value-writer';

type Values = ReadonlyArray<number | null>;

export interface TrendSeries {
  label: string;
  /** The legend's entry that stands for it and hides it: its own, or the one all ghosts share. */
  entry: string;
  mark: VariantMark;
  field: Field;
  /** Epoch ms. */
  time: readonly number[];
  values: Values;
  write: ValueWriter;
  band: { low: Values; high: Values } | null;
  /** The equal period before, moved onto the current one: drawn faint, behind the series of the same labels. */
  isGhost: boolean;
  /** What it is about: its field's name and labels, the same for a ghost and what it stands behind. */
  subject: string;
}

type BandEnd = 'low' | 'high';

const BAND_NAMES: Readonly<Record<string, BandEnd>> = {
  seq_ci_low: 'low',
  seq_ci_high: 'high',
  low: 'low',
  high: 'high',
};

/** What all ghosts are called. */
const BEFORE = 'period before';

/** More than this are a thicket: they are left out, and the panel says so. */
export const MOST_SERIES = 40;

/** `config.custom.uplift` of a field, as far as it is one. */
function originOf(field: Field): Record<string, unknown> {
  const custom: unknown = field.config.custom;
  const own = isRecord(custom) ? custom['uplift'] : undefined;
  return isRecord(own) ? own : {};
}

/** Whether a field is one end of a band, by `config.custom.uplift.band`, else by its name. */
function bandEndOf(field: Field): BandEnd | null {
  const { band } = originOf(field);
  if (band !== undefined) {
    return band === 'low' || band === 'high' ? band : null;
  }
  return BAND_NAMES[field.name] ?? null;
}

const isOfPreviousPeriod = (field: Field): boolean => originOf(field)['period'] === 'previous';

function numbersOf(field: Field): Array<number | null> {
  const values: readonly unknown[] = field.values;
  return values.map((value) => (typeof value === 'number' && Number.isFinite(value) ? value : null));
}

/** `enhanced`, or `enhanced · eu` where further labels tell series of one variant apart. */
function labelOf(field: Field, frame: DataFrame, frames: DataFrame[]): string {
  const { displayName, displayNameFromDS } = field.config;
  const own = displayName ?? displayNameFromDS;
  if (own !== undefined && own !== '') {
    return own;
  }
  const labels = Object.entries(field.labels ?? {}).filter(([name, value]) => name !== 'experiment' && value !== '');
  return labels.length > 0 ? labels.map(([, value]) => value).join(' · ') : getFieldDisplayName(field, frame, frames);
}

/** Dash patterns that tell several series of one variant apart. */
const DASHES: ReadonlyArray<number[] | undefined> = [undefined, [2, 4], [6, 4], [10, 4, 2, 4]];

/** Dotted, thin and fainter: there to compare with, not to look at first. */
const ghostOf = (mark: VariantMark): VariantMark => ({
  ...mark,
  colour: colorManipulator.alpha(mark.colour, 0.75),
  lineWidth: 1.25,
  dash: [2, 3],
});

const subjectOf = ({ name, labels = {} }: Field): string => JSON.stringify([name, ...Object.entries(labels).sort()]);

/** Hands out the marks: a variant's by role and definition order, another series' by its place, a ghost's after its original. */
class Marks {
  private readonly ofVariants: Map<string, VariantMark>;
  private readonly repeats = new Map<string, number>();
  private readonly given = new Map<string, VariantMark>();
  private others: number;

  constructor(
    private readonly theme: GrafanaTheme2,
    variants: Parameters<typeof variantMarks>[1],
  ) {
    this.ofVariants = variantMarks(theme, variants);
    // Series of no variant take the hues after the treatments'.
    this.others = variants.filter(({ role }) => role === 'treatment').length;
  }

  of(field: Field): VariantMark {
    const original = this.given.get(subjectOf(field));
    if (isOfPreviousPeriod(field) && original !== undefined) {
      return ghostOf(original);
    }
    const mark = this.next(field);
    this.given.set(subjectOf(field), mark);
    return isOfPreviousPeriod(field) ? ghostOf(mark) : mark;
  }

  private next({ labels, config: { color } }: Field): VariantMark {
    const variant = labels?.['variant'] ?? '';
    const known = this.ofVariants.get(variant);
    const repeat = this.repeats.get(variant) ?? 0;
    this.repeats.set(variant, repeat + 1);
    const base = known ?? markAt(this.theme, this.others++);
    const fixed = color?.mode === 'fixed' ? color.fixedColor : undefined;
    return {
      ...base,
      colour: fixed === undefined ? base.colour : this.theme.visualization.getColorByName(fixed),
      dash: base.dash ?? (known ? DASHES[repeat % DASHES.length] : undefined),
    };
  }
}

function seriesOf(frame: DataFrame, time: Field, field: Field): Pick<TrendSeries, 'time' | 'values' | 'band'> {
  const numeric = frame.fields.filter((candidate) => candidate.type === FieldType.number);
  const low = numeric.find((candidate) => bandEndOf(candidate) === 'low');
  const high = numeric.find((candidate) => bandEndOf(candidate) === 'high');
  const ends = low && high ? [numbersOf(low), numbersOf(high)] : [];
  const times = numbersOf(time).map((at) => at ?? Number.NaN);
  const { time: open, columns } = openGaps({ time: times, columns: [numbersOf(field), ...ends] });
  const [values = [], lows, highs] = columns;
  return { time: open, values, band: lows && highs ? { low: lows, high: highs } : null };
}

/**
 * Reads the series of an answer, `MOST_SERIES` at most, ghosts first so that they lie beneath. A variant keeps its colour
 * by role and definition order, whatever is filtered out.
 */
export function readSeries(frames: DataFrame[], theme: GrafanaTheme2): TrendSeries[] {
  const marks = new Marks(theme, firstUpliftMeta(frames)?.experiment?.variants ?? []);
  const found = frames.flatMap((frame) => {
    const time = frame.fields.find(({ type }) => type === FieldType.time);
    const values = frame.fields.filter((field) => field.type === FieldType.number && bandEndOf(field) === null);
    return time === undefined
      ? []
      : values.map((field) => ({ frame, time, field, isGhost: isOfPreviousPeriod(field) }));
  });
  const current = found.filter(({ isGhost }) => !isGhost);
  const ghosts = found.filter(({ isGhost }) => isGhost);
  // A ghost takes after its original, whose mark must be known by then.
  const read = [...current, ...ghosts].slice(0, MOST_SERIES).map(({ frame, time, field, isGhost }): TrendSeries => {
    const label = labelOf(field, frame, frames);
    return {
      label: isGhost ? `${label}, ${BEFORE}` : label,
      entry: isGhost ? BEFORE : label,
      mark: marks.of(field),
      field,
      write: fieldWriter(field),
      isGhost,
      subject: subjectOf(field),
      ...seriesOf(frame, time, field),
    };
  });
  return [...read.filter(({ isGhost }) => isGhost), ...read.filter(({ isGhost }) => !isGhost)];
}

/** How many series an answer holds, drawn or not. */
export const countSeries = (frames: readonly DataFrame[]): number =>
  frames.reduce(
    (sum, { fields }) =>
      sum + fields.filter((field) => field.type === FieldType.number && bandEndOf(field) === null).length,
    0,
  );
