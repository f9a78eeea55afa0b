/** Population stability index: Σ (p − q) ln(p/q), with its contribution per bin, its bands and its p-value. */
import { chiSquareUpperTail } from '../stats/special';
import type { Shares } from './binned';
import { floorEmptyBins } from './floor';

/** Conventional bands: below 0.10 stable, below 0.25 watch, else drifted. A convention, not a test: read the p-value too. */
export const DRIFT_BANDS = ['stable', 'watch', 'drifted'] as const;
export type DriftBand = (typeof DRIFT_BANDS)[number];
const WATCH_FROM = 0.1;
const DRIFTED_FROM = 0.25;

/** Where watching and drifted begin. */
export interface DriftBands {
  watch: number;
  drifted: number;
}
export const PSI_BANDS: DriftBands = { watch: WATCH_FROM, drifted: DRIFTED_FROM };

/** What each bin adds to the index (≥ 0), in the bins' order; empty bins are floored. */
export function psiContributions({ reference, current }: Shares): number[] {
  const p = floorEmptyBins(reference);
  return floorEmptyBins(current).map((share, bin) => {
    const expected = p[bin] ?? share;
    return (expected - share) * Math.log(expected / share);
  });
}

/**
 * P(an index at least this large | no drift): without drift, PSI / (1/n + 1/m) follows χ² with bins − 1 degrees of
 * freedom (Yurdakul & Naranjo 2020). Null when a bin is empty, where the approximation does not hold.
 */
export function psiPValue(shares: Shares): number | null {
  if ([...shares.reference, ...shares.current].includes(0)) {
    return null;
  }
  const scale = 1 / shares.referenceTotal + 1 / shares.currentTotal;
  const index = psiContributions(shares).reduce((sum, contribution) => sum + contribution, 0);
  return chiSquareUpperTail(index / scale, shares.reference.length - 1);
}

/** The band an index falls in. */
export function bandOf(index: number, bands: DriftBands = PSI_BANDS): DriftBand {
  if (index < bands.watch) {
    return 'stable';
  }
  return index < bands.drifted ? 'watch' : 'drifted';
}
