/**
 * What a request carries into the model, and what the model makes of it: the distributions that drift is computed from.
 * From the seeded instant on some features come from another distribution; the scores do not move.
 */
import type { SeededExperiment } from '../scenario';
import type { Random } from '../traffic/random';

interface Drawn {
  /** Probability of each bin, and once the inputs have drifted. */
  shares: readonly number[];
  drifted?: readonly number[];
}

export type Feature =
  | ({ kind: 'numeric'; name: string; bounds: readonly number[] } & Drawn)
  | ({ kind: 'categorical'; name: string; categories: readonly string[] } & Drawn);

export const FEATURES: readonly Feature[] = [
  {
    kind: 'numeric',
    name: 'basket_value',
    bounds: [10, 20, 30, 40, 60, 80, 120, 200],
    shares: [0.16, 0.22, 0.19, 0.14, 0.13, 0.08, 0.055, 0.025],
    drifted: [0.055, 0.115, 0.145, 0.15, 0.195, 0.145, 0.125, 0.07],
  },
  {
    kind: 'categorical',
    name: 'country',
    categories: ['US', 'GB', 'DE', 'FR', 'JP', 'AU'],
    shares: [0.44, 0.16, 0.13, 0.1, 0.1, 0.07],
    drifted: [0.33, 0.12, 0.12, 0.1, 0.24, 0.09],
  },
  {
    kind: 'numeric',
    name: 'session_minutes',
    bounds: [1, 2, 4, 8, 15, 30, 60],
    shares: [0.12, 0.18, 0.24, 0.22, 0.14, 0.07, 0.03],
    drifted: [0.2, 0.26, 0.23, 0.17, 0.085, 0.035, 0.02],
  },
  {
    kind: 'categorical',
    name: 'device',
    categories: ['mobile', 'desktop', 'tablet'],
    shares: [0.58, 0.36, 0.06],
  },
  {
    kind: 'numeric',
    name: 'items_viewed',
    bounds: [1, 2, 3, 5, 8, 13, 21],
    shares: [0.18, 0.19, 0.16, 0.2, 0.15, 0.08, 0.04],
  },
  {
    kind: 'numeric',
    name: 'days_since_visit',
    bounds: [1, 2, 4, 7, 14, 30, 90],
    shares: [0.22, 0.15, 0.17, 0.16, 0.14, 0.1, 0.06],
  },
  {
    kind: 'numeric',
    name: 'tenure_months',
    bounds: [1, 3, 6, 12, 24, 48, 96],
    shares: [0.06, 0.1, 0.13, 0.2, 0.23, 0.18, 0.1],
  },
];

/** Upper bounds of the scores. */
export const PREDICTION_BOUNDS = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];

function drawBin(shares: readonly number[], random: Random): number {
  let left = random();
  const bin = shares.findIndex((share) => (left -= share) < 0);
  return bin === -1 ? shares.length - 1 : bin;
}

/** The bin of each of `FEATURES` that one request falls into. */
export function drawFeatures({ driftFrom }: SeededExperiment, instant: number, random: Random): number[] {
  const isDrifted = driftFrom !== null && instant >= driftFrom;
  return FEATURES.map(({ shares, drifted }) => drawBin(isDrifted ? (drifted ?? shares) : shares, random));
}

/** Counts of requests by bin: of each of `FEATURES`, and of the scores. */
export class FeatureCounts {
  readonly features: number[][] = FEATURES.map(({ shares }) => shares.map(() => 0));
  readonly predictions: number[] = PREDICTION_BOUNDS.map(() => 0);
  predictionSum = 0;
  rows = 0;

  /** @param bins of the features, as `drawFeatures` gives them */
  add(bins: readonly number[], prediction: number): void {
    bins.forEach((bin, feature) => {
      const counts = this.features[feature];
      if (counts !== undefined) counts[bin] = (counts[bin] ?? 0) + 1;
    });
    const bin = PREDICTION_BOUNDS.findIndex((bound) => prediction <= bound);
    this.predictions[bin] = (this.predictions[bin] ?? 0) + 1;
    this.predictionSum += prediction;
    this.rows++;
  }
}

/** The value in the middle of a bin, which stands for those in it. */
export function middleOf(bounds: readonly number[], bin: number): number {
  return ((bounds[bin - 1] ?? 0) + (bounds[bin] ?? 0)) / 2;
}
