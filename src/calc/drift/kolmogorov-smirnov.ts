/** Kolmogorov–Smirnov: the largest gap between the two cumulative distributions, seen at the bin edges. */
import type { Shares } from './binned';

/** max |F − G| over bin edges; within a bin the true gap may be larger, so this is a lower bound for raw values. */
export function kolmogorovSmirnov({ reference, current }: Shares): number {
  let gap = 0;
  let largest = 0;
  reference.forEach((share, bin) => {
    gap += share - (current[bin] ?? 0);
    largest = Math.max(largest, Math.abs(gap));
  });
  return largest;
}

/** Two-sample p-value in Kolmogorov's limit: P(K > √(nm/(n+m)) · D). Binning makes it conservative. */
export function kolmogorovSmirnovPValue(shares: Shares): number {
  const { referenceTotal: n, currentTotal: m } = shares;
  return kolmogorovUpperTail(Math.sqrt(1 / (1 / n + 1 / m)) * kolmogorovSmirnov(shares));
}

/** Where the two series for the limit distribution are equally quick. */
const SERIES_MEET = 1;

/** P(K > x) of Kolmogorov's limit distribution: 2 Σ (−1)ᵏ⁻¹ e^(−2k²x²), or its theta-transformed series for small x. */
export function kolmogorovUpperTail(x: number): number {
  if (x <= 0) {
    return 1;
  }
  const terms = Array.from({ length: 10 }, (_, index) => index + 1);
  if (x < SERIES_MEET) {
    const sum = terms.reduce((total, k) => total + Math.exp(-(((2 * k - 1) * Math.PI) ** 2) / (8 * x * x)), 0);
    return 1 - (Math.sqrt(2 * Math.PI) / x) * sum;
  }
  return terms.reduce((total, k) => total - 2 * (-1) ** k * Math.exp(-2 * k * k * x * x), 0);
}
