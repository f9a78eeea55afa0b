/**
 * The business parameters: what a difference between two variants is worth. Every one is an assumption until someone
 * measures it, and is shown as such. The wire schema (`contract/business.ts`) must stay assignable to this interface.
 */

export interface BusinessParameters {
  /** Volume the whole business turns over a day, in `currency`. */
  baseVolume: number;
  /** Share of volume gained per 1.00 of accuracy (0.005 = 0.5 %). */
  revenueMultiplier: number;
  /** Cost of one more millisecond on one request, in `currency`. */
  costPerMs: number;
  /** Cost of one failed request, in `currency`. */
  costPerError: number;
  /** Incremental infrastructure cost a year, in `currency`. */
  infrastructure: number;
  /** Extra cost of serving one request, in `currency`; 0 leaves the term out. */
  servingCost: number;
  /** Requests a day at full rollout; taken from the measured traffic when absent. */
  requestsPerDay?: number;
  /** Coefficient of variation of the revenue multiplier (0.5 = ±50 %); 0 = intervals carry sampling error only. */
  multiplierCv: number;
  /** ISO 4217 code. */
  currency: string;
}

export type NumericParameter = Exclude<keyof BusinessParameters, 'currency'>;

export interface ParameterLabel {
  label: string;
  /** What the number means, said the way it is entered. */
  meaning: string;
  /** `money`: in the parameters' currency. */
  unit: 'money' | 'fraction' | 'requests';
}

/** How each parameter is named wherever it is shown. Each is *assumed*: say so beside it. */
export const PARAMETER_LABELS: Record<NumericParameter, ParameterLabel> = {
  baseVolume: { label: 'Base volume', meaning: 'volume of the whole business a day', unit: 'money' },
  revenueMultiplier: {
    label: 'Revenue multiplier',
    meaning: 'share of volume gained per 1.00 of accuracy (0.005 = 0.5 %)',
    unit: 'fraction',
  },
  costPerMs: { label: 'Cost per ms', meaning: 'one more millisecond on one request', unit: 'money' },
  costPerError: { label: 'Cost per error', meaning: 'one failed request', unit: 'money' },
  infrastructure: { label: 'Infrastructure', meaning: 'incremental cost a year', unit: 'money' },
  servingCost: { label: 'Serving cost', meaning: 'extra cost of serving one request', unit: 'money' },
  requestsPerDay: { label: 'Requests a day', meaning: 'at full rollout', unit: 'requests' },
  multiplierCv: {
    label: "Multiplier's spread",
    meaning: 'coefficient of variation of the revenue multiplier (0.5 = ±50 %); 0 leaves sampling error only',
    unit: 'fraction',
  },
};

export const NUMERIC_PARAMETERS: readonly NumericParameter[] = [
  'baseVolume', 'revenueMultiplier', 'costPerMs', 'costPerError', 'infrastructure', 'servingCost', 'requestsPerDay', 'multiplierCv',
]; // prettier-ignore
