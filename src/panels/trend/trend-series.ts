/** The series of a chart, from time series frames: whose they are, how they look, which band belongs to which. */
import { FieldType, getFieldDisplayName, type DataFrame, type Field, type GrafanaTheme2 } from '@grafana/data';
import { firstUpliftMeta, isRecord } from '../shared/frames';
import { markAt, variantMarks, type VariantMark } from '../shared/variant-marks';
import { valueWriter, type ValueWriter } from './value-writer';

export interface TrendSeries {
  label: string;
  mark: VariantMark;
  field: Field;
  time: readonly number[];
  values: ReadonlyArray<number | null>;
  write: ValueWriter;
  band: { low: ReadonlyArray<number | null>; high: ReadonlyArray<number | null> } | null;
}

type BandEnd = 'low' | 'high';

const BAND_NAMES: Readonly<Record<string, BandEnd>> = {
  seq_ci_low: 'low',
  seq_ci_high: 'high',
  low: 'low',
  high: 'high',
};

/** Whether a field is one end of a band, by `config.custom.uplift.band`, else by its name. */
export function bandEndOf(field: Field): BandEnd | null {
  const custom: unknown = field.config.custom;
  const own = isRecord(custom) ? custom['uplift'] : undefined;
  if (isRecord(own) && own['band'] !== undefined) {
    return own['band'] === 'low' || own['band'] === 'high' ? own['band'] : null;
  }
  return BAND_NAMES[field.name] ?? null;
}

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

/** Reads every series of an answer. A variant keeps its colour by role and definition order, whatever is filtered out. */
export function readSeries(frames: DataFrame[], theme: GrafanaTheme2): TrendSeries[] {
  const variants = firstUpliftMeta(frames)?.experiment?.variants ?? [];
  const marks = variantMarks(theme, variants);
  const ofVariant = new Map<string, number>();
  const series: TrendSeries[] = [];
  // Series of no variant take the hues after the treatments'.
  let others = variants.filter(({ role }) => role === 'treatment').length;
  for (const frame of frames) {
    const time = frame.fields.find((field) => field.type === FieldType.time);
    if (time === undefined) {
      continue;
    }
    const numeric = frame.fields.filter((field) => field.type === FieldType.number);
    const low = numeric.find((field) => bandEndOf(field) === 'low');
    const high = numeric.find((field) => bandEndOf(field) === 'high');
    for (const field of numeric.filter((candidate) => bandEndOf(candidate) === null)) {
      const variant = field.labels?.['variant'] ?? '';
      const known = marks.get(variant);
      const repeat = ofVariant.get(variant) ?? 0;
      ofVariant.set(variant, repeat + 1);
      const base = known ?? markAt(theme, others++);
      const fixed = field.config.color?.mode === 'fixed' ? field.config.color.fixedColor : undefined;
      series.push({
        label: labelOf(field, frame, frames),
        mark: {
          ...base,
          colour: fixed === undefined ? base.colour : theme.visualization.getColorByName(fixed),
          dash: base.dash ?? (known ? DASHES[repeat % DASHES.length] : undefined),
        },
        field,
        time: numbersOf(time).map((at) => at ?? Number.NaN),
        values: numbersOf(field),
        write: valueWriter(field.config),
        band: low && high ? { low: numbersOf(low), high: numbersOf(high) } : null,
      });
    }
  }
  return series;
}

export interface Summary {
  last: number | null;
  mean: number | null;
  /** Last against first, as a fraction of the first; null where the first is 0 or missing. */
  change: number | null;
}

/** What the legend says of a series. */
export function summarise(values: ReadonlyArray<number | null>): Summary {
  const present = values.filter((value) => value !== null);
  const [first] = present;
  const last = present[present.length - 1] ?? null;
  if (first === undefined || last === null) {
    return { last: null, mean: null, change: null };
  }
  const mean = present.reduce((sum, value) => sum + value, 0) / present.length;
  return { last, mean, change: first === 0 ? null : (last - first) / Math.abs(first) };
}
