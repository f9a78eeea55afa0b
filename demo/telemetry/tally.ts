/** What one server has counted for one version of one variant since it began. */
import type { SeededExperiment, SeededVariant } from '../scenario';
import { trueAccuracy } from '../scenario';
import type { Outcome } from '../traffic/request';
import { FeatureCounts } from './features';
import { LATENCY_BUCKETS } from './names';

export interface RegionCounts {
  success: number;
  error: number;
  labelled: number;
  correct: number;
}

export interface Tally {
  experiment: SeededExperiment;
  variant: SeededVariant;
  version: string;
  instance: string;
  regions: Map<string, RegionCounts>;
  /** Requests per latency bucket, not cumulative; one more than there are bounds. */
  buckets: number[];
  latencySeconds: number;
  revenue: number;
  revenueSquared: number;
  /** Requests by bin of their features and scores. */
  features: FeatureCounts;
  /** Smoothed share of right predictions. */
  recentAccuracy: number;
}

/** Weight of one more labelled prediction in `recentAccuracy`. */
const SMOOTHING = 1 / 500;

export function openTally(
  experiment: SeededExperiment,
  variant: SeededVariant,
  version: string,
  instance: string,
): Tally {
  const regions = Object.keys(experiment.regions);
  return {
    experiment,
    variant,
    version,
    instance,
    regions: new Map(regions.map((region) => [region, { success: 0, error: 0, labelled: 0, correct: 0 }])),
    buckets: Array.from({ length: LATENCY_BUCKETS.length + 1 }, () => 0),
    latencySeconds: 0,
    revenue: 0,
    revenueSquared: 0,
    features: new FeatureCounts(),
    recentAccuracy: trueAccuracy(experiment, variant.name),
  };
}

export const smoothAccuracy = (recent: number, isCorrect: boolean): number =>
  recent + ((isCorrect ? 1 : 0) - recent) * SMOOTHING;

export function countOutcome(tally: Tally, region: string, outcome: Outcome): void {
  const counts = tally.regions.get(region);
  if (counts === undefined) return;
  if (outcome.isError) counts.error++;
  else counts.success++;
  if (outcome.isCorrect !== null) {
    counts.labelled++;
    if (outcome.isCorrect) counts.correct++;
    tally.recentAccuracy = smoothAccuracy(tally.recentAccuracy, outcome.isCorrect);
  }
  const seconds = outcome.latencyMs / 1000;
  const bucket = LATENCY_BUCKETS.findIndex((bound) => seconds <= bound);
  const index = bucket === -1 ? LATENCY_BUCKETS.length : bucket;
  tally.buckets[index] = (tally.buckets[index] ?? 0) + 1;
  tally.latencySeconds += seconds;
  tally.revenue += outcome.revenue;
  tally.revenueSquared += outcome.revenue ** 2;
}

/** All requests of a tally, failed ones included. */
export function requestsOf(tally: Tally): number {
  let sum = 0;
  for (const { success, error } of tally.regions.values()) sum += success + error;
  return sum;
}
