/** `experiment` as `numeric`, for alert rules: one number a comparison. */
import { VERDICT_CODES } from '../../src/calc/verdict';
import { FailureError } from '../../src/contract/failure';
import type { ExperimentQuery, ExperimentValue } from '../../src/contract/query';
import type { Analysis } from '../experiment/analysis';
import type { ComparedRow } from '../experiment/compare';
import { harmOf } from '../experiment/harm';
import type { DataFrame } from '../sdk/frame';
import { noticesOf } from './experiment-meta';
import { numericFrame } from './table';

const DEFAULT_VALUE: ExperimentValue = 'seq_p';

/**
 * One number a comparison, for alert rules: labels are the experiment, metric and variant, and nothing that can change.
 * @throws FailureError when no number is left, so that the rule errs instead of staying silent
 */
export function numericFrames(analysis: Analysis, query: ExperimentQuery): DataFrame[] {
  const { experiment } = analysis;
  const value = query.value ?? DEFAULT_VALUE;
  const notices = noticesOf(analysis);
  if (value === 'srm_p') {
    const srm = analysis.checks.find(({ check }) => check === 'srm');
    return refuseSilence(
      [numericFrame(value, { experiment: experiment.id }, srm?.pValue ?? null, { notices })],
      analysis,
    );
  }
  const frames = analysis.comparisons
    .filter(({ metric }) => query.metric === undefined || metric.id === query.metric)
    .map((row) =>
      numericFrame(
        value,
        { experiment: experiment.id, metric: row.metric.id, variant: row.variant },
        value === 'harm_p' ? harmOf(analysis, row) : valueOf(row, value),
        { notices },
      ),
    );
  return refuseSilence(frames, analysis);
}

function refuseSilence(frames: DataFrame[], { failures }: Analysis): DataFrame[] {
  const [failure] = failures;
  const isSilent = frames.every(({ fields }) => fields.every(({ values }) => values[0] === null));
  if (isSilent && failure) {
    throw new FailureError(failure);
  }
  return frames;
}

function valueOf(
  { comparison, adjustedP }: ComparedRow,
  value: Exclude<ExperimentValue, 'srm_p' | 'harm_p'>,
): number | null {
  const { absolute, relative, guardrail } = comparison;
  switch (value) {
    case 'lift_abs':
      return absolute?.estimate ?? null;
    case 'lift_rel':
      return relative?.estimate ?? null;
    case 'ci_low':
      return absolute?.fixed.low ?? null;
    case 'ci_high':
      return absolute?.fixed.high ?? null;
    case 'p_value':
      return absolute?.pValue ?? null;
    case 'p_adjusted':
      return adjustedP;
    case 'seq_ci_low':
      return absolute?.sequential?.low ?? null;
    case 'seq_ci_high':
      return absolute?.sequential?.high ?? null;
    case 'seq_p':
      return absolute?.sequentialPValue ?? null;
    case 'chance_to_win':
      return comparison.chanceToWin;
    case 'expected_loss':
      return comparison.expectedLoss;
    case 'harm_bound':
      return guardrail?.harmBound ?? null;
    case 'margin_excess':
      return guardrail?.excess ?? null;
    case 'verdict':
      return absolute ? VERDICT_CODES[comparison.verdict] : null;
    case 'value_control':
      return comparison.valueControl;
    case 'value_variant':
      return comparison.valueVariant;
    case 'days_left':
      return comparison.progress?.daysLeft ?? null;
    case 'power':
      return comparison.power;
  }
}
