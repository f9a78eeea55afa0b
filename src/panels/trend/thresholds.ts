/** The thresholds of a chart: from the field config, named by the panel's options. */
import { ThresholdsMode, type Field, type GrafanaTheme2 } from '@grafana/data';
import { decimalsOfStep } from './ticks';
import { scaleOf, type ValueWriter } from './value-writer';

export interface Threshold {
  value: number;
  colour: string;
  /** Written on the line: `guardrail 124 ms`, `limit 124 ms`; of a region: `watch from 0.10`. */
  words: string;
  /** The band's own name, once a value is past the threshold; null for an unnamed one. */
  name: string | null;
}

/** Thresholds above the base, lowest first. Percentages have no place on an axis without both ends and are left out. */
export function readThresholds(
  field: Field,
  { names, areRegions }: { names: string; areRegions: boolean },
  write: ValueWriter,
  theme: GrafanaTheme2,
): Threshold[] {
  const config = field.config.thresholds;
  if (config === undefined || config.mode === ThresholdsMode.Percentage) {
    return [];
  }
  const scale = scaleOf(field.config.unit);
  const named = names.split(',').map((name) => name.trim());
  const steps = config.steps.filter((step) => Number.isFinite(step.value));
  // One number of decimals for all, as in any column: 0.10 and 0.25.
  const decimals = Math.max(0, ...steps.map(({ value }) => decimalsOfStep(value, scale)));
  return steps.map((step, index) => {
    const name = named[index] ?? '';
    return {
      value: step.value,
      colour: theme.visualization.getColorByName(step.color),
      words: `${name === '' ? 'limit' : name} ${areRegions ? 'from ' : ''}${write(step.value, decimals)}`,
      name: name === '' ? null : name,
    };
  });
}

export interface Crossing {
  threshold: Threshold;
  /** Since when the series has been past it without a break, epoch ms; null where that was so from its first sample on. */
  since: number | null;
}

/** The highest threshold a series is past now, and since when; null below all of them. */
export function crossingOf(
  time: readonly number[],
  values: ReadonlyArray<number | null>,
  thresholds: readonly Threshold[],
): Crossing | null {
  const last = values.findLastIndex((value) => value !== null);
  const current = values[last];
  if (current == null) {
    return null;
  }
  const threshold = thresholds.findLast((candidate) => current >= candidate.value);
  if (threshold === undefined) {
    return null;
  }
  let start = last;
  for (let index = last; index >= 0; index -= 1) {
    const value = values[index];
    if (value != null && value < threshold.value) {
      break;
    }
    start = value == null ? start : index;
  }
  const first = values.findIndex((value) => value !== null);
  return { threshold, since: start <= first ? null : (time[start] ?? null) };
}
