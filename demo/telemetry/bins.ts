/** What is written to InfluxDB beside the scoring points: how the rows of a while spread over features’ bins. */
import type { SeededExperiment, SeededVariant } from '../scenario';
import type { FeatureCounts } from './features';
import { FEATURES, PREDICTION_BOUNDS } from './features';

export interface BinPoint {
  experiment: SeededExperiment;
  variant: SeededVariant;
  version: string;
  /** Epoch ms of the beginning. */
  time: number;
  counts: FeatureCounts;
}

export interface BinCount {
  feature: string;
  /** An upper bound, or a category. */
  bin: string;
  rows: number;
}

/** Every bin of every feature and of the scores, empty ones too: what is not written could be another layout. */
export function binCounts({ features, predictions }: FeatureCounts): BinCount[] {
  const ofFeatures = FEATURES.flatMap((feature, index) => {
    const names = feature.kind === 'numeric' ? feature.bounds.map(String) : feature.categories;
    return names.map((bin, at) => ({ feature: feature.name, bin, rows: features[index]?.[at] ?? 0 }));
  });
  const ofScores = PREDICTION_BOUNDS.map((bound, at) => ({ feature: 'prediction', bin: String(bound), rows: predictions[at] ?? 0 })); // prettier-ignore
  return [...ofFeatures, ...ofScores];
}
