/** An experiment's answer as the comparison panel reads it from the frames `comparisons` and `checks`. */
import type { DataFrame } from '@grafana/data';
import type { SourceName, ValueState } from '../../calc/provenance';
import { SOURCE_NAMES, VALUE_STATES } from '../../calc/provenance';
import { VERDICTS, type Reason, type Verdict } from '../../calc/verdict';
import { CHECK_STATUSES, type CheckStatus, type MetricMeta, type UpliftMeta } from '../../contract/frames';
import { readReasons } from '../../contract/reasons';
import { choiceAt, numberAt, rowsOf, textAt } from '../shared/frames';

export interface Range {
  low: number;
  high: number;
}

const GUARDRAIL_STATUSES = ['holds', 'broken', 'open'] as const;
export type GuardrailStatus = (typeof GUARDRAIL_STATUSES)[number] | null;

/** One variant against the control on one metric. Null where the answer has no number. */
export interface ComparisonRow {
  metric: MetricMeta;
  variant: string;
  control: string;
  nControl: number | null;
  nVariant: number | null;
  valueControl: number | null;
  valueVariant: number | null;
  lift: number | null;
  liftRelative: number | null;
  fixed: Range | null;
  sequential: Range | null;
  pValue: number | null;
  pAdjusted: number | null;
  sequentialP: number | null;
  chanceToWin: number | null;
  /** Probability that the variant is not worse than the guardrail's margin. */
  chanceWithinMargin: number | null;
  expectedLoss: number | null;
  daysLeft: number | null;
  guardrail: GuardrailStatus;
  harmBound: number | null;
  tunedFor: number | null;
  verdict: Verdict;
  reasons: Reason[];
  /** A store's name, or what a newer backend calls one. */
  source: string | null;
  state: ValueState;
  /** Decimals of the values, where the panel's field config sets them. */
  decimals: number | undefined;
  /** The data link of the metric, where the panel's field config has one. */
  link: { title: string; href: string; target: string | undefined } | undefined;
}

export interface CheckResult {
  check: string;
  status: CheckStatus;
  pValue: number | null;
  message: string;
}

function rangeAt(frame: DataFrame, low: string, high: string, row: number): Range | null {
  const ends = { low: numberAt(frame, low, row), high: numberAt(frame, high, row) };
  return ends.low === null || ends.high === null ? null : { low: ends.low, high: ends.high };
}

/** What is known of a metric the experiment's metadata does not describe: enough to show it, without claiming a unit. */
function undescribed(id: string): MetricMeta {
  return { id, label: id, kind: 'mean', direction: 'higher', role: 'secondary', unit: 'plain' };
}

function readRow(frame: DataFrame, row: number, metrics: ReadonlyMap<string, MetricMeta>): ComparisonRow {
  const number = (field: string) => numberAt(frame, field, row);
  const id = textAt(frame, 'metric', row) ?? '';
  const fieldNamed = (name: string) => frame.fields.find((field) => field.name === name);
  const link = fieldNamed('metric')?.getLinks?.({ valueRowIndex: row })[0];
  const guardrail = textAt(frame, 'guardrail', row);
  return {
    metric: metrics.get(id) ?? undescribed(id),
    variant: textAt(frame, 'variant', row) ?? '',
    control: textAt(frame, 'control', row) ?? '',
    nControl: number('n_control'),
    nVariant: number('n_variant'),
    valueControl: number('value_control'),
    valueVariant: number('value_variant'),
    lift: number('lift_abs'),
    liftRelative: number('lift_rel'),
    fixed: rangeAt(frame, 'ci_low', 'ci_high', row),
    sequential: rangeAt(frame, 'seq_ci_low', 'seq_ci_high', row),
    pValue: number('p_value'),
    pAdjusted: number('p_adjusted'),
    sequentialP: number('seq_p'),
    chanceToWin: number('chance_to_win'),
    chanceWithinMargin: number('chance_within_margin'),
    expectedLoss: number('expected_loss'),
    daysLeft: number('days_left'),
    guardrail: GUARDRAIL_STATUSES.find((status) => status === guardrail) ?? null,
    harmBound: number('harm_bound'),
    tunedFor: number('tuned_for'),
    verdict: choiceAt(frame, 'verdict', row, VERDICTS, 'not-enough-data'),
    reasons: readReasons(textAt(frame, 'reasons', row) ?? ''),
    source: textAt(frame, 'source', row),
    state: choiceAt(frame, 'state', row, VALUE_STATES, 'missing'),
    decimals: fieldNamed('value_variant')?.config.decimals ?? undefined,
    link: link && { title: link.title, href: link.href, target: link.target },
  };
}

/**
 * The rows of the whole test (segments of a breakdown are left out), in the experiment's order of metrics, and within a
 * metric in the order of its variants.
 */
export function readComparisons(frame: DataFrame, meta: UpliftMeta | undefined): ComparisonRow[] {
  const known = meta?.experiment?.metrics ?? [];
  const metrics = new Map(known.map((metric) => [metric.id, metric]));
  const order = new Map((meta?.experiment?.variants ?? []).map(({ name }, index) => [name, index]));
  const place = (row: ComparisonRow) => {
    const metric = known.findIndex(({ id }) => id === row.metric.id);
    return (metric < 0 ? known.length : metric) * 1000 + (order.get(row.variant) ?? 999);
  };
  return rowsOf(frame)
    .filter((row) => textAt(frame, 'segment', row) === null)
    .map((row) => readRow(frame, row, metrics))
    .sort((a, b) => place(a) - place(b));
}

export function readChecks(frame: DataFrame): CheckResult[] {
  return rowsOf(frame).map((row) => ({
    check: textAt(frame, 'check', row) ?? '',
    status: choiceAt(frame, 'status', row, CHECK_STATUSES, 'unknown'),
    pValue: numberAt(frame, 'p_value', row),
    message: textAt(frame, 'message', row) ?? '',
  }));
}

/** Whether a source is one the product knows by name. */
export function isSourceName(source: string | null): source is SourceName {
  return SOURCE_NAMES.some((name) => name === source);
}
