/** A metric over time. */
import type { Period } from '../period';

/**
 * Units: `requests` per minute, `errors` and `rows_scored` counts per step, `error_rate` and `accuracy` fractions, latencies
 * ms, `prediction` the mean over rows, `drift` the method's own.
 */
export interface TimelineRequest {
  metric: 'requests' | 'error_rate' | 'latency_mean_ms' | 'latency_p95_ms' | 'accuracy' | 'prediction' | 'rows_scored' | 'errors' | 'drift'; // prettier-ignore
  experiment: string | null;
  /** Dimensions as the mapping names them; `variant` is translated by the source. */
  by: readonly string[];
  filters: Readonly<Record<string, readonly string[]>>;
  period: Period;
  /** Null: one value a series over the whole period, its time the period's end. */
  stepMs: number | null;
}

export interface TimelineSeries {
  labels: Record<string, string>;
  times: Float64Array;
  /** NaN marks a gap. */
  values: Float64Array;
}

export interface Timeline {
  series: TimelineSeries[];
  newestSample: number | null;
  warnings: string[];
  executed: string[];
  endpoint: string;
}
