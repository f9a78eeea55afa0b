/** Times at which a range query is evaluated: aligned to the step, so that panels ask the same question and share its answer. */
import { chartStep } from '../period';
import type { Period } from '../period';

export interface Grid {
  /** First and last evaluation, epoch ms, both multiples of `stepMs`. */
  start: number;
  end: number;
  stepMs: number;
}

/** Evaluations over a period for a chart. The step grows until the store's limit of points a series is kept. */
export function chartGrid(period: Period, stepMs: number, maxPoints: number): Grid {
  const step = chartStep(period, stepMs, maxPoints);
  return { start: Math.floor(period.from / step) * step, end: Math.floor(period.to / step) * step, stepMs: step };
}
