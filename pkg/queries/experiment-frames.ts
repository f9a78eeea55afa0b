/** The frames of the `experiment` query: their columns, in the contract's order. */
import type { CHECKS_FIELDS, COMPARISONS_FIELDS, VARIANTS_FIELDS } from '../../src/contract/frames';
import { writeReasons } from '../../src/contract/reasons';
import type { Role } from '../../src/contract/experiment';
import type { SourceName, ValueState } from '../../src/calc/provenance';
import type { Check } from '../experiment/checks';
import type { ComparedRow } from '../experiment/compare';
import type { FieldConfig } from '../sdk/frame';
import type { Column } from './table';

const FRACTION: FieldConfig = { unit: 'percentunit' };
const MILLISECONDS: FieldConfig = { unit: 'ms' };

export interface VariantRow {
  variant: string;
  role: Role;
  requests: number | null;
  trafficShare: number | null;
  expectedShare: number | null;
  errorRate: number | null;
  latencyMeanMs: number | null;
  latencyP95Ms: number | null;
  accuracy: number | null;
  precision: number | null;
  recall: number | null;
  runs: number | null;
  source: SourceName | null;
  state: ValueState;
}

type Named<Row, Name extends string> = ReadonlyArray<Column<Row> & { name: Name }>;

export const VARIANT_COLUMNS: Named<VariantRow, (typeof VARIANTS_FIELDS)[number]> = [
  { name: 'variant', type: 'string', of: (row) => row.variant },
  { name: 'role', type: 'string', of: (row) => row.role },
  { name: 'requests', type: 'number', of: (row) => row.requests, config: { unit: 'short' } },
  { name: 'traffic_share', type: 'number', of: (row) => row.trafficShare, config: FRACTION },
  { name: 'expected_share', type: 'number', of: (row) => row.expectedShare, config: FRACTION },
  { name: 'error_rate', type: 'number', of: (row) => row.errorRate, config: FRACTION },
  { name: 'latency_mean_ms', type: 'number', of: (row) => row.latencyMeanMs, config: MILLISECONDS },
  { name: 'latency_p95_ms', type: 'number', of: (row) => row.latencyP95Ms, config: MILLISECONDS },
  { name: 'accuracy', type: 'number', of: (row) => row.accuracy, config: FRACTION },
  { name: 'precision', type: 'number', of: (row) => row.precision, config: FRACTION },
  { name: 'recall', type: 'number', of: (row) => row.recall, config: FRACTION },
  { name: 'runs', type: 'number', of: (row) => row.runs },
  { name: 'source', type: 'string', of: (row) => row.source },
  { name: 'state', type: 'string', of: (row) => row.state },
];

/** A compared row with the window it was compared over and the dimension it was broken down by. */
export interface ComparisonFrameRow extends ComparedRow {
  control: string;
  windowStart: number;
  windowEnd: number;
  dimension: string | null;
}

export const COMPARISON_COLUMNS: Named<ComparisonFrameRow, (typeof COMPARISONS_FIELDS)[number]> = [
  { name: 'metric', type: 'string', of: (row) => row.metric.id },
  { name: 'variant', type: 'string', of: (row) => row.variant },
  { name: 'control', type: 'string', of: (row) => row.control },
  { name: 'n_control', type: 'number', of: ({ comparison }) => Math.round(comparison.nControl) },
  { name: 'n_variant', type: 'number', of: ({ comparison }) => Math.round(comparison.nVariant) },
  { name: 'value_control', type: 'number', of: ({ comparison }) => comparison.valueControl },
  { name: 'value_variant', type: 'number', of: ({ comparison }) => comparison.valueVariant },
  { name: 'lift_abs', type: 'number', of: ({ comparison }) => comparison.absolute?.estimate ?? null },
  { name: 'lift_rel', type: 'number', of: ({ comparison }) => comparison.relative?.estimate ?? null, config: FRACTION },
  { name: 'ci_low', type: 'number', of: ({ comparison }) => comparison.absolute?.fixed.low ?? null },
  { name: 'ci_high', type: 'number', of: ({ comparison }) => comparison.absolute?.fixed.high ?? null },
  { name: 'p_value', type: 'number', of: ({ comparison }) => comparison.absolute?.pValue ?? null },
  { name: 'verdict', type: 'string', of: ({ comparison }) => comparison.verdict },
  { name: 'window_start', type: 'time', of: (row) => row.windowStart },
  { name: 'window_end', type: 'time', of: (row) => row.windowEnd },
  { name: 'source', type: 'string', of: (row) => row.source },
  { name: 'state', type: 'string', of: (row) => row.state },
  { name: 'p_adjusted', type: 'number', of: (row) => row.adjustedP },
  { name: 'seq_ci_low', type: 'number', of: ({ comparison }) => comparison.absolute?.sequential?.low ?? null },
  { name: 'seq_ci_high', type: 'number', of: ({ comparison }) => comparison.absolute?.sequential?.high ?? null },
  { name: 'seq_p', type: 'number', of: ({ comparison }) => comparison.absolute?.sequentialPValue ?? null },
  { name: 'chance_to_win', type: 'number', of: ({ comparison }) => comparison.chanceToWin, config: FRACTION },
  { name: 'expected_loss', type: 'number', of: ({ comparison }) => comparison.expectedLoss },
  { name: 'power', type: 'number', of: ({ comparison }) => comparison.power, config: FRACTION },
  { name: 'mde', type: 'number', of: ({ comparison }) => comparison.mde },
  {
    name: 'days_left',
    type: 'number',
    of: ({ comparison }) => comparison.progress?.daysLeft ?? null,
    config: { unit: 'd' },
  },
  { name: 'guardrail', type: 'string', of: ({ comparison }) => comparison.guardrail?.status ?? null },
  { name: 'harm_bound', type: 'number', of: ({ comparison }) => comparison.guardrail?.harmBound ?? null },
  { name: 'unit', type: 'string', of: ({ comparison }) => comparison.unit },
  { name: 'tuned_for', type: 'number', of: ({ comparison }) => comparison.tunedFor },
  { name: 'reasons', type: 'string', of: ({ comparison }) => writeReasons(comparison.reasons) },
  { name: 'dimension', type: 'string', of: (row) => row.dimension },
  { name: 'segment', type: 'string', of: (row) => row.segment },
  {
    name: 'chance_within_margin',
    type: 'number',
    of: ({ comparison }) => comparison.guardrail?.chanceWithin ?? null,
    config: FRACTION,
  },
];

export const CHECK_COLUMNS: Named<Check, (typeof CHECKS_FIELDS)[number]> = [
  { name: 'check', type: 'string', of: (row) => row.check },
  { name: 'status', type: 'string', of: (row) => row.status },
  { name: 'p_value', type: 'number', of: (row) => row.pValue },
  { name: 'message', type: 'string', of: (row) => row.message },
];
