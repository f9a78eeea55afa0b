/** The frames of the `overview` query: their columns, in the contract's order, and what a row of each is made of. */
import type { EXPERIMENTS_FIELDS, OVERVIEW_FIELDS, Standing } from '../../src/contract/frames';
import type { Failure } from '../../src/contract/failure';
import type { Analysis } from '../experiment/analysis';
import type { ComparedRow } from '../experiment/compare';
import type { Experiment, KnownExperiment } from '../experiment/definition';
import { leadingRow, standingOf } from '../experiment/leader';
import type { Column } from './table';

export type ExperimentStatus = 'scheduled' | 'active' | 'ended' | 'no-start' | 'misconfigured';

/** One experiment as the overview sees it. */
export interface Entry {
  known: KnownExperiment;
  experiment: Experiment | null;
  status: ExperimentStatus;
  analysis: Analysis | null;
  day: DayTotals | null;
  failure: Failure | null;
}

/** Operational totals of the last 24 hours, over the experiment's variants. */
export interface DayTotals {
  requests: number;
  errors: number | null;
  latencySumMs: number | null;
  latencyCount: number | null;
}

/** The one row of `overview`. */
export interface Summary {
  data_source: string;
  /** Of all that are known; null where nobody asked. */
  active_experiments: number | null;
  baseline_accuracy: number | null;
  enhanced_accuracy: number | null;
  total_requests_24h: number | null;
  avg_response_time_ms: number | null;
  error_rate: number | null;
  net_business_value: number | null;
  currency: string;
}

export const overviewColumns = (
  currency: string,
): ReadonlyArray<Column<Summary> & { name: (typeof OVERVIEW_FIELDS)[number] }> => [
  { name: 'data_source', type: 'string', of: (row) => row.data_source },
  { name: 'active_experiments', type: 'number', of: (row) => row.active_experiments, config: { decimals: 0 } },
  { name: 'baseline_accuracy', type: 'number', of: (row) => row.baseline_accuracy, config: { unit: 'percent' } },
  { name: 'enhanced_accuracy', type: 'number', of: (row) => row.enhanced_accuracy, config: { unit: 'percent' } },
  { name: 'total_requests_24h', type: 'number', of: (row) => row.total_requests_24h, config: { unit: 'locale' } },
  { name: 'avg_response_time_ms', type: 'number', of: (row) => row.avg_response_time_ms, config: { unit: 'ms' } },
  { name: 'error_rate', type: 'number', of: (row) => row.error_rate, config: { unit: 'percentunit' } },
  {
    name: 'net_business_value',
    type: 'number',
    of: (row) => row.net_business_value,
    config: {
      unit: `currency${currency}`,
      description: 'Net value a day at full rollout, under assumed business parameters',
    },
  },
];

/** The dashboard in the bundle, by its fixed uid, told the experiment that was clicked. */
const LIVE_DASHBOARD = '/d/uplift-live-ab?var-experiment=${__value.text:percentencode}';

export const EXPERIMENT_COLUMNS: ReadonlyArray<Column<Entry> & { name: (typeof EXPERIMENTS_FIELDS)[number] }> = [
  {
    name: 'experiment',
    type: 'string',
    of: ({ known }) => known.definition.id,
    config: { links: [{ title: 'Open its live dashboard', url: LIVE_DASHBOARD }] },
  },
  { name: 'name', type: 'string', of: ({ known }) => known.definition.name ?? known.definition.id },
  { name: 'owner', type: 'string', of: ({ known }) => known.definition.owner ?? null },
  { name: 'status', type: 'string', of: ({ status }) => status },
  { name: 'start', type: 'time', of: ({ experiment }) => experiment?.start ?? null },
  { name: 'end', type: 'time', of: ({ experiment }) => experiment?.end ?? null },
  { name: 'control', type: 'string', of: ({ experiment }) => experiment?.control ?? null },
  { name: 'leading', type: 'string', of: ({ analysis }) => (analysis && leadingGoal(analysis)?.variant) ?? null },
  { name: 'standing', type: 'string', of: ({ analysis }) => standingOfLeader(analysis) },
  {
    name: 'verdict',
    type: 'string',
    of: ({ analysis }) => (analysis && leadingGoal(analysis)?.comparison.verdict) ?? null,
  },
  {
    name: 'requests_24h',
    type: 'number',
    of: ({ day }) => (day ? Math.round(day.requests) : null),
    config: { unit: 'locale' },
  },
  { name: 'level', type: 'string', of: ({ analysis }) => analysis?.provenance.level ?? null },
  {
    name: 'age_seconds',
    type: 'number',
    of: ({ analysis }) => (analysis ? ageOf(analysis) : null),
    config: { unit: 's' },
  },
];

function leadingGoal(analysis: Analysis): ComparedRow | undefined {
  const goal = analysis.metrics.find(({ role }) => role === 'goal') ?? analysis.metrics[0];
  return goal && leadingRow(analysis, goal.id);
}

function standingOfLeader(analysis: Analysis | null): Standing | null {
  const row = analysis && leadingGoal(analysis);
  return row ? standingOf(row) : null;
}

function ageOf({ provenance }: Analysis): number | null {
  const times = provenance.sources.flatMap(({ asOf, source }) => (asOf === null || source === 'mlflow' ? [] : [asOf]));
  return times.length ? (provenance.answeredAt - Math.max(...times)) / 1000 : null;
}
