/** One picture of the gallery: a panel, its data and its options. */
import type { DataFrame, DataQueryError, FieldConfigSource, LoadingState } from '@grafana/data';

export interface GalleryCase {
  /** The folder under `src/panels`. */
  panel: 'comparison' | 'trend' | 'impact';
  title: string;
  height: number;
  series: DataFrame[];
  /** Laid over the panel's defaults. */
  options?: Record<string, unknown>;
  fieldConfig?: FieldConfigSource;
  state?: LoadingState;
  errors?: DataQueryError[];
  annotations?: DataFrame[];
  /** The dashboard's range, epoch ms; a day before the fixtures' now otherwise. */
  range?: { from: number; to: number };
}
