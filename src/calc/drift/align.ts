/** Two histograms as stores hold them, brought onto the same bins: only then can they be compared. */
import { refuse } from '../stats/refusal';
import type { Refusal } from '../stats/refusal';
import type { BinnedPair } from './binned';

/** Counts by upper bound (ascending; not cumulative), or by category. */
export type Histogram =
  | { kind: 'numeric'; bounds: readonly number[]; counts: readonly number[] }
  | { kind: 'categorical'; categories: readonly string[]; counts: readonly number[] };

/** What one bin of an aligned pair is: a category, or values in (from, to]; an open side is null. */
export interface Bin {
  name: string;
  from: number | null;
  to: number | null;
}

export interface AlignedPair extends BinnedPair {
  bins: Bin[];
}

/**
 * Numeric bins are coarsened to the bounds that both have, so that a changed bucket layout hides detail but invents no
 * drift; categories are united, for a new one is drift. Refuses with `buckets-differ` when one is numeric and the other
 * not, or when fewer than two bins are shared.
 */
export function alignHistograms(reference: Histogram, current: Histogram): AlignedPair | Refusal {
  if (reference.kind === 'categorical' && current.kind === 'categorical') {
    return alignCategories(reference, current);
  }
  if (reference.kind === 'numeric' && current.kind === 'numeric') {
    return alignBounds(reference, current);
  }
  return refuse('buckets-differ', 'current');
}

type Categorical = Extract<Histogram, { kind: 'categorical' }>;
type Numeric = Extract<Histogram, { kind: 'numeric' }>;

function alignCategories(reference: Categorical, current: Categorical): AlignedPair {
  const names = [...new Set([...reference.categories, ...current.categories])].sort();
  const counts = (one: Categorical) => names.map((name) => one.counts[one.categories.indexOf(name)] ?? 0);
  return {
    reference: counts(reference),
    current: counts(current),
    bins: names.map((name) => ({ name, from: null, to: null })),
  };
}

function alignBounds(reference: Numeric, current: Numeric): AlignedPair | Refusal {
  const shared = reference.bounds.filter((bound) => Number.isFinite(bound) && current.bounds.includes(bound));
  const bounds = [...shared, Infinity];
  if (bounds.length < 2) {
    return refuse('buckets-differ', 'current');
  }
  const pair = { reference: coarsen(reference, bounds), current: coarsen(current, bounds) };
  const [lowest = 0] = bounds;
  // As Prometheus reads a lowest bucket: from zero, unless it holds what is below.
  const edges = [lowest > 0 ? 0 : -Infinity, ...bounds];
  // Ends that nothing fell into would be empty bins, and cost the index its p-value.
  const isFilled = bounds.map((_, bin) => (pair.reference[bin] ?? 0) + (pair.current[bin] ?? 0) > 0);
  const first = Math.max(0, isFilled.indexOf(true));
  const end = isFilled.lastIndexOf(true) + 1 || bounds.length;
  return {
    reference: pair.reference.slice(first, end),
    current: pair.current.slice(first, end),
    edges: edges.slice(first, end + 1),
    bins: bounds.slice(first, end).map((to, index) => binOf(edges[first + index] ?? 0, to)),
  };
}

/** Counts by the first of `bounds` that is not below a bin's own. */
function coarsen({ bounds: own, counts }: Numeric, bounds: readonly number[]): number[] {
  const sums = bounds.map(() => 0);
  own.forEach((bound, index) => {
    const into = bounds.findIndex((candidate) => bound <= candidate);
    sums[into] = (sums[into] ?? 0) + (counts[index] ?? 0);
  });
  return sums;
}

function binOf(from: number, to: number): Bin {
  const [low, high] = [Number.isFinite(from) ? from : null, Number.isFinite(to) ? to : null];
  const name =
    high === null ? `> ${String(from)}` : low === null ? `≤ ${String(to)}` : `${String(low)}–${String(high)}`;
  return { name, from: low, to: high };
}
