/** The impact panel's options. */
import { NUMERIC_PARAMETERS, type BusinessParameters, type NumericParameter } from '../../calc/impact/parameters';

export interface ImpactOptions {
  showAdvice: boolean;
  showWhatIf: boolean;
  /** Business parameters set in this panel, over those of the query and the data source; absent: as they say. */
  parameters?: Partial<Record<NumericParameter, number | null>>;
}

export const DEFAULT_OPTIONS: Required<Omit<ImpactOptions, 'parameters'>> = { showAdvice: true, showWhatIf: true };

/** The parameters that the panel's own options set; an emptied field sets none. */
export function parametersSetHere({ parameters = {} }: ImpactOptions): Partial<BusinessParameters> {
  const set: Partial<Record<NumericParameter, number>> = {};
  for (const name of NUMERIC_PARAMETERS) {
    const value = parameters[name];
    if (typeof value === 'number' && Number.isFinite(value)) {
      set[name] = value;
    }
  }
  return set;
}
