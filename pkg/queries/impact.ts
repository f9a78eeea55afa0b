/** `impact`: what the difference between variants is worth at full rollout, how sure, and what to do about it. */
import type { Impact } from '../../src/calc/impact/impact';
import { isImpactRefusal } from '../../src/calc/impact/refusal';
import type { Recommendation } from '../../src/calc/impact/recommendations';
import { recommend } from '../../src/calc/impact/recommendations';
import { DATA_SOURCE_WORDS } from '../../src/calc/provenance';
import type { IMPACT_FIELDS, RECOMMENDATIONS_FIELDS } from '../../src/contract/frames';
import { FailureError } from '../../src/contract/failure';
import type { ImpactQuery } from '../../src/contract/query';
import type { Analysis } from '../experiment/analysis';
import { analyseExperiment } from '../experiment/analysis';
import { parametersOf, valueVariant } from '../experiment/worth';
import type { DataFrame, Notice } from '../sdk/frame';
import type { QueryContext } from './context';
import { metaOf, noticesOf } from './experiment-meta';
import type { Column } from './table';
import { numericFrame, tableOf } from './table';

export async function answerImpact(query: ImpactQuery, context: QueryContext): Promise<DataFrame[]> {
  const analysis = await analyseExperiment(context.instance, {
    experiment: query.experiment,
    definition: query.definition,
    window: 'experiment',
    method: 'sequential',
    correction: 'holm',
    range: context.range,
    now: context.now,
    skipCache: context.skipCache,
    isAlert: context.isAlert,
  });
  const parameters = parametersOf(context.instance.settings, analysis, query.business);
  const worth = valueVariant(analysis, parameters, query.variant);
  if (!worth) {
    const names = analysis.experiment.variants.filter(({ role }) => role === 'treatment').map(({ name }) => name);
    throw new FailureError({
      class: 'query',
      field: 'variant',
      message: query.variant
        ? `Variant “${query.variant}” is not a treatment of “${analysis.experiment.id}”.`
        : `“${analysis.experiment.id}” has no treatment to value.`,
      fix: names.length
        ? `Choose one of: ${names.join(', ')}.`
        : 'Add a variant with role treatment to the definition.',
    });
  }
  const { impact } = worth;
  const [lost] = context.isAlert && analysis.provenance.level === 'no-data' ? analysis.failures : [];
  if (lost) {
    throw new FailureError(lost);
  }
  if (isImpactRefusal(impact)) {
    const { field, message, fix } = impact;
    throw new FailureError({ class: 'config', field, message, fix });
  }
  if (query.format === 'numeric') {
    return [numberOf(query, analysis, worth.variant, impact)];
  }
  const level = DATA_SOURCE_WORDS[analysis.provenance.level];
  const detail = { variant: worth.variant, control: analysis.experiment.control, input: worth.input, impact };
  const meta = metaOf(analysis, 'impact', { impact: detail });
  const notices: Notice[] = [
    ...noticesOf(analysis),
    ...impact.warnings.map(({ message }) => ({ severity: 'warning' as const, text: message })),
  ];
  const advice = recommend(detail);
  return [
    tableOf('impact', [impact], impactColumns(impact.currency, level), { ...meta, notices }),
    tableOf('recommendations', advice, RECOMMENDATION_COLUMNS, metaOf(analysis, 'recommendations')),
  ];
}

/**
 * The one value a rule asked for. Preliminary figures are no numbers to page on, and neither are estimated ones.
 * @throws FailureError when there is none because a source failed
 */
function numberOf(query: ImpactQuery, { experiment, failures }: Analysis, variant: string, impact: Impact): DataFrame {
  const name = query.value ?? 'p_roi_positive';
  const value = impact.state === 'simulated' || impact.state === 'missing' ? null : valueOf(impact, name);
  const [failure] = failures;
  if (value === null && failure) {
    throw new FailureError(failure);
  }
  return numericFrame(name, { experiment: experiment.id, variant }, value);
}

function valueOf(impact: Impact, name: NonNullable<ImpactQuery['value']>): number | null {
  switch (name) {
    case 'net_annual_value':
      return impact.netAnnualValue;
    case 'net_low':
      return impact.netLow;
    case 'p_net_positive':
      return impact.pNetPositive;
    case 'p_roi_positive':
      return impact.pRoiPositive;
    case 'roi_percentage':
      return impact.roiPercentage;
    case 'payback_days':
      return impact.paybackDays;
  }
}

const impactColumns = (
  currency: string,
  level: string,
): ReadonlyArray<Column<Impact> & { name: (typeof IMPACT_FIELDS)[number] }> => {
  const money = { unit: `currency${currency}` };
  const fraction = { unit: 'percentunit' };
  return [
    { name: 'daily_revenue', type: 'number', of: (row) => row.dailyRevenue, config: money },
    { name: 'daily_cost', type: 'number', of: (row) => row.dailyCost, config: money },
    { name: 'daily_risk_reduction', type: 'number', of: (row) => row.dailyRiskReduction, config: money },
    { name: 'daily_net', type: 'number', of: (row) => row.dailyNet, config: money },
    { name: 'annual_revenue_increase', type: 'number', of: (row) => row.annualRevenueIncrease, config: money },
    { name: 'annual_cost_increase', type: 'number', of: (row) => row.annualCostIncrease, config: money },
    { name: 'annual_risk_reduction', type: 'number', of: (row) => row.annualRiskReduction, config: money },
    { name: 'net_annual_value', type: 'number', of: (row) => row.netAnnualValue, config: money },
    { name: 'net_low', type: 'number', of: (row) => row.netLow, config: money },
    { name: 'net_high', type: 'number', of: (row) => row.netHigh, config: money },
    { name: 'p_net_positive', type: 'number', of: (row) => row.pNetPositive, config: fraction },
    { name: 'p_roi_positive', type: 'number', of: (row) => row.pRoiPositive, config: fraction },
    { name: 'roi_percentage', type: 'number', of: (row) => row.roiPercentage, config: { unit: 'percent' } },
    { name: 'roi_low', type: 'number', of: (row) => row.roiLow, config: { unit: 'percent' } },
    { name: 'roi_high', type: 'number', of: (row) => row.roiHigh, config: { unit: 'percent' } },
    { name: 'payback_days', type: 'number', of: (row) => row.paybackDays, config: { unit: 'd', noValue: 'never' } },
    { name: 'payback_low', type: 'number', of: (row) => row.paybackLow, config: { unit: 'd', noValue: 'never' } },
    { name: 'payback_high', type: 'number', of: (row) => row.paybackHigh, config: { unit: 'd', noValue: 'never' } },
    { name: 'requests_per_day', type: 'number', of: (row) => row.requestsPerDay },
    { name: 'exposure', type: 'number', of: (row) => row.exposure, config: fraction },
    { name: 'extrapolated_from_days', type: 'number', of: (row) => row.extrapolatedFromDays, config: { unit: 'd' } },
    { name: 'currency', type: 'string', of: (row) => row.currency },
    { name: 'data_source', type: 'string', of: () => level },
    { name: 'state', type: 'string', of: (row) => row.state },
  ];
};

const RECOMMENDATION_COLUMNS: ReadonlyArray<
  Column<Recommendation> & { name: (typeof RECOMMENDATIONS_FIELDS)[number] }
> = [
  { name: 'action', type: 'string', of: (row) => row.action },
  { name: 'title', type: 'string', of: (row) => row.title },
  { name: 'why', type: 'string', of: (row) => row.why },
  { name: 'confidence', type: 'string', of: (row) => row.confidence },
];
