/** The one number an alert rule compares: what each is called, and how it is compared. */
import type { ComboboxOption } from '@grafana/ui';
import { DEFAULT_ALPHA } from '../../contract/experiment';
import { OVERVIEW_LABELS } from '../../contract/overview-labels';
import {
  EXPERIMENT_VALUES,
  IMPACT_VALUES,
  OVERVIEW_VALUES,
  type ExperimentValue,
  type ImpactValue,
  type OverviewQuery,
} from '../../contract/query';
import type { EditedQuery, EditedQueryOf } from '../query';

type OverviewValue = NonNullable<OverviewQuery['value']>;

const LABELS: Readonly<Record<ExperimentValue | ImpactValue | OverviewValue, string>> = {
  lift_abs: 'Lift, absolute',
  lift_rel: 'Lift, relative',
  ci_low: 'Fixed interval from',
  ci_high: 'Fixed interval to',
  p_value: 'Fixed p-value',
  p_adjusted: 'Adjusted p-value',
  seq_ci_low: 'Sequential interval from',
  seq_ci_high: 'Sequential interval to',
  seq_p: 'Sequential p-value',
  chance_to_win: 'Chance to win',
  expected_loss: 'Expected loss',
  harm_bound: 'Harm at worst',
  verdict: 'Verdict',
  value_control: 'Value of the control',
  value_variant: 'Value of the variant',
  days_left: 'Days left',
  power: 'Power',
  srm_p: 'Traffic split p-value',
  margin_excess: 'Beyond the margin',
  harm_p: 'Harm now, p-value',
  net_annual_value: 'Net a year',
  net_low: 'Net a year, at least',
  p_net_positive: 'Chance that net is above 0',
  p_roi_positive: 'Chance that it pays back',
  roi_percentage: 'ROI, a year',
  payback_days: 'Payback, days',
  daily_net: 'Net a day',
  annual_revenue_increase: 'Revenue increase a year',
  annual_cost_increase: 'Cost increase a year',
  annual_risk_reduction: 'Risk reduction a year',
  state: 'Result or preliminary',
  ...OVERVIEW_LABELS,
};

/** What a value is called where people choose it. */
export const labelOf = (value: keyof typeof LABELS): string => LABELS[value];

const toChoice = <T extends keyof typeof LABELS>(value: T): ComboboxOption<T> => ({
  value,
  label: labelOf(value),
  description: value,
});
export const EXPERIMENT_CHOICES = EXPERIMENT_VALUES.map(toChoice);
export const IMPACT_CHOICES = IMPACT_VALUES.map(toChoice);
export const OVERVIEW_CHOICES = OVERVIEW_VALUES.map(toChoice);

/**
 * The levels of the traffic check and of PSI, as the rules that the bundle writes have them (docs/alerts.md). PSI's is held to
 * `calc/drift` by a test: importing it would add the statistics behind it, 31 kB, to the module.
 */
const SPLIT_LEVEL = 0.001;
const DRIFT_LIMIT = 0.25;

function compareExperiment(value: ExperimentValue, alpha: number): string {
  const belowAlpha = `Fires when it is below the experiment’s alpha: IS BELOW ${alpha}`;
  const byChance = 'Chance alone moves it: to decide, choose the sequential p-value or the verdict';
  switch (value) {
    case 'seq_p':
      return `${belowAlpha}, as often as the rule looks. For better and for worse alike: the lift says which.`;
    case 'p_value':
      return `${belowAlpha}. It holds for one look; a rule looks again and again: choose the sequential p-value.`;
    case 'p_adjusted':
      return `${belowAlpha}. Adjusted over all goal metrics and variants.`;
    case 'srm_p':
      return `Fires when the traffic does not follow its split: IS BELOW ${SPLIT_LEVEL}.`;
    case 'harm_p':
      return (
        'Over a short window (Window: Dashboard range) and with a budget of false pages: IS BELOW pages a month ÷ ' +
        '(looks a month × metrics × variants), 0.0000011 for one page in ten months, a look a minute and two metrics.'
      );
    case 'margin_excess':
      return 'How far a guardrail surely is beyond its margin, in the metric’s unit: IS ABOVE 0 when it is broken.';
    case 'harm_bound':
      return (
        'The worst it may still be, in the metric’s unit: where less is better IS ABOVE the margin, else IS BELOW minus ' +
        'the margin, until the guardrail holds. To hear of a broken one choose “Beyond the margin”.'
      );
    case 'verdict':
      return 'IS WITHIN RANGE 0.5 to 1.5 when a variant wins, −1.5 to −0.5 when it loses; 0 not decided, 2 not enough data, 3 invalid.';
    case 'seq_ci_low':
      return 'IS ABOVE 0 when the variant is surely higher than the control, as often as the rule looks; 0.01 of a rate is 1 pp.';
    case 'seq_ci_high':
      return 'IS BELOW 0 when the variant is surely lower than the control, as often as the rule looks; 0.01 of a rate is 1 pp.';
    case 'ci_low':
    case 'ci_high':
      return 'It holds for one look; a rule looks again and again: choose the sequential interval.';
    case 'lift_abs':
      return `In the metric’s unit; 0.01 of a rate is 1 pp. ${byChance}.`;
    case 'lift_rel':
      return `A fraction: 0.05 is +5 %. ${byChance}.`;
    case 'chance_to_win':
      return 'A fraction: IS ABOVE 0.95. Not corrected for looking often: no ground to stop a test.';
    case 'expected_loss':
      return 'In the metric’s unit: IS BELOW what you can bear to lose. Not corrected for looking often: no ground to stop a test.';
    case 'value_control':
    case 'value_variant':
      return 'In the metric’s unit; a rate is a fraction: 0.02 is 2 %.';
    case 'days_left':
      return 'A forecast: IS BELOW 1 on the last day; 0 when the test is decided.';
    case 'power':
      return 'A fraction: IS ABOVE 0.8 when the sample is large enough for the change looked for.';
  }
}

function compareImpact(value: ImpactValue): string {
  switch (value) {
    case 'p_net_positive':
    case 'p_roi_positive':
      return 'A fraction: IS ABOVE 0.95 when it is nearly sure, IS BELOW 0.5 when it is rather not so.';
    case 'net_low':
      return 'The lower end of the interval, before infrastructure: IS ABOVE 0 when even that is a gain.';
    case 'roi_percentage':
      return 'In percent: IS BELOW 0 when a year’s net does not pay a year’s infrastructure.';
    case 'payback_days':
      return 'IS ABOVE 365 when it takes more than a year; never is no number, and so no data.';
    case 'state':
      return '1 is a result, 0 is preliminary: IS ABOVE 0.5.';
    case 'net_annual_value':
    case 'daily_net':
      return 'Money, before infrastructure: IS BELOW 0 when it costs more than it brings.';
    case 'annual_revenue_increase':
    case 'annual_cost_increase':
    case 'annual_risk_reduction':
      return 'Money, in the currency of the business parameters.';
  }
}

function compareOverview(value: OverviewValue): string {
  switch (value) {
    case 'active_experiments':
      return 'IS BELOW 1 when no test runs.';
    case 'baseline_accuracy':
    case 'enhanced_accuracy':
      return 'In percent: IS BELOW 75, say. Known of a single experiment only.';
    case 'total_requests_24h':
      return 'IS BELOW 1 when nobody was answered for a day.';
    case 'avg_response_time_ms':
      return 'In milliseconds: IS ABOVE 200, say.';
    case 'error_rate':
      return 'A fraction: IS ABOVE 0.02 for 2 %.';
    case 'net_business_value':
      return 'Money a day, before infrastructure: IS BELOW 0 when it costs more than it brings.';
  }
}

function compareMonitor({
  view = 'series',
  metric = 'requests',
  change,
  method = 'stored',
  bands,
}: EditedQueryOf<'monitor'>) {
  if (view === 'alerts') {
    return '2 is firing, 1 pending, 0 normal: IS ABOVE 1.';
  }
  if (view === 'facts') {
    return null;
  }
  if (change === true) {
    return 'The change against the period before, a fraction: IS ABOVE 0.2 for +20 %.';
  }
  if (metric !== 'drift') {
    return null;
  }
  if (bands !== undefined) {
    return `Fires when the inputs have drifted: IS ABOVE ${bands.drifted}.`;
  }
  const limit = `Fires when the inputs have drifted: IS ABOVE ${DRIFT_LIMIT}, the convention of PSI.`;
  return method === 'psi' || method === 'stored'
    ? limit
    : 'This method has no convention: IS ABOVE what you saw on days that were as they should be.';
}

/** How a rule compares the query's number; null where there is no more to say. @param alpha the experiment's, where it is known */
export function describeComparing(query: EditedQuery, alpha: number | undefined): string | null {
  if (query.format !== 'numeric') {
    return null;
  }
  switch (query.queryType) {
    case 'experiment':
      return query.value === undefined
        ? null
        : compareExperiment(query.value, query.definition?.alpha ?? alpha ?? DEFAULT_ALPHA);
    case 'impact':
      return query.value === undefined ? null : compareImpact(query.value);
    case 'overview':
      return query.value === undefined ? null : compareOverview(query.value);
    case 'monitor':
      return compareMonitor(query);
    case 'status':
      return 'Fires when a source is away, empty or stale: IS BELOW 1.';
    default:
      return null;
  }
}
