/** The kinds `roi` and `roi_uncertainty`. */
import { z } from 'zod';
import { differenceOfMeans, differenceOfProportions } from '../../src/calc/impact/difference';
import type { MeasuredDifference } from '../../src/calc/impact/difference';
import { estimateImpact } from '../../src/calc/impact/estimate-impact';
import type { ImpactInput } from '../../src/calc/impact/impact';
import {
  DAYS_A_YEAR,
  dailyLatencyCost,
  dailyRevenue,
  dailyRiskReduction,
  paybackDays,
  roiPercentage,
} from '../../src/calc/impact/money';
import { simulateNet } from '../../src/calc/impact/monte-carlo';
import { isImpactRefusal, type ImpactRefusal } from '../../src/calc/impact/refusal';
import { kind, numberSchema, type Refusal } from './kind';

const measuredRoi = z.object({
  mode: z.literal('measured').default('measured'),
  base_volume: numberSchema,
  accuracy_a: numberSchema,
  accuracy_b: numberSchema,
  accuracy_unit: z.enum(['fraction', 'percent']).default('fraction'),
  revenue_multiplier: numberSchema,
  requests_per_day: numberSchema,
  latency_a_ms: numberSchema,
  latency_b_ms: numberSchema,
  cost_per_ms: numberSchema,
  error_rate_a: numberSchema,
  error_rate_b: numberSchema,
  error_cost: numberSchema,
  infrastructure: numberSchema,
});
const annualRoi = z.object({
  mode: z.literal('annual'),
  annual_revenue: numberSchema,
  annual_cost: numberSchema,
  annual_risk_reduction: numberSchema,
  infrastructure: numberSchema,
});

export const roi = kind(z.union([annualRoi, measuredRoi]), (input) => {
  const { revenue, cost, risk } = input.mode === 'annual' ? fromAnnual(input) : fromMeasured(input);
  const net = revenue - cost + risk;
  return {
    daily_revenue: revenue,
    daily_cost: cost,
    daily_risk_reduction: risk,
    daily_net: net,
    annual_net: net * DAYS_A_YEAR,
    roi_pct: roiPercentage(net, input.infrastructure),
    payback_days: paybackDays(net, input.infrastructure),
  };
});

const fromAnnual = (input: z.output<typeof annualRoi>) => ({
  revenue: input.annual_revenue / DAYS_A_YEAR,
  cost: input.annual_cost / DAYS_A_YEAR,
  risk: input.annual_risk_reduction / DAYS_A_YEAR,
});

function fromMeasured(input: z.output<typeof measuredRoi>) {
  const scale = input.accuracy_unit === 'percent' ? 100 : 1;
  const improvement = input.accuracy_b / scale - input.accuracy_a / scale;
  const latency = input.latency_b_ms - input.latency_a_ms;
  const errors = input.error_rate_b - input.error_rate_a;
  return {
    revenue: dailyRevenue(input.base_volume, improvement, input.revenue_multiplier),
    cost: dailyLatencyCost(input.requests_per_day, latency, input.cost_per_ms),
    risk: dailyRiskReduction(input.requests_per_day, errors, input.error_cost),
  };
}

const countsSchema = z.object({ n: numberSchema, x: numberSchema });
const armsOfCounts = z.object({ a: countsSchema, b: countsSchema });
const sumsSchema = z
  .object({ n: numberSchema, sum: numberSchema, sum_squares: numberSchema })
  .transform(({ n, sum, sum_squares }) => ({ n, sum, sumSquares: sum_squares }));
const named = <Arm>({ a, b }: { a: Arm; b: Arm }) => ({ control: a, treatment: b });

const uncertainRoi = z.object({
  method: z.enum(['delta', 'mc']),
  base_volume: numberSchema,
  revenue_multiplier: numberSchema,
  multiplier_cv: numberSchema.default(0),
  requests_per_day: numberSchema,
  cost_per_ms: numberSchema,
  error_cost: numberSchema,
  infrastructure: numberSchema,
  alpha: numberSchema.default(0.05),
  accuracy: armsOfCounts.transform(named),
  accuracy_mode: z.enum(['absolute', 'relative']).default('absolute'),
  latency: z.object({ a: sumsSchema, b: sumsSchema }).transform(named),
  errors: armsOfCounts.transform(named),
  cov: z
    .object({ acc_lat: numberSchema.default(0), acc_err: numberSchema.default(0), lat_err: numberSchema.default(0) })
    .prefault({}),
  seed: numberSchema.default(1),
});
type UncertainRoi = z.output<typeof uncertainRoi>;

export const roiUncertainty = kind(uncertainRoi, (input) => (input.method === 'mc' ? simulated(input) : exact(input)));

const parametersOf = (input: UncertainRoi) => ({
  baseVolume: input.base_volume,
  revenueMultiplier: input.revenue_multiplier,
  multiplierCv: input.multiplier_cv,
  requestsPerDay: input.requests_per_day,
  costPerMs: input.cost_per_ms,
  costPerError: input.error_cost,
  infrastructure: input.infrastructure,
});

const codeOfImpact = ({ refused }: ImpactRefusal): Refusal => ({
  error: refused.toUpperCase().replaceAll('-', '_'),
});

function simulated(input: UncertainRoi) {
  const { accuracy, latency, errors, accuracy_mode: accuracyMode, seed } = input;
  const net = simulateNet({ ...parametersOf(input), accuracy, latency, errors, accuracyMode, seed });
  if (isImpactRefusal(net)) {
    return codeOfImpact(net);
  }
  return {
    mean_daily_net: net.mean,
    sd_daily_net: net.sd,
    q025_daily_net: net.quantile(0.025),
    q50_daily_net: net.quantile(0.5),
    q975_daily_net: net.quantile(0.975),
    p_net_positive: net.pNetPositive,
    p_roi_positive: net.pRoiPositive,
    q50_roi_pct: roiPercentage(net.quantile(0.5), input.infrastructure),
  };
}

function exact(input: UncertainRoi) {
  const accuracy = differenceOfProportions(input.accuracy.control, input.accuracy.treatment);
  const latency = differenceOfMeans(input.latency.control, input.latency.treatment);
  const errors = differenceOfProportions(input.errors.control, input.errors.treatment);
  const impact = estimateImpact(impactInput(input, { accuracy, latency, errors }));
  if (isImpactRefusal(impact)) {
    return codeOfImpact(impact);
  }
  return {
    daily_revenue: impact.dailyRevenue,
    daily_cost: impact.dailyCost,
    daily_risk_reduction: impact.dailyRiskReduction,
    daily_net: impact.dailyNet,
    se_daily_net: impact.netStandardError === null ? null : impact.netStandardError / DAYS_A_YEAR,
    ci_daily_net: [perDay(impact.netLow), perDay(impact.netHigh)],
    p_net_positive: impact.pNetPositive,
    p_roi_positive: impact.pRoiPositive,
    roi_pct: impact.roiPercentage,
    ci_roi_pct: [impact.roiLow, impact.roiHigh],
    payback_days: impact.paybackDays,
    ci_payback_days: [impact.paybackLow, impact.paybackHigh],
  };
}

const perDay = (annual: number | null) => (annual === null ? null : annual / DAYS_A_YEAR);

type Differences = Record<'accuracy' | 'latency' | 'errors', MeasuredDifference>;

function impactInput(input: UncertainRoi, differences: Differences): ImpactInput {
  return {
    ...differences,
    accuracyOrigin: 'online',
    covariances: {
      accuracyLatency: input.cov.acc_lat,
      accuracyErrors: input.cov.acc_err,
      latencyErrors: input.cov.lat_err,
    },
    parameters: { ...parametersOf(input), servingCost: 0, currency: 'USD' },
    requestsPerDay: null,
    requestsState: 'measured',
    exposure: 1,
    days: 14,
    evidence: {
      verdicts: {},
      srm: 'ok',
      failedChecks: [],
      calibration: 'ok',
      brokenGuardrails: [],
      fullDays: 14,
      daysLeft: null,
    },
    alpha: input.alpha,
  };
}
