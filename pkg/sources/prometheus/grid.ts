/** Times at which a range query is evaluated: aligned to the step, so that panels ask the same question and share its answer. */
import type { Period } from '../source';

export interface Grid {
  /** First and last evaluation, epoch ms, both multiples of `stepMs`. */
  start: number;
  end: number;
  stepMs: number;
}

const FINEST_STEP_MS = 1000;

/** Evaluations over a period for a chart. The step grows until the store's limit of points a series is kept. */
export function chartGrid(period: Period, stepMs: number, maxPoints: number): Grid {
  const wanted = Math.max(FINEST_STEP_MS, Math.round(stepMs / 1000) * 1000);
  const span = Math.max(period.to - period.from, 0);
  const smallest = Math.ceil(span / (maxPoints - 1) / FINEST_STEP_MS) * FINEST_STEP_MS;
  // Whole multiples of the wanted step keep coarser charts on the same grid as finer ones.
  const step = wanted >= smallest ? wanted : Math.ceil(smallest / wanted) * wanted;
  return { start: Math.floor(period.from / step) * step, end: Math.floor(period.to / step) * step, stepMs: step };
}
