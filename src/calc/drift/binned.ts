/** Two histograms over the same bins: what every measure of drift is computed from. Bins come from the reference window. */
import { refuse } from '../stats/refusal';
import type { Refusal } from '../stats/refusal';
import { isCount } from '../stats/small-counts';

export interface BinnedPair {
  /** Observations per bin in the reference window (non-negative; a store may have extrapolated them). */
  reference: readonly number[];
  /** The same bins in the current window. */
  current: readonly number[];
  /** Bin edges, one more than bins, ascending; needed for distances on the value axis only. ±∞ marks an open end bin. */
  edges?: readonly number[];
}

/** Both histograms as shares, with the totals they came from. */
export interface Shares {
  reference: number[];
  current: number[];
  referenceTotal: number;
  currentTotal: number;
}

/**
 * Shares per bin. Refuses with `buckets-differ` (not the same bins), `sample-too-small` (fewer than two bins), `not-finite`,
 * `bad-count` (negative or absurd), `no-data` (an empty histogram) or `bad-buckets` (edges missing, unordered or of another length).
 */
export function sharesOf({ reference, current, edges }: BinnedPair): Shares | Refusal {
  if (reference.length !== current.length) {
    return refuse('buckets-differ', 'current');
  }
  if (reference.length < 2) {
    return refuse('sample-too-small', 'reference');
  }
  const referenceTotal = totalOf(reference);
  const currentTotal = totalOf(current);
  if (!Number.isFinite(referenceTotal) || !Number.isFinite(currentTotal)) {
    return refuse('not-finite', Number.isFinite(referenceTotal) ? 'current' : 'reference');
  }
  if (![...reference, ...current].every(isBinCount)) {
    return refuse('bad-count', reference.every(isBinCount) ? 'current' : 'reference');
  }
  if (referenceTotal === 0 || currentTotal === 0) {
    return refuse('no-data', referenceTotal === 0 ? 'reference' : 'current');
  }
  if (edges !== undefined && !areEdgesOf(edges, reference.length)) {
    return refuse('bad-buckets', 'edges');
  }
  return {
    reference: reference.map((count) => count / referenceTotal),
    current: current.map((count) => count / currentTotal),
    referenceTotal,
    currentTotal,
  };
}

/** A store extrapolates counts, but not to a billionth of an observation. */
const LEAST_COUNT = 1e-9;
const isBinCount = (count: number): boolean => count === 0 || (count >= LEAST_COUNT && isCount(count));

/** Beyond it the square of a value overflows. */
const LARGEST_EDGE = 1e150;
const isEdge = (edge: number): boolean => Math.abs(edge) <= LARGEST_EDGE || Math.abs(edge) === Infinity;

const totalOf = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);

function areEdgesOf(edges: readonly number[], bins: number): boolean {
  return (
    edges.length === bins + 1 &&
    edges.every((edge, index) => isEdge(edge) && (index === 0 || edge > (edges[index - 1] ?? edge)))
  );
}
