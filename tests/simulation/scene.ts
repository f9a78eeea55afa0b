/** What the simulations share: the metrics compared, the plan they are compared by, and seeded draws. */
import { randomBinomial } from 'd3-random';
import { createGenerator, type Generator } from '../../src/calc/impact/generator';
import type { ComparedMetric, Comparison, ComparisonPlan, Interval } from '../../src/calc/stats/comparison';
import { isRefusal, type Refusal } from '../../src/calc/stats/refusal';
import type { ProportionStatistic } from '../../src/calc/stats/sufficient';

export const ALPHA = 0.05;

export const ERROR_RATE: ComparedMetric = { id: 'error_rate', kind: 'proportion', direction: 'lower', role: 'goal' };
export const LATENCY: ComparedMetric = { id: 'latency_mean_ms', kind: 'mean', direction: 'lower', role: 'goal' };
export const P95: ComparedMetric = { id: 'latency_p95_ms', kind: 'quantile', direction: 'lower', role: 'goal' };

/** A plan for `plannedTotal` observations of both arms. */
export const planFor = (plannedTotal: number): ComparisonPlan => ({
  alpha: ALPHA,
  decision: 'sequential',
  unit: 'requests',
  anchored: true,
  randomised: true,
  plannedTotal,
  elapsedDays: null,
  blocks: [],
});

export const proportion = (n: number, x: number): ProportionStatistic => ({ kind: 'proportion', n, x });

/** Draws events among `n` observations. */
export const binomialDraw = (uniform: Generator) => {
  const draw = randomBinomial.source(uniform);
  return (n: number, p: number): number => draw(n, p)();
};

const isAnswer = <T>(value: T | Refusal): value is T =>
  !(typeof value === 'object' && value !== null && isRefusal(value));

/** What the engine answered; a refusal fails the simulation. */
export function answered<T>(value: T | Refusal): T {
  if (!isAnswer(value)) {
    throw new Error(`refused: ${JSON.stringify(value)}`);
  }
  return value;
}

export const isCovered = (interval: Interval, truth: number): boolean =>
  interval.low <= truth && truth <= interval.high;

/** The tested lift; a simulation in which the engine refuses to answer has failed. */
export function liftOf({ absolute, refusal }: Comparison): NonNullable<Comparison['absolute']> {
  if (absolute === null) {
    throw new Error(`no lift: ${refusal?.refused ?? 'unknown'}`);
  }
  return absolute;
}

/** The relative lift, likewise. */
export function relativeOf({ relative }: Comparison): NonNullable<Comparison['relative']> {
  if (relative === null) {
    throw new Error('no relative lift');
  }
  return relative;
}

/** Fails the simulation when another method answered than the one it is about. */
export function requireMethod({ method }: Comparison, wanted: NonNullable<Comparison['method']>): void {
  if (method !== wanted) {
    throw new Error(`answered by ${method ?? 'no method'}, not by ${wanted}`);
  }
}

export const sequentialOf = ({ sequential }: { sequential: Interval | null }): Interval => {
  if (sequential === null) {
    throw new Error('no sequential interval');
  }
  return sequential;
};

export { createGenerator };
