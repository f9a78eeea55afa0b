/** How far a what-if slider reaches: three times the value it starts from, so that the start sits at a third. */
import type { NumericParameter } from '../../calc/impact/parameters';

export interface SliderRange {
  min: number;
  max: number;
  step: number;
}

/** What to reach to when the value started from is 0. */
const REACH_FROM_ZERO: Record<NumericParameter, number> = {
  baseVolume: 10_000_000,
  revenueMultiplier: 0.01,
  costPerMs: 0.0005,
  costPerError: 100,
  infrastructure: 100_000,
  servingCost: 0.001,
  requestsPerDay: 100_000,
  multiplierCv: 1.5,
};

/** Range of a parameter's slider around the value it starts from; requests never reach 0, which no rollout has. */
export function sliderRange(name: NumericParameter, start: number): SliderRange {
  const reach = start === 0 ? REACH_FROM_ZERO[name] : 3 * Math.abs(start);
  const step = reach / 300;
  const min = start < 0 ? -reach : name === 'requestsPerDay' ? step : 0;
  return { min, max: reach, step };
}
