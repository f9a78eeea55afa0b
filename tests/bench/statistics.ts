/** How many full comparisons one core makes. */
import { compare } from '../../src/calc/stats/compare';
import type { ComparedMetric, ComparisonPlan, Stratum } from '../../src/calc/stats/comparison';
import type { Figure } from './figure';

const PLAN: ComparisonPlan = {
  alpha: 0.05,
  decision: 'sequential',
  unit: 'requests',
  anchored: true,
  randomised: true,
  plannedTotal: 1_000_000,
  elapsedDays: 14,
  blocks: [],
};

const METRIC: ComparedMetric = {
  id: 'error_rate',
  kind: 'proportion',
  direction: 'lower',
  role: 'guardrail',
  margin: 0.002,
};

/** Two phases whose counts differ from run to run, so that nothing can be kept. */
const strataOf = (run: number): Stratum[] =>
  [0, 1].map((phase) => ({
    control: { kind: 'proportion', n: 200_000 + run, x: 2_400 + (run % 97) + phase },
    variant: { kind: 'proportion', n: 90_000 + run, x: 1_000 + (run % 89) + phase },
  }));

export function benchStatistics(): Promise<Figure[]> {
  const runs = 40_000;
  let decided = 0;
  for (let run = 0; run < 5_000; run++) {
    decided += compare(METRIC, strataOf(run), PLAN).verdict === 'winner' ? 1 : 0;
  }
  const began = performance.now();
  for (let run = 0; run < runs; run++) {
    decided += compare(METRIC, strataOf(run), PLAN).verdict === 'winner' ? 1 : 0;
  }
  const seconds = (performance.now() - began) / 1000;
  return Promise.resolve([
    {
      what: `full comparisons a second, one core (${decided} decided)`,
      value: runs / seconds,
      unit: '/s',
      goal: { atLeast: 20_000 },
    },
  ]);
}
