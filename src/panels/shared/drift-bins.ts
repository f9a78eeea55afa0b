/** Drift by bin, from the frame `drift_bins` of a `monitor` query: where a distribution has moved, and by how much. */
import type { DataFrame } from '@grafana/data';
import { bandOf, type DriftBand } from '../../calc/drift/psi';
import { frameNamed, numberAt, rowsOf, textAt } from './frames';

export interface DriftBin {
  /** The bin's bounds in the feature's own unit; null where it is open. */
  from: number | null;
  to: number | null;
  /** Its name in words; what a category has instead of bounds. */
  name: string | null;
  /** Shares of all samples (0…1). */
  reference: number;
  current: number;
  /** The bin's part of the PSI. */
  contribution: number;
}

/** One feature of one variant. */
export interface DriftedFeature {
  feature: string;
  variant: string | null;
  bins: DriftBin[];
  /** The sum of the bins' contributions. */
  psi: number;
  band: DriftBand;
}

/** The features of an answer, the furthest moved first; null where the answer has no frame `drift_bins`. */
export function readDriftBins(series: readonly DataFrame[]): DriftedFeature[] | null {
  const frame = frameNamed(series, 'drift_bins');
  if (frame === undefined) {
    return null;
  }
  const features = new Map<string, Pick<DriftedFeature, 'feature' | 'variant' | 'bins'>>();
  for (const row of rowsOf(frame)) {
    const feature = textAt(frame, 'feature', row) ?? '';
    const variant = textAt(frame, 'variant', row);
    const reference = numberAt(frame, 'reference', row);
    const current = numberAt(frame, 'current', row);
    if (reference === null || current === null) {
      continue;
    }
    const key = JSON.stringify([feature, variant]);
    const known = features.get(key) ?? { feature, variant, bins: [] };
    features.set(key, known);
    known.bins.push({
      from: numberAt(frame, 'from', row),
      to: numberAt(frame, 'to', row),
      name: textAt(frame, 'bin', row),
      reference,
      current,
      contribution: numberAt(frame, 'contribution', row) ?? 0,
    });
  }
  return [...features.values()]
    .map((one) => {
      const psi = one.bins.reduce((sum, { contribution }) => sum + contribution, 0);
      return { ...one, psi, band: bandOf(psi) };
    })
    .sort((a, b) => b.psi - a.psi);
}

/** A bin's bounds: `20…50`, `≤ 20`, `> 500`; a category's name. */
export function binWords({ from, to, name }: Pick<DriftBin, 'from' | 'to' | 'name'>): string {
  const write = (value: number) => value.toLocaleString('en-US', { maximumSignificantDigits: 4 });
  if (from === null) {
    return to === null ? (name ?? 'all') : `≤ ${write(to)}`;
  }
  return to === null ? `> ${write(from)}` : `${write(from)}…${write(to)}`;
}
