/** χ² test of homogeneity: are both histograms draws from one distribution? */
import { chiSquareUpperTail } from '../stats/special';
import type { BinnedPair } from './binned';

export interface Homogeneity {
  chiSquare: number;
  degreesOfFreedom: number;
  pValue: number;
}

/** Pearson's χ² of the 2 × bins table, without bins empty in both; with one bin left nothing can differ and p is 1. */
export function testHomogeneity({ reference, current }: BinnedPair): Homogeneity {
  const columns = reference
    .map((count, bin) => ({ reference: count, current: current[bin] ?? 0 }))
    .filter((column) => column.reference + column.current > 0);
  const n = columns.reduce((sum, column) => sum + column.reference, 0);
  const m = columns.reduce((sum, column) => sum + column.current, 0);
  const chiSquare = columns.reduce((sum, column) => {
    const total = column.reference + column.current;
    const expectedReference = total * (n / (n + m));
    const expectedCurrent = total * (m / (n + m));
    const excess = (column.reference - expectedReference) ** 2;
    return sum + excess / expectedReference + excess / expectedCurrent;
  }, 0);
  const degreesOfFreedom = columns.length - 1;
  const pValue = degreesOfFreedom === 0 ? 1 : chiSquareUpperTail(chiSquare, degreesOfFreedom);
  return { chiSquare, degreesOfFreedom, pValue };
}
