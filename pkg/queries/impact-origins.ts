/** Where each figure of an impact comes from: what was measured, by which store, and what was assumed beside it. */
import type { MoneyMetric } from '../../src/calc/impact/difference';
import type { NumericParameter } from '../../src/calc/impact/parameters';
import type { BusinessParameters } from '../../src/contract/business';
import type { FieldProvenance } from '../../src/contract/frames';
import type { Analysis } from '../experiment/analysis';
import { MONEY_METRIC_IDS } from '../experiment/worth';
import type { ImpactField } from './impact-frames';
import { originOfRow, trafficOrigin } from './origin';

/** Nobody knows better than the worst of what they were told. */
const FROM_WORST: readonly FieldProvenance['state'][] = ['missing', 'simulated', 'estimated', 'assumed', 'measured'];

/** `config.custom.uplift` of each measured or computed field of `impact`. */
export function impactOrigins(
  analysis: Analysis,
  variant: string,
  parameters: BusinessParameters,
): Readonly<Partial<Record<ImpactField, FieldProvenance>>> {
  const rows = [...analysis.comparisons, ...analysis.unshown];
  const ofMetric = (metric: MoneyMetric) =>
    originOfRow(
      rows.find((row) => row.variant === variant && row.metric.id === MONEY_METRIC_IDS[metric]),
      analysis,
    );
  const traffic = trafficOrigin(analysis.evidence);
  const isVolumeAssumed = parameters.requestsPerDay !== undefined;
  const requests: FieldProvenance = isVolumeAssumed
    ? { state: 'assumed', source: null, asOf: null, assumed: ['requestsPerDay'] }
    : traffic;
  const volume: NumericParameter[] = isVolumeAssumed ? ['requestsPerDay'] : [];
  const revenue = resting(ofMetric('accuracy'), ['baseVolume', 'revenueMultiplier']);
  const serving: NumericParameter[] = parameters.servingCost === 0 ? [] : ['servingCost'];
  const cost = resting(ofMetric('latency'), ['costPerMs', ...serving, ...volume]);
  const risk = resting(ofMetric('errors'), ['costPerError', ...volume]);
  const net = computedFrom([revenue, cost, risk, requests]);
  const interval = resting(net, ['multiplierCv']);
  const paid = resting(net, ['infrastructure']);
  const paidInterval = resting(interval, ['infrastructure']);
  return {
    daily_revenue: revenue,
    daily_cost: cost,
    daily_risk_reduction: risk,
    daily_net: net,
    annual_revenue_increase: revenue,
    annual_cost_increase: cost,
    annual_risk_reduction: risk,
    net_annual_value: net,
    net_low: interval,
    net_high: interval,
    p_net_positive: interval,
    p_roi_positive: paidInterval,
    roi_percentage: paid,
    roi_low: paidInterval,
    roi_high: paidInterval,
    payback_days: paid,
    payback_low: paidInterval,
    payback_high: paidInterval,
    requests_per_day: requests,
    exposure: traffic,
    extrapolated_from_days: traffic,
  };
}

function resting(origin: FieldProvenance, parameters: readonly NumericParameter[]): FieldProvenance {
  return { ...origin, assumed: [...new Set([...(origin.assumed ?? []), ...parameters])] };
}

/** As sure and as old as the worst part it is computed from; an assumed part is named, and takes nothing from the rest. */
function computedFrom(parts: readonly FieldProvenance[]): FieldProvenance {
  const measured = parts.filter(({ state }) => state !== 'assumed');
  const states = new Set(measured.map(({ state }) => state));
  const times = measured.flatMap(({ asOf }) => (asOf === null ? [] : [asOf]));
  return {
    state: FROM_WORST.find((state) => states.has(state)) ?? 'assumed',
    source: 'calc',
    asOf: times.length > 0 ? Math.min(...times) : null,
    assumed: [...new Set(parts.flatMap(({ assumed }) => assumed ?? []))],
  };
}
