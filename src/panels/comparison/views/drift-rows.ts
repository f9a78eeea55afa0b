/** Drift by feature as the view draws it: each value with its band, and what each bin adds to it. */
import type { DataFrame } from '@grafana/data';
import { bandOf, PSI_BANDS, type DriftBand, type DriftBands } from '../../../calc/drift/psi';
import { frameNamed, numberAt, rowsOf, textAt } from '../../shared/frames';
import { readDriftBins, type DriftedFeature } from '../../shared/drift-bins';

/** Under which the figure over all features is written; it has a chart of its own. */
const ALL_FEATURES = '__all__';

export interface DriftRow {
  label: string;
  feature: string;
  value: number | null;
  pValue: number | null;
  band: DriftBand | null;
  /** In the bins' order; empty where the drift was not computed from bins. */
  bins: DriftedFeature['bins'];
}

export interface DriftRows {
  /** The furthest first. */
  rows: DriftRow[];
  /** Null for a method without bands. */
  bands: DriftBands | null;
}

/** Null when the answer holds no drift as a table. */
export function readDriftRows(series: readonly DataFrame[]): DriftRows | null {
  const frame = frameNamed(series, 'monitor:drift') ?? frameNamed(series, 'drift');
  if (frame === undefined) {
    return null;
  }
  const bands = bandsIn(frame);
  const binned = new Map(readDriftBins(series)?.map((one) => [`${one.feature} ${one.variant ?? ''}`, one.bins]));
  const rows = rowsOf(frame).flatMap((row): DriftRow[] => {
    const feature = textAt(frame, 'feature', row) ?? '';
    const variant = textAt(frame, 'variant', row);
    const value = numberAt(frame, 'value', row);
    return feature === ALL_FEATURES
      ? []
      : [
          {
            label: [feature, variant].filter(Boolean).join(' · '),
            feature,
            value,
            pValue: numberAt(frame, 'p_value', row),
            band: value === null || bands === null ? null : bandOf(value, bands),
            bins: binned.get(`${feature} ${variant ?? ''}`) ?? [],
          },
        ];
  });
  return { rows: rows.sort((a, b) => (b.value ?? -1) - (a.value ?? -1)), bands };
}

/** Of the value's field. A computed drift that is not a PSI has none unless the query named some. */
function bandsIn(frame: DataFrame): DriftBands | null {
  const custom: unknown = frame.fields.find(({ name }) => name === 'value')?.config.custom;
  const uplift = typeof custom === 'object' && custom !== null && 'uplift' in custom ? custom.uplift : null;
  const bands = typeof uplift === 'object' && uplift !== null && 'bands' in uplift ? uplift.bands : null;
  if (typeof bands === 'object' && bands !== null && 'watch' in bands && 'drifted' in bands) {
    return { watch: Number(bands.watch), drifted: Number(bands.drifted) };
  }
  return rowsOf(frame).some((row) => textAt(frame, 'band', row) !== null) ? PSI_BANDS : null;
}
