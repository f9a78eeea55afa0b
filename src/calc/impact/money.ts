/**
 * The seed's money formulas, a day at full rollout:
 * revenue = base volume × Δaccuracy × multiplier; latency cost = requests × Δms × cost per ms;
 * risk reduction = requests × fewer errors × cost per error; net = revenue − cost + risk reduction;
 * ROI = (365 net − infrastructure) / infrastructure × 100; payback = infrastructure / net.
 */

export const DAYS_A_YEAR = 365;

/** Revenue a day from an accuracy difference given as a fraction (3.6 pp = 0.036). */
export function dailyRevenue(baseVolume: number, accuracyDifference: number, multiplier: number): number {
  return baseVolume * accuracyDifference * multiplier;
}

/** Cost a day of `latencyDifference` ms more on each request; negative is a saving. */
export function dailyLatencyCost(requestsPerDay: number, latencyDifference: number, costPerMs: number): number {
  return requestsPerDay * latencyDifference * costPerMs;
}

/** Money a day saved by failing less often; `errorDifference` is treatment − control, so fewer errors is negative. */
export function dailyRiskReduction(requestsPerDay: number, errorDifference: number, costPerError: number): number {
  return -(requestsPerDay * errorDifference * costPerError);
}

/** Return on a year's infrastructure in percent; null when there is no outlay to measure it by (≤ 0). */
export function roiPercentage(dailyNet: number, infrastructure: number): number | null {
  return infrastructure > 0 ? ((dailyNet * DAYS_A_YEAR - infrastructure) / infrastructure) * 100 : null;
}

/** Days until net has paid for the infrastructure; null is "never" (net ≤ 0, or longer than a number can hold). */
export function paybackDays(dailyNet: number, infrastructure: number): number | null {
  const days = infrastructure / dailyNet;
  return dailyNet > 0 && Number.isFinite(days) ? days : null;
}
