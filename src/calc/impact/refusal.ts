/** Why no impact can be given. A refusal is a value: it names the field and the fix, and carries no number. */

export type ImpactRefusalCode =
  | 'not-a-number'
  | 'negative'
  | 'absurd'
  | 'no-requests'
  | 'no-days'
  | 'exposure-out-of-range'
  | 'not-a-fraction'
  | 'mixed-units'
  | 'alpha-out-of-range';

export interface ImpactRefusal {
  refused: ImpactRefusalCode;
  /** The input at fault, e.g. `parameters.baseVolume`. */
  field: string;
  message: string;
  fix: string;
}

/** Tells a refusal from a result. */
export function isImpactRefusal(result: object): result is ImpactRefusal {
  return 'refused' in result;
}
