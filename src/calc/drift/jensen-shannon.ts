/** Jensen–Shannon distance: the square root of the divergence of both distributions from their middle. Needs no floor. */
import type { Shares } from './binned';

/** √JSD with logarithms to `base`: 2 gives 0…1 (NannyML), e gives 0…√ln 2 (Evidently). */
export function jensenShannonDistance({ reference, current }: Shares, base: number): number {
  const divergence = reference.reduce((sum, p, bin) => {
    const q = current[bin] ?? 0;
    const middle = (p + q) / 2;
    return sum + (relativeEntropy(p, middle) + relativeEntropy(q, middle)) / 2;
  }, 0);
  return Math.sqrt(Math.max(0, divergence) / Math.log(base));
}

const relativeEntropy = (share: number, middle: number): number => (share === 0 ? 0 : share * Math.log(share / middle));
