/** Counted traffic: sufficient statistics by variant, never rows. */
import type { Bucket } from '../../../src/calc/stats/histogram';
import type { Period } from '../period';

/** Names as the store spells them. */
export interface TrafficRequest {
  /** The experiment's name in this store; null when the store's mapping has no experiment label. */
  experiment: string | null;
  /** Variants to read. Empty: all, as the store names them. */
  variants: readonly string[];
  period: Period;
  /**
   * Width of the time buckets of the series, ms; null when only totals are needed. Buckets lie on multiples of it since
   * the epoch, and only whole ones inside the period are given: align the period to have all of it.
   */
  bucketMs: number | null;
  /** A label to break the counts down by. */
  dimension: string | null;
  /** Nothing but requests is wanted (splits, versions): every other counter may be null. */
  onlyRequests?: boolean;
}

/** Sufficient statistics of one variant (and segment): counts and sums, never rows. Null: the store does not hold it. */
export interface Counters {
  requests: number | null;
  errors: number | null;
  latencySumMs: number | null;
  latencyCount: number | null;
  labelled: number | null;
  correct: number | null;
}

/**
 * The same counters per time bucket; `times` are bucket starts, epoch ms; every array has the same length. A bucket in
 * which the store saw nothing of the variant is left out, so variants may differ in their times.
 */
export interface CounterSeries {
  times: Float64Array;
  requests: Float64Array | null;
  errors: Float64Array | null;
  latencySumMs: Float64Array | null;
  labelled: Float64Array | null;
  correct: Float64Array | null;
}

/** One of the mapping's own metrics: a value a request, in the metric's unit. */
export interface OwnTotals {
  sum: number;
  count: number;
  /** Cumulative buckets. */
  histogram: Bucket[];
}

export interface VariantTraffic {
  variant: string;
  segment: string | null;
  totals: Counters;
  /** Cumulative latency buckets in ms; null when the store keeps no histogram. */
  histogram: Bucket[] | null;
  series: CounterSeries | null;
  /** By id, those of the mapping's own metrics that the store holds. */
  own?: Readonly<Record<string, OwnTotals>>;
}

/** How completely a period is covered by samples. */
export interface Coverage {
  /** Stretches without samples, between the first and the newest one. */
  gaps: Period[];
  /** How often a counter started again from zero (a restart). */
  resets: number;
}

export interface Traffic {
  variants: VariantTraffic[];
  /** Epoch ms of the first and newest sample inside the period; the first may be given too early by a 200th of it. */
  firstSample: number | null;
  newestSample: number | null;
  /** Absent where the store can't tell cheaply. */
  coverage?: Coverage | null;
  /** Partial answers, missing series: words for a notice. */
  warnings: string[];
  /** Executed statements, for the query inspector. */
  executed: string[];
  endpoint: string;
}
