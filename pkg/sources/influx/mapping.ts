/** Dimensions as the product names them, and the tags behind them. */
import type { InfluxMapping } from '../../../src/contract/settings';

/** `variant` and `experiment` are named by the mapping; `model` and `version` as scoring points spell them. */
export function tagOf(mapping: InfluxMapping, dimension: string): string {
  switch (dimension) {
    case 'variant':
      return mapping.variant;
    case 'experiment':
      return mapping.experiment ?? dimension;
    case 'model':
      return 'model_name';
    case 'version':
      return 'model_version';
    default:
      return dimension;
  }
}
