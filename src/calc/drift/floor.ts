/** Empty bins: a logarithm of 0 would make any drift infinite, so they get a small share instead. */

const FLOOR = 1e-4;

/**
 * Shares with zeros replaced by 1e-4, or by a millionth of the smallest share when that is at most 1e-4; not renormalised
 * (Evidently's rule).
 */
export function floorEmptyBins(shares: readonly number[]): number[] {
  const smallest = Math.min(...shares.filter((share) => share > 0));
  const floor = smallest <= FLOOR ? smallest / 1e6 : FLOOR;
  return shares.map((share) => (share === 0 ? floor : share));
}
