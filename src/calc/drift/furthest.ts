/** Drift of a whole model: that of its furthest feature, which neither many stable features dilute nor many make larger. */

export interface Measured {
  value: number | null;
  pValue: number | null;
}

/**
 * The largest value, and the smallest p-value times the number of those tested (Bonferroni, at most 1): small when any
 * feature drifted, however many were looked at. Null where no feature has a value or a p-value.
 */
export function furthest(features: readonly Measured[]): Measured {
  const values = features.flatMap(({ value }) => value ?? []);
  const tested = features.flatMap(({ pValue }) => pValue ?? []);
  return {
    value: values.length > 0 ? Math.max(...values) : null,
    pValue: tested.length > 0 ? Math.min(1, Math.min(...tested) * tested.length) : null,
  };
}
