/** The report for programs: `{ live, business }` with the keys the product was asked to give, and no others. */
import { DATA_SOURCE_WORDS } from '../../src/calc/provenance';
import type { QueryAnswer } from '../../pkg/sdk/client';
import type { Numbers } from './answers';
import { frameNamed, rowsOf, type Row } from './frames';

type Figure = number | null;

/** Null: not known; of `payback_days` beside a known net: never. */
export interface SeedObject {
  live: {
    /** `REAL_PRODUCTION_DATA`, `OPERATIONAL_DATA`, `MODEL_DATA`, `SIMULATED_DATA` or `NO_DATA`. */
    data_source: string;
    active_experiments: Figure;
    /** Percent. */
    baseline_accuracy: Figure;
    enhanced_accuracy: Figure;
    total_requests_24h: Figure;
    avg_response_time_ms: Figure;
    /** A fraction. */
    error_rate: Figure;
    /** Money a day. */
    net_business_value: Figure;
  };
  business: {
    data_source: string;
    /** Money a year. */
    annual_revenue_increase: Figure;
    annual_cost_increase: Figure;
    annual_risk_reduction: Figure;
    net_annual_value: Figure;
    roi_percentage: Figure;
    payback_days: Figure;
  };
}

/** The two answers as one object. */
export function seedObject({ overview, impact }: Numbers): SeedObject {
  const live = firstRow(overview, 'overview');
  const business = firstRow(impact, 'impact');
  return {
    live: {
      data_source: levelOf(live),
      active_experiments: figure(live, 'active_experiments', 0),
      baseline_accuracy: figure(live, 'baseline_accuracy', 2),
      enhanced_accuracy: figure(live, 'enhanced_accuracy', 2),
      total_requests_24h: figure(live, 'total_requests_24h', 0),
      avg_response_time_ms: figure(live, 'avg_response_time_ms', 2),
      error_rate: figure(live, 'error_rate', 6),
      net_business_value: figure(live, 'net_business_value', 2),
    },
    business: {
      data_source: levelOf(business),
      annual_revenue_increase: figure(business, 'annual_revenue_increase', 2),
      annual_cost_increase: figure(business, 'annual_cost_increase', 2),
      annual_risk_reduction: figure(business, 'annual_risk_reduction', 2),
      net_annual_value: figure(business, 'net_annual_value', 2),
      roi_percentage: figure(business, 'roi_percentage', 2),
      payback_days: figure(business, 'payback_days', 1),
    },
  };
}

const firstRow = ({ frames }: QueryAnswer, name: string): Row | undefined => rowsOf(frameNamed(frames, name))[0];

const levelOf = (row: Row | undefined): string => row?.text('data_source') || DATA_SOURCE_WORDS['no-data'];

function figure(row: Row | undefined, key: string, decimals: number): Figure {
  const value = row?.number(key) ?? null;
  return value === null ? null : Number(value.toFixed(decimals));
}
