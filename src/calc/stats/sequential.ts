/**
 * The sequential test: an asymptotic confidence sequence, valid at every look, after Waudby-Smith, Arbour, Sinha, Kennedy,
 * Ramdas, “Time-uniform central limit theory”, arXiv 2103.06476v7, eq. 9, 134, 155, 161. `tuning` is the number of
 * observations at which it is tightest; set it from the planned total before the start, never from data.
 */

export interface SequentialInput {
  estimate: number;
  standardError: number;
  /** Observations of both arms so far. */
  n: number;
  alpha: number;
  tuning: number;
}

/** ρ of the mixture that is tightest at `tuning` observations; one-sided bounds take 2·alpha. */
export function sequentialRho(alpha: number, tuning: number): number {
  const twice = -2 * Math.log(alpha);
  return Math.sqrt((twice + Math.log(twice + 1)) / tuning);
}

/** Half the width of the two-sided interval: se·√(2(Nρ² + 1)/(Nρ²)·ln(√(Nρ² + 1)/alpha)). */
export function sequentialHalfWidth({ standardError, n, alpha, tuning }: Omit<SequentialInput, 'estimate'>): number {
  const information = n * sequentialRho(alpha, tuning) ** 2;
  const boundary = Math.log1p(information) / 2 - Math.log(alpha);
  return standardError * Math.sqrt(((2 * (information + 1)) / information) * boundary);
}

/** Distance of the one-sided bound from the estimate: as above with ρ(2·alpha) and ln(1 + √(Nρ² + 1)/(2·alpha)). */
export function sequentialBoundDistance({
  standardError,
  n,
  alpha,
  tuning,
}: Omit<SequentialInput, 'estimate'>): number {
  const information = n * sequentialRho(2 * alpha, tuning) ** 2;
  const boundary = Math.log1p(Math.sqrt(information + 1) / (2 * alpha));
  return standardError * Math.sqrt(((2 * (information + 1)) / information) * boundary);
}

/** Two-sided p-value that holds at every look: √(Nρ² + 1)·exp(−Nρ² z²/(2(Nρ² + 1))), at most 1, in log space. */
export function sequentialPValue({ estimate, standardError, n, alpha, tuning }: SequentialInput): number {
  const information = n * sequentialRho(alpha, tuning) ** 2;
  const z = estimate / standardError;
  const log = Math.log1p(information) / 2 - (information * z * z) / (2 * (information + 1));
  return Math.exp(Math.min(0, log));
}
