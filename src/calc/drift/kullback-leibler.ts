/** Kullback–Leibler divergence of the reference from the current distribution, in nats. */
import type { Shares } from './binned';
import { floorEmptyBins } from './floor';

/** Σ p ln(p/q) over floored, then renormalised shares; p the reference, q the current. */
export function kullbackLeibler({ reference, current }: Shares): number {
  const p = normalise(floorEmptyBins(reference));
  const q = normalise(floorEmptyBins(current));
  return p.reduce((sum, share, bin) => sum + share * Math.log(share / (q[bin] ?? share)), 0);
}

function normalise(shares: readonly number[]): number[] {
  const total = shares.reduce((sum, share) => sum + share, 0);
  return shares.map((share) => share / total);
}
