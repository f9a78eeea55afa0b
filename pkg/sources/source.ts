/**
 * What a store can be asked. One small interface, by capability: a store implements what it holds, and the queries ask
 * whoever has it. A new store is one folder beside these and one line in `registry.ts`.
 */
import type { Histogram } from '../../src/calc/drift/align';
import type { TimedCounts } from '../../src/calc/drift/over-time';
import type { SourceName } from '../../src/calc/provenance';
import type { Bucket } from '../../src/calc/stats/histogram';
import type { EndpointStatus } from './endpoints';

/** What a connection test found (design §3.6). Failures are thrown as `FailureError`. */
export interface Probe {
  version: string | null;
  latencyMs: number;
  /** Epoch ms of the newest sample; null when the store holds none. */
  newestSample: number | null;
  /** What was found, in words: `3 experiments, 41 runs`. */
  found: string;
  /** E.g. `the user can write`. */
  warnings: string[];
  /** `primary`, `backup-1`, … */
  endpoint: string;
}

/** A half-open period `[from, to)` in epoch ms. */
export interface Period {
  from: number;
  to: number;
}

/** An experiment as a store knows it, before definition, aliases and defaults are applied. */
export interface DiscoveredExperiment {
  id: string;
  variants: string[];
  /** `uplift.*` tags, without the prefix. */
  tags: Record<string, string>;
}

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

/** Metrics of the run behind one variant, on its test set: offline, not randomised (design §5). */
export interface Evaluation {
  variant: string;
  runId: string;
  /** How the run was chosen: the registry's served version, or merely the latest. */
  chosen: 'served' | 'latest';
  /** Epoch ms the run ended (or started, while running). */
  asOf: number;
  /** Finished runs of this variant. */
  runs: number;
  /** Fractions; null when the run has no usable value. */
  accuracy: number | null;
  precision: number | null;
  recall: number | null;
  /** Rows in the test set; null when unknown (a share without a row count). */
  testRows: number | null;
  /** Mean and standard deviation over the variant's finished runs, for unit `runs`. */
  overRuns: { n: number; mean: number; sd: number } | null;
}

export interface Evaluations {
  experimentId: string;
  variants: Evaluation[];
  warnings: string[];
  executed: string[];
  endpoint: string;
}

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

/** A model version as scoring points name it, and when it was first and last seen; times in epoch ms. */
export interface Deployment {
  /** By dimension: `deployment`, `variant`, `model`, `version`, `environment`, …; empty where a point says nothing. */
  labels: Record<string, string>;
  firstSeen: number;
  lastSeen: number;
}

export interface DeploymentsRequest {
  experiment: string | null;
  filters: Readonly<Record<string, readonly string[]>>;
  period: Period;
}

export interface Deployments {
  deployments: Deployment[];
  warnings: string[];
  executed: string[];
  endpoint: string;
}

export const ALERT_STATES = ['firing', 'pending', 'normal'] as const;

export interface StoreAlert {
  name: string;
  state: (typeof ALERT_STATES)[number];
  severity: string;
  message: string;
  /** Epoch ms; null when it has been so for longer than was looked back. */
  since: number | null;
  /** By dimension, as far as the alert carries them. */
  labels: Record<string, string>;
}

export interface Alerts {
  alerts: StoreAlert[];
  warnings: string[];
  executed: string[];
  endpoint: string;
}

export type EventKind = 'runs' | 'promotions';

export interface EventsRequest {
  /** The experiment's name in this store; null: all. */
  experiment: string | null;
  kinds: readonly EventKind[];
  period: Period;
}

/** Something that happened, as a store remembers it; times in epoch ms. */
export interface StoreEvent {
  kind: EventKind;
  at: number;
  /** Null where it has no end, or none yet. */
  until: number | null;
  title: string;
  text: string;
  /** As the store spells it. */
  variant: string | null;
  /** The store's own ids of the run behind it, for a link. */
  run: { experiment: string; id: string };
  version: { model: string; version: string } | null;
}

export interface Events {
  events: StoreEvent[];
  warnings: string[];
  executed: string[];
  endpoint: string;
}

/** A statement typed by a dashboard's editor, in the store's own language, variables already bound or quoted. */
export interface RawRequest {
  statement: string;
  period: Period;
  stepMs: number;
  /** One value a series, at the period's end (PromQL instant). */
  isInstant: boolean;
}

/** A column of a raw answer; times in epoch ms. */
export type RawColumn =
  | { name: string; type: 'time' | 'number'; labels?: Record<string, string>; values: Array<number | null> }
  | { name: string; type: 'string'; labels?: Record<string, string>; values: Array<string | null> }
  | { name: string; type: 'boolean'; labels?: Record<string, string>; values: Array<boolean | null> };

export interface RawTable {
  name: string;
  columns: RawColumn[];
}

export interface RawAnswer {
  tables: RawTable[];
  warnings: string[];
  executed: string[];
  endpoint: string;
}

export interface Source {
  readonly name: SourceName;
  /** Primary and backups with their circuit breakers' state, without asking the store. */
  endpoints?(): EndpointStatus[];
  /** Reachable, authenticated, readable, version, latency. @throws FailureError */
  probe(signal: AbortSignal): Promise<Probe>;
  /** Experiments the store knows of. @throws FailureError */
  experiments?(signal: AbortSignal): Promise<DiscoveredExperiment[]>;
  /** Counted traffic per variant. @throws FailureError */
  traffic?(request: TrafficRequest, signal: AbortSignal): Promise<Traffic>;
  /** Offline model metrics per variant. @throws FailureError */
  evaluations?(experiment: string, variants: readonly string[], signal: AbortSignal): Promise<Evaluations>;
  /** A metric over time, for charts. @throws FailureError */
  timeline?(request: TimelineRequest, signal: AbortSignal): Promise<Timeline>;
  /** Histograms of predictions and features, for drift. @throws FailureError */
  histograms?(request: HistogramsRequest, signal: AbortSignal): Promise<Histograms>;
  /** What is deployed. @throws FailureError */
  deployments?(request: DeploymentsRequest, signal: AbortSignal): Promise<Deployments>;
  /** Alerts the store keeps or evaluates itself. @throws FailureError */
  alerts?(request: DeploymentsRequest, signal: AbortSignal): Promise<Alerts>;
  /** What happened during a period, for annotations. @throws FailureError */
  events?(request: EventsRequest, signal: AbortSignal): Promise<Events>;
  /** A reading statement in the store's own language; one that writes is refused. @throws FailureError */
  raw?(request: RawRequest, signal: AbortSignal): Promise<RawAnswer>;
  /**
   * Distinct values of a dimension, for variables and editors.
   * @param experiment only those seen in it, by its name in this store @throws FailureError
   */
  dimensionValues?(dimension: string, search: string, signal: AbortSignal, experiment?: string): Promise<string[]>;
  dispose(): Promise<void>;
}
