/** Round axis values: few, evenly spaced, with the decimals their step needs. */

const STEPS = [1, 2, 2.5, 5, 10];

/** The smallest round step that covers `span` in at most `count` pieces. */
function roundStep(span: number, count: number): number {
  const rough = span / Math.max(1, count);
  const magnitude = 10 ** Math.floor(Math.log10(rough));
  const step = STEPS.find((candidate) => candidate * magnitude >= rough * (1 - 1e-9)) ?? 10;
  return step * magnitude;
}

export interface Axis {
  min: number;
  max: number;
  ticks: number[];
  step: number;
}

/** At most this many labels stand beside an axis. */
const MOST_TICKS = 5;

/** A range widened to round ends with at most five ticks. A single value gets room around it, zero above it only. */
export function roundAxis(low: number, high: number, hard: { min?: number | null; max?: number | null } = {}): Axis {
  const from = hard.min ?? low;
  const to = Math.max(hard.max ?? high, from);
  const pad = from === to ? Math.abs(from) * 0.1 || 1 : 0;
  const padded = { from: hard.min ?? (from === 0 ? 0 : from - pad), to: hard.max ?? to + pad };
  let step = roundStep(padded.to - padded.from, MOST_TICKS - 1);
  let first = Math.floor(padded.from / step + 1e-9);
  let last = Math.ceil(padded.to / step - 1e-9);
  if (last - first + 1 > MOST_TICKS) {
    step = roundStep(step * 1.01 * (MOST_TICKS - 1), MOST_TICKS - 1);
    first = Math.floor(padded.from / step + 1e-9);
    last = Math.ceil(padded.to / step - 1e-9);
  }
  const ticks = Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step);
  const min = hard.min ?? first * step;
  const max = hard.max ?? last * step;
  return { min, max, step, ticks: ticks.filter((tick) => tick >= min - step * 1e-6 && tick <= max + step * 1e-6) };
}

/** Decimals that tell two neighbouring ticks apart, at `scale` (100 for a fraction written in per cent). */
export function decimalsOfStep(step: number, scale = 1): number {
  for (let decimals = 0; decimals < 8; decimals += 1) {
    const shifted = step * scale * 10 ** decimals;
    if (Math.abs(shifted - Math.round(shifted)) < 1e-6) {
      return decimals;
    }
  }
  return 8;
}
