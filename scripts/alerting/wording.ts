/** Templates (Go's, over labels and values) that say a rule's numbers in words. */

/** Metrics in milliseconds are named after it; all others are fractions. */
const IS_MS = '{{ if match "_ms$" $labels.metric }}';

/** The number of a query in its metric's unit: `25.1 %` or `112 ms`. @param percent refId of the same number times 100 */
export const level = (refId: string, percent: string): string =>
  `${IS_MS}{{ printf "%.0f ms" $values.${refId}.Value }}{{ else }}{{ printf "%.2f %%" $values.${percent}.Value }}{{ end }}`;

/** A difference: `+3.62 pp` or `+28 ms`. */
export const difference = (refId: string, points: string): string =>
  `${IS_MS}{{ printf "%+.0f ms" $values.${refId}.Value }}{{ else }}{{ printf "%+.2f pp" $values.${points}.Value }}{{ end }}`;

/** A probability, which may be tiny. */
export const probability = (refId: string): string => `{{ printf "%.1g" $values.${refId}.Value }}`;

/** Somebody's own words inside a template. */
export const quoted = (words: string): string => words.replaceAll('{{', '{{ "{{" }}');

export const VARIANT = '{{ $labels.variant }}';
export const METRIC = '{{ $labels.metric }}';
