/** What the panel reads from an answer to an impact query: frames `impact` and `recommendations`, and their metadata. */
import type { DataFrame } from '@grafana/data';
import { CONFIDENCES, type Confidence } from '../../calc/impact/recommendations';
import { IMPACT_STATES, TERM_NAMES, type Impact, type Term, type TermName } from '../../calc/impact/impact';
import type { IMPACT_FIELDS, ImpactDetail, UpliftMeta } from '../../contract/frames';
import { choiceAt, frameNamed, numberAt, rowsOf, textAt, upliftMetaOf } from '../shared/frames';

export interface Advice {
  title: string;
  why: string;
  confidence: Confidence;
}

export interface ImpactAnswer {
  impact: Impact;
  advice: Advice[];
  /** Inputs to recompute from; absent when a transformation dropped the frame's metadata. */
  detail: ImpactDetail | undefined;
  meta: UpliftMeta | undefined;
  /** The first data link of the chance to pay back. */
  link: string | undefined;
}

/** The answer; null when there is no frame `impact` with a row. */
export function readImpact(series: readonly DataFrame[]): ImpactAnswer | null {
  const frame = frameNamed(series, 'impact');
  if (frame === undefined || frame.length === 0) {
    return null;
  }
  const meta = upliftMetaOf(frame);
  const advice = frameNamed(series, 'recommendations');
  return {
    impact: meta?.impact?.impact ?? readRow(frame),
    advice: advice === undefined ? [] : readAdvice(advice),
    detail: meta?.impact,
    meta,
    link: linkOf(frame),
  };
}

function linkOf(frame: DataFrame): string | undefined {
  const chance = frame.fields.find(({ name }) => name === 'p_roi_positive');
  return chance?.getLinks?.({ valueRowIndex: 0 })[0]?.href;
}

function readAdvice(frame: DataFrame): Advice[] {
  return rowsOf(frame).map((row) => ({
    title: textAt(frame, 'title', row) ?? '',
    why: textAt(frame, 'why', row) ?? '',
    confidence: choiceAt(frame, 'confidence', row, CONFIDENCES, 'low'),
  }));
}

/** The frame's row alone: amounts without the terms' own intervals, and no outcomes to draw. */
function readRow(frame: DataFrame): Impact {
  const number = (field: (typeof IMPACT_FIELDS)[number]) => numberAt(frame, field, 0);
  const daily: Record<TermName, number | null> = {
    revenue: number('daily_revenue'),
    latency: negate(number('daily_cost')),
    risk: number('daily_risk_reduction'),
    serving: 0,
  };
  const annual: Record<TermName, number | null> = {
    revenue: number('annual_revenue_increase'),
    latency: negate(number('annual_cost_increase')),
    risk: number('annual_risk_reduction'),
    serving: 0,
  };
  return {
    dailyRevenue: daily.revenue,
    dailyCost: number('daily_cost'),
    dailyRiskReduction: daily.risk,
    dailyNet: number('daily_net'),
    annualRevenueIncrease: annual.revenue,
    annualCostIncrease: number('annual_cost_increase'),
    annualRiskReduction: annual.risk,
    netAnnualValue: number('net_annual_value'),
    netLow: number('net_low'),
    netHigh: number('net_high'),
    netStandardError: null,
    pNetPositive: number('p_net_positive'),
    pRoiPositive: number('p_roi_positive'),
    roiPercentage: number('roi_percentage'),
    roiLow: number('roi_low'),
    roiHigh: number('roi_high'),
    paybackDays: number('payback_days'),
    paybackLow: number('payback_low'),
    paybackHigh: number('payback_high'),
    requestsPerDay: number('requests_per_day'),
    exposure: number('exposure'),
    extrapolatedFromDays: number('extrapolated_from_days') ?? 0,
    currency: textAt(frame, 'currency', 0) ?? 'USD',
    state: choiceAt(frame, 'state', 0, IMPACT_STATES, 'missing'),
    terms: TERM_NAMES.map((name): Term => ({
      name,
      daily: daily[name],
      annual: annual[name],
      low: null,
      high: null,
      metric: null,
    })),
    outcomes: [],
    breakEvenMultiplier: null,
    includesMultiplier: true,
    alpha: 0.05,
    preliminary: [],
    warnings: [],
  };
}

const negate = (value: number | null): number | null => (value === null ? null : 0 - value);
