/**
 * The query objects the data source answers (design §6), discriminated by `queryType`. Defaults live here, because they
 * must also apply where Grafana skips the front end (alert rules, public dashboards).
 */
import { z } from 'zod';
import { experimentOverlaySchema, instantSchema, metricDefinitionSchema, unitSchema } from './experiment';
import { businessOverlaySchema } from './business';

export const formatSchema = z.enum(['table', 'timeseries', 'numeric']);
export type Format = z.infer<typeof formatSchema>;

export const EXPERIMENT_FRAMES = ['variants', 'comparisons', 'checks'] as const;

/**
 * What an alert rule may ask of an experiment: a column of `comparisons`; the SRM check's p-value; `margin_excess`: how far
 * beyond its margin a guardrail surely is (positive: broken); `harm_p`: the one-sided exact p-value of being worse than the
 * control by more than the margin, for one look at a short window.
 */
export const EXPERIMENT_VALUES = [
  'lift_abs', 'lift_rel', 'ci_low', 'ci_high', 'p_value', 'p_adjusted', 'seq_ci_low', 'seq_ci_high', 'seq_p',
  'chance_to_win', 'expected_loss', 'harm_bound', 'verdict', 'value_control', 'value_variant', 'days_left', 'power', 'srm_p',
  'margin_excess', 'harm_p',
] as const; // prettier-ignore
export type ExperimentValue = (typeof EXPERIMENT_VALUES)[number];

const common = {
  refId: z.string().default('A'),
  hide: z.boolean().optional(),
  format: formatSchema.default('table'),
  /** The dashboard's variables are in: what still looks like one is a value. Set on the way to the backend, never stored. */
  interpolated: z.boolean().optional(),
};

/** Which experiment, and what of its definition the query itself carries (an alert rule carries control, split and start). */
const experimentReference = {
  experiment: z.string().default(''),
  definition: experimentOverlaySchema.optional(),
};

export const experimentQuerySchema = z.object({
  ...common,
  ...experimentReference,
  queryType: z.literal('experiment'),
  frames: z.array(z.enum(EXPERIMENT_FRAMES)).optional(),
  /** `experiment`: cumulative from the start; `range`: the dashboard's range, descriptive only. */
  window: z.enum(['experiment', 'range']).default('experiment'),
  metrics: z.array(metricDefinitionSchema).optional(),
  /** Only these treatments are compared; empty means all. */
  variants: z.array(z.string()).optional(),
  /** A dimension (label) to break the comparison down by. */
  breakdown: z.string().optional(),
  method: z.enum(['sequential', 'fixed']).default('sequential'),
  correction: z.enum(['holm', 'bh', 'none']).default('holm'),
  unit: unitSchema.optional(),
  /** For `format: numeric`: the one value returned. For `timeseries`: the metric replayed. */
  value: z.enum(EXPERIMENT_VALUES).optional(),
  metric: z.string().optional(),
});
export type ExperimentQuery = z.infer<typeof experimentQuerySchema>;

/** What an alert rule may ask of an impact, and a chart may show of it with its interval. `state`: 1 result, 0 preliminary. */
export const IMPACT_VALUES = [
  'net_annual_value', 'net_low', 'p_net_positive', 'p_roi_positive', 'roi_percentage', 'payback_days', 'daily_net',
  'annual_revenue_increase', 'annual_cost_increase', 'annual_risk_reduction', 'state',
] as const; // prettier-ignore
export type ImpactValue = (typeof IMPACT_VALUES)[number];

export const impactQuerySchema = z.object({
  ...common,
  ...experimentReference,
  queryType: z.literal('impact'),
  variant: z.string().optional(),
  business: businessOverlaySchema.optional(),
  /** A dimension (label) whose segments are searched for one that should stay on the control. */
  breakdown: z.string().optional(),
  /** For `format: numeric`: the one value returned. For `timeseries`: the figure charted; absent: all of them. */
  value: z.enum(IMPACT_VALUES).optional(),
});
export type ImpactQuery = z.infer<typeof impactQuerySchema>;

export const OVERVIEW_VALUES = ['active_experiments', 'baseline_accuracy', 'enhanced_accuracy', 'total_requests_24h', 'avg_response_time_ms', 'error_rate', 'net_business_value'] as const; // prettier-ignore

export const overviewQuerySchema = z.object({
  ...common,
  ...experimentReference,
  queryType: z.literal('overview'),
  value: z.enum(OVERVIEW_VALUES).optional(),
});
export type OverviewQuery = z.infer<typeof overviewQuerySchema>;

export const MONITOR_METRICS = ['requests', 'error_rate', 'latency_mean_ms', 'latency_p95_ms', 'accuracy', 'prediction', 'rows_scored', 'errors', 'drift'] as const; // prettier-ignore
export type MonitorMetric = (typeof MONITOR_METRICS)[number];

const MONITOR_VIEWS = ['series', 'facts', 'alerts'] as const;
const DRIFT_METHODS = ['stored', 'psi', 'js', 'ks', 'wasserstein'] as const;

/** What drift is measured against: the equal period before, a period named once and for all, or the control. */
export const driftReferenceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('previous') }),
  z.object({ kind: z.literal('fixed'), from: instantSchema, to: instantSchema }),
  z.object({ kind: z.literal('control') }),
]);

/** Limits of the bands `stable`, `watch` and `drifted`, in the method's own unit. */
const driftBandsSchema = z
  .object({ watch: z.number().positive(), drifted: z.number().positive() })
  .refine(({ watch, drifted }) => watch <= drifted, { error: 'watch may not lie above drifted', path: ['watch'] });

export const monitorQuerySchema = z.object({
  ...common,
  ...experimentReference,
  queryType: z.literal('monitor'),
  format: formatSchema.default('timeseries'),
  metric: z.enum(MONITOR_METRICS).default('requests'),
  /** Dimensions the series are split by; `variant` is the experiment's, with its roles and colours. */
  by: z.array(z.string()).default(['variant']),
  /** Equality filters by dimension. */
  filters: z.record(z.string(), z.array(z.string())).default({}),
  /** `facts`: what is deployed, first and last seen; `alerts`: each alert's state and since when. */
  view: z.enum(MONITOR_VIEWS).default('series'),
  /** Tables carry the change against the previous equal period; a number becomes that change, a fraction. */
  change: z.boolean().default(false),
  /** Of `drift`: what the store's own job wrote, or computed from histograms of predictions and features. */
  method: z.enum(DRIFT_METHODS).default('stored'),
  reference: driftReferenceSchema.default({ kind: 'previous' }),
  /** Of `drift`: where watching and drifted begin; the method's own convention when absent. */
  bands: driftBandsSchema.optional(),
  /** Of computed drift: histograms of this store only; absent: of every store that keeps some. */
  store: z.enum(['prometheus', 'influx']).optional(),
  /** Of series: with each the same over the equal period before, moved forward onto this one (`period: 'previous'`). */
  withPrevious: z.boolean().default(false),
});
export type DriftReference = z.infer<typeof driftReferenceSchema>;
export type MonitorQuery = z.infer<typeof monitorQuerySchema>;

export const statusQuerySchema = z.object({ ...common, queryType: z.literal('status') });
export type StatusQuery = z.infer<typeof statusQuerySchema>;

export const prometheusQuerySchema = z.object({
  ...common,
  queryType: z.literal('prometheus'),
  format: formatSchema.default('timeseries'),
  expr: z.string().default(''),
  instant: z.boolean().default(false),
  /** Names of series, with `{{label}}` for a label's value; empty: name and labels. */
  legend: z.string().default(''),
  /** Seconds between points, whatever the width of the panel. */
  step: z.number().positive().optional(),
  /** Seconds; never finer than this. */
  minStep: z.number().positive().optional(),
});
export type PrometheusQuery = z.infer<typeof prometheusQuerySchema>;

export const influxQuerySchema = z.object({
  ...common,
  queryType: z.literal('influx'),
  format: formatSchema.default('timeseries'),
  query: z.string().default(''),
});
export type InfluxQuery = z.infer<typeof influxQuerySchema>;

/** What the builder lists of MLflow: a row a run, metric, param, recorded value or registered version. */
export const MLFLOW_LISTS = ['runs', 'metrics', 'params', 'history', 'versions'] as const;
export type MlflowList = (typeof MLFLOW_LISTS)[number];
export const MLFLOW_STATUSES = ['FINISHED', 'RUNNING', 'FAILED', 'KILLED', 'SCHEDULED'] as const;

export const mlflowQuerySchema = z.object({
  ...common,
  queryType: z.literal('mlflow'),
  /** `sql`: `rawSql` is run; `builder`: the fields below become a statement. */
  mode: z.enum(['builder', 'sql']).default('sql'),
  rawSql: z.string().default(''),
  list: z.enum(MLFLOW_LISTS).default('runs'),
  /** MLflow's name of an experiment; empty: all. */
  experiment: z.string().default(''),
  /** Metrics or params: columns of `runs`, else the keys listed. Empty: none of `runs`, all of the others. */
  keys: z.array(z.string()).default([]),
  variants: z.array(z.string()).default([]),
  statuses: z.array(z.enum(MLFLOW_STATUSES)).default([]),
  /** Only what began within the dashboard's range; otherwise the newest, however old. */
  inRange: z.boolean().default(false),
  limit: z.number().int().positive().max(10_000).default(100),
});
export type MlflowQuery = z.infer<typeof mlflowQuerySchema>;

export const ANNOTATION_KINDS = ['runs', 'promotions', 'verdicts', 'alerts'] as const;
export type AnnotationKind = (typeof ANNOTATION_KINDS)[number];

/** What happened, to mark on any panel's time axis. */
export const annotationsQuerySchema = z.object({
  ...common,
  ...experimentReference,
  queryType: z.literal('annotations'),
  /** Empty: all of them. */
  kinds: z.array(z.enum(ANNOTATION_KINDS)).default([]),
  /** The metric whose verdicts are marked; the goal by default. */
  metric: z.string().optional(),
  /** Only of these variants; empty means all. */
  variants: z.array(z.string()).default([]),
});
export type AnnotationsQuery = z.infer<typeof annotationsQuerySchema>;

export const querySchema = z.discriminatedUnion('queryType', [
  experimentQuerySchema,
  impactQuerySchema,
  overviewQuerySchema,
  monitorQuerySchema,
  statusQuerySchema,
  prometheusQuerySchema,
  influxQuerySchema,
  mlflowQuerySchema,
  annotationsQuerySchema,
]);
export type UpliftQuery = z.infer<typeof querySchema>;
export type QueryType = UpliftQuery['queryType'];
