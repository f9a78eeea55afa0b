/** What every row of a comparison is drawn with. */
import type { Provenance } from '../../calc/provenance';
import type { VariantMark } from '../shared/variant-marks';

export interface TableContext {
  marks: ReadonlyMap<string, VariantMark>;
  provenance: Provenance | undefined;
  alpha: number;
  now: number;
  /** Several treatments: a metric's rows carry the variant's name. */
  hasManyTreatments: boolean;
}
