/** The true values behind an experiment's metrics, which answers are held against. */
import type { SeededExperiment, Truth } from './seeded';
import { findVariant } from './seeded';

/** The 95 % point of the standard normal distribution, for the quantile of a lognormal one. */
const Z95 = 1.6448536269514722;

/** True accuracy over all regions, a fraction. */
export function trueAccuracy(experiment: SeededExperiment, variant: string): number {
  const { accuracy } = findVariant(experiment, variant).truth;
  return Object.entries(experiment.regions).reduce((sum, [region, share]) => sum + share * (accuracy[region] ?? 0), 0);
}

/** True mean response time, ms. */
export function trueLatencyMean({ latency }: Truth): number {
  return latency.medianMs * Math.exp(latency.sigma ** 2 / 2);
}

/** True 95th percentile of the response time, ms. */
export function trueLatencyP95({ latency }: Truth): number {
  return latency.medianMs * Math.exp(Z95 * latency.sigma);
}
