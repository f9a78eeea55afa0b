/** Histograms of features and predictions, for drift. */
import type { Histogram } from '../../../src/calc/drift/align';
import type { TimedCounts } from '../../../src/calc/drift/over-time';
import type { Period } from '../period';

/** Under `feature` in a histogram's labels: the model's own scores, and the response time in ms. */
export const PREDICTION = 'prediction';
export const LATENCY = 'latency';

export interface HistogramsRequest {
  experiment: string | null;
  /** Dimensions the histograms are split by, beside the feature. */
  by: readonly string[];
  /** Of `feature`: only these. Latency is read only where it is named here, or nothing else is kept. */
  filters: Readonly<Record<string, readonly string[]>>;
  period: Period;
  /** Width of the time buckets, ms, on multiples of it since the epoch; null: one histogram of the whole period. */
  bucketMs: number | null;
}

/** One feature's values, as counts a bin, never rows. */
export interface FeatureHistogram {
  /** `feature`, and the dimensions asked for. */
  labels: Record<string, string>;
  /** The whole period's. */
  total: Histogram;
  /** The same bins by time bucket, oldest first; empty when no buckets were asked for. */
  buckets: TimedCounts[];
}

export interface Histograms {
  histograms: FeatureHistogram[];
  newestSample: number | null;
  warnings: string[];
  executed: string[];
  endpoint: string;
}
