/** The frames of the `impact` query: their columns, in the contract's order, and which make up one figure. */
import type { ImpactFigures } from '../../src/calc/impact/impact';
import { IMPACT_STATE_CODES } from '../../src/calc/impact/impact';
import type { Recommendation } from '../../src/calc/impact/recommendations';
import type { IMPACT_FIELDS, RECOMMENDATIONS_FIELDS } from '../../src/contract/frames';
import type { ImpactValue } from '../../src/contract/query';
import type { Column } from './table';

export type ImpactField = (typeof IMPACT_FIELDS)[number];
export type ImpactColumn = Column<ImpactFigures> & { name: ImpactField };

/** The columns of `impact`. @param level the seed's word for the level of the answer */
export function impactColumns(currency: string, level: string): readonly ImpactColumn[] {
  const money = { unit: `currency${currency}` };
  const fraction = { unit: 'percentunit' };
  const payback = { unit: 'd', noValue: 'never' };
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
    { name: 'payback_days', type: 'number', of: (row) => row.paybackDays, config: payback },
    { name: 'payback_low', type: 'number', of: (row) => row.paybackLow, config: payback },
    { name: 'payback_high', type: 'number', of: (row) => row.paybackHigh, config: payback },
    { name: 'requests_per_day', type: 'number', of: (row) => row.requestsPerDay },
    { name: 'exposure', type: 'number', of: (row) => row.exposure, config: fraction },
    { name: 'extrapolated_from_days', type: 'number', of: (row) => row.extrapolatedFromDays, config: { unit: 'd' } },
    { name: 'currency', type: 'string', of: (row) => row.currency },
    { name: 'data_source', type: 'string', of: () => level },
    { name: 'state', type: 'string', of: (row) => row.state },
  ];
}

export type NumberColumn = Extract<ImpactColumn, { type: 'number' }>;

/** The columns of a time series or a number: those that are numbers, and the state as its code. */
export function numberColumns(currency: string): readonly NumberColumn[] {
  return [
    ...impactColumns(currency, '').flatMap((column) => (column.type === 'number' ? [column] : [])),
    { name: 'state', type: 'number', of: (row) => IMPACT_STATE_CODES[row.state] },
  ];
}

/** A figure's own interval, where it has one. */
export const BOUNDS: Partial<Record<ImpactValue, { low: ImpactField; high: ImpactField }>> = {
  net_annual_value: { low: 'net_low', high: 'net_high' },
  roi_percentage: { low: 'roi_low', high: 'roi_high' },
  payback_days: { low: 'payback_low', high: 'payback_high' },
};

export const RECOMMENDATION_COLUMNS: ReadonlyArray<
  Column<Recommendation> & { name: (typeof RECOMMENDATIONS_FIELDS)[number] }
> = [
  { name: 'action', type: 'string', of: (row) => row.action },
  { name: 'title', type: 'string', of: (row) => row.title },
  { name: 'why', type: 'string', of: (row) => row.why },
  { name: 'confidence', type: 'string', of: (row) => row.confidence },
];
