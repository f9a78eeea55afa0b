/**
 * The frames that cross the wire: their field names, in order, and what their `meta.custom.uplift` holds. Panels read
 * fields by these names; a schema is stable whatever is missing.
 */
import type { Impact, ImpactInput } from '../calc/impact/impact';
import type { NumericParameter } from '../calc/impact/parameters';
import type { Headline } from '../calc/headline';
import type { Provenance, SourceName, ValueState } from '../calc/provenance';
import type { Failure } from './failure';
import type { Direction, MetricKind, MetricRole, PhaseDefinition, Role, Unit } from './experiment';

export type { Headline };

export const VARIANTS_FIELDS = [
  'variant', 'role', 'requests', 'traffic_share', 'expected_share', 'error_rate', 'latency_mean_ms', 'latency_p95_ms',
  'accuracy', 'precision', 'recall', 'runs', 'source', 'state',
] as const; // prettier-ignore

/**
 * One row a variant × metric (× segment, where `dimension` and `segment` are set). `guardrail` is `holds`, `broken`, `open`
 * or null without a margin; `reasons` is written by `contract/reasons`.
 */
export const COMPARISONS_FIELDS = [
  'metric', 'variant', 'control', 'n_control', 'n_variant', 'value_control', 'value_variant', 'lift_abs', 'lift_rel',
  'ci_low', 'ci_high', 'p_value', 'verdict', 'window_start', 'window_end', 'source', 'state',
  'p_adjusted', 'seq_ci_low', 'seq_ci_high', 'seq_p', 'chance_to_win', 'expected_loss', 'power', 'mde', 'days_left',
  'guardrail', 'harm_bound', 'unit', 'tuned_for', 'reasons', 'dimension', 'segment', 'chance_within_margin',
] as const; // prettier-ignore

export const CHECKS_FIELDS = ['check', 'status', 'p_value', 'message'] as const;
export const OVERVIEW_FIELDS = ['data_source', 'active_experiments', 'baseline_accuracy', 'enhanced_accuracy', 'total_requests_24h', 'avg_response_time_ms', 'error_rate', 'net_business_value'] as const; // prettier-ignore
/** Where a treatment stands against the control. */
export const STANDINGS = ['ahead', 'behind'] as const;
export type Standing = (typeof STANDINGS)[number];

export const EXPERIMENTS_FIELDS = ['experiment', 'name', 'owner', 'status', 'start', 'end', 'control', 'leading', 'standing', 'verdict', 'requests_24h', 'level', 'age_seconds'] as const; // prettier-ignore
export const SOURCES_FIELDS = ['source', 'state', 'latency_ms', 'error', 'hint', 'endpoint', 'newest_sample'] as const;
export const IMPACT_FIELDS = [
  'daily_revenue', 'daily_cost', 'daily_risk_reduction', 'daily_net', 'annual_revenue_increase', 'annual_cost_increase',
  'annual_risk_reduction', 'net_annual_value', 'net_low', 'net_high', 'p_net_positive', 'p_roi_positive',
  'roi_percentage', 'roi_low', 'roi_high', 'payback_days', 'payback_low', 'payback_high', 'requests_per_day',
  'exposure', 'extrapolated_from_days', 'currency', 'data_source', 'state',
] as const; // prettier-ignore
/** Of `monitor`, view `facts`: a row a deployed version, the one seen last first. */
export const FACTS_FIELDS = ['deployment', 'variant', 'model', 'version', 'environment', 'deployment_type', 'deployment_mode', 'problem_type', 'first_seen', 'last_seen'] as const; // prettier-ignore
/** Of `monitor`, view `alerts`: firing first. `state` is `firing`, `pending` or `normal`. */
export const ALERTS_FIELDS = ['alert', 'state', 'severity', 'message', 'since', 'variant', 'source'] as const;
/**
 * Of `monitor` with a computed drift. `band` is `stable`, `watch` or `drifted`; the row of feature `__all__` is the whole
 * model: its furthest feature.
 */
export const DRIFT_FIELDS = ['variant', 'feature', 'value', 'p_value', 'band', 'psi', 'js', 'ks', 'wasserstein', 'n_reference', 'n_current', 'source'] as const; // prettier-ignore
/**
 * Of `monitor` with a computed drift, beside the frame `drift`: a row a variant × feature × bin. `from` and `to` are the
 * bin's bounds, null where it is open; `bin` names it, a category too; `reference` and `current` are shares of all samples
 * (0…1); `contribution` is the bin's part of the PSI, and the parts add up to it.
 */
export const DRIFT_BINS_FIELDS = ['variant', 'feature', 'from', 'to', 'reference', 'current', 'contribution', 'bin'] as const; // prettier-ignore
export const REPLAY_FIELDS = ['time', 'lift_abs', 'ci_low', 'ci_high', 'seq_ci_low', 'seq_ci_high', 'seq_p'] as const;
/** Of `annotations`: the names Grafana reads an annotation's parts by; `tags` are joined by commas. */
export const ANNOTATIONS_FIELDS = ['time', 'timeEnd', 'title', 'text', 'tags', 'id'] as const;
export const RECOMMENDATIONS_FIELDS = ['action', 'title', 'why', 'confidence'] as const;

export const CHECK_NAMES = [
  'srm', 'sample_size', 'coverage', 'freshness', 'split_changed', 'deployment_changed', 'full_weeks', 'overlap', 'aa_calibration',
] as const; // prettier-ignore
export type CheckName = (typeof CHECK_NAMES)[number];
/** The checks as people read them. */
export const CHECK_TITLES: Readonly<Record<CheckName, string>> = {
  srm: 'SRM',
  sample_size: 'Sample size',
  coverage: 'Coverage',
  freshness: 'Freshness',
  split_changed: 'Split',
  deployment_changed: 'Deployment',
  full_weeks: 'Full weeks',
  overlap: 'Overlap',
  aa_calibration: 'A/A calibration',
};
export const CHECK_STATUSES = ['ok', 'warning', 'failed', 'unknown'] as const;
export type CheckStatus = (typeof CHECK_STATUSES)[number];

/** How a metric is read: the key to formatting, sign and axis. */
export interface MetricMeta {
  id: string;
  label: string;
  kind: MetricKind;
  direction: Direction;
  role: MetricRole;
  /** `fraction` is shown as % with differences in pp; `ms`; an ISO 4217 currency code; or plain. */
  unit: 'fraction' | 'ms' | 'plain' | (string & {});
  margin?: number;
}

export interface ExperimentMeta {
  id: string;
  name: string;
  owner?: string;
  control: string;
  /** In definition order: colours and shapes are assigned by role and this order. */
  variants: Array<{ name: string; role: Role }>;
  metrics: MetricMeta[];
  phases: PhaseDefinition[];
  /** Epoch ms; null when the experiment has no known start. */
  start: number | null;
  end: number | null;
  timeZone: string;
  unit: Unit;
  /** Width of a time bucket, when the unit is time buckets. */
  bucketSeconds?: number;
  alpha: number;
  plannedTotal: number;
  currency?: string;
}

export interface WorstSegment {
  dimension: string;
  segment: string;
  metric: string;
  lift: number;
  low: number;
  high: number;
  segments: number;
  n: number;
}

/** What the impact panel needs beside the frame's row: the inputs, to recompute them in the browser, and what came of them. */
export interface ImpactDetail {
  /** The treatment rolled out, and the control it is held against. */
  variant: string;
  control: string;
  input: ImpactInput;
  impact: Impact;
}

/** A moment to mark on a time axis. */
export interface TimeMark {
  /** Epoch ms. */
  at: number;
  kind: 'split' | 'deployment' | 'decision';
  /** E.g. `split 90/10 → 70/30`, `enhanced wins`. */
  label: string;
}

/**
 * The replay of one comparison (`format: timeseries` of `experiment`): its frame has the fields `time, lift_abs, ci_low,
 * ci_high, seq_ci_low, seq_ci_high, seq_p`, each cumulative from the start of the test.
 */
export interface ReplayMeta {
  metric: MetricMeta;
  variant: string;
  verdict: string;
  /** Epoch ms at which the sequential interval first excluded zero; null while undecided. */
  decidedAt: number | null;
  marks: TimeMark[];
}

/** Requests of one declared phase, by variant; shadow variants, which answer nobody, are not among them. */
export interface PhaseTraffic {
  /** Index into `ExperimentMeta.phases`. */
  phase: number;
  requests: Record<string, number>;
}

/** `meta.custom.uplift` of every frame. */
export interface UpliftMeta {
  frame: string;
  provenance: Provenance;
  experiment?: ExperimentMeta;
  headline?: Headline;
  /** Share of the planned or needed sample collected so far (0…1), and days to go at this traffic. */
  progress?: { share: number; daysLeft: number | null };
  worstSegment?: WorstSegment;
  /** Of the frame `variants`: the traffic of each phase that had any. */
  phaseTraffic?: PhaseTraffic[];
  /** Of a replay's frames. */
  replay?: ReplayMeta;
  /** Of series: what to mark on their time axis. */
  marks?: TimeMark[];
  /** Of the frames `impact` and `recommendations`. */
  impact?: ImpactDetail;
  /** What failed while other sources answered. */
  failures?: Failure[];
}

/** `config.custom.uplift` of a field: where its values come from when the whole column shares one origin. */
export interface FieldProvenance {
  /** `assumed`: nobody measured it, a parameter says so. */
  state: ValueState | 'assumed';
  source: SourceName | 'calc' | null;
  asOf: number | null;
  /** The business parameters the values rest on beside what was measured. */
  assumed?: readonly NumericParameter[];
  /**
   * Of a series that shows the equal period before: its times are moved forward by the period's length, so that it lies
   * on the axis of the current one, and its labels are those of the series it stands behind. Drawn as a ghost.
   */
  period?: 'previous';
  /** Of a series that is one end of a band around the value in the same frame. */
  band?: 'low' | 'high';
  /** Of a drift's values: where its bands begin. */
  bands?: { watch: number; drifted: number };
}
