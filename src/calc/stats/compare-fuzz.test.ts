/** Thousands of contradictory, overflowing and nonsensical statistics: a typed refusal or finite numbers, never an exception. */
import { compare } from './compare';
import type { ComparedMetric, ComparisonPlan } from './comparison';
import type { SufficientStatistic } from './sufficient';

/** Mulberry32: the same cases on every machine. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const random = seeded(7);
const ODD = [0, -0, 1, 2, 0.5, -1, Number.NaN, Infinity, -Infinity, 1e-320, 1e308, 1e9, 1e15, 3.7, 149, 150, 24, 25];
const pick = <Value>(values: readonly [Value, ...Value[]]): Value =>
  values[Math.floor(random() * values.length)] ?? values[0];
const number = () => (random() < 0.3 ? pick([0, ...ODD]) : Math.round(10 ** (random() * 7)));

function statistic(kind: SufficientStatistic['kind']): SufficientStatistic {
  switch (kind) {
    case 'proportion':
      return { kind, n: number(), x: number() };
    case 'mean':
      return { kind, n: number(), sum: number(), sumSquares: number() * number() };
    case 'ratio':
      return {
        kind,
        n: number(),
        mSum: number(),
        mSumSquares: number() * number(),
        dSum: number(),
        dSumSquares: number() * number(),
        mdSumProducts: number() * number(),
      };
    case 'quantile': {
      const les = Array.from({ length: Math.floor(random() * 6) }, () => pick([1, 2, 5, 10, Infinity, -1, Number.NaN]));
      const buckets = les.map((le) => ({ le, count: number() }));
      return { kind, q: pick([0.95, 0.5, 0, 1, Number.NaN]), buckets: [...buckets, { le: Infinity, count: 1e7 }] };
    }
  }
}

/** Numbers that are not finite, by where they stand. */
function notFinite(value: unknown, path = ''): string[] {
  if (typeof value === 'number') {
    return Number.isFinite(value) ? [] : [path];
  }
  return typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, part]) => (key === 'metric' ? [] : notFinite(part, `${path}.${key}`)))
    : [];
}

it('no statistics make a comparison throw or answer with NaN or infinity', () => {
  const seen = new Set<string>();
  for (let run = 0; run < 20_000; run++) {
    const kind = pick(['proportion', 'mean', 'ratio', 'quantile'] as const);
    const strata = Array.from({ length: pick([1, 2, 3]) }, () => ({
      control: statistic(random() < 0.97 ? kind : 'mean'),
      variant: statistic(kind),
    }));
    const metric: ComparedMetric = {
      id: 'm',
      kind: random() < 0.5 ? 'proportion' : kind,
      direction: pick(['higher', 'lower'] as const),
      role: pick(['goal', 'guardrail'] as const),
      margin: pick([undefined, 0.01, 5]),
    };
    const plan: ComparisonPlan = {
      alpha: pick([0.05, 0.01, 0.2, 0.49, 1e-6]),
      decision: pick(['sequential', 'fixed'] as const),
      unit: pick(['requests', 'time-buckets', 'users', 'runs'] as const),
      anchored: random() < 0.8,
      randomised: random() < 0.9,
      plannedTotal: pick([1e6, 100, 1e12]),
      elapsedDays: pick([null, 0, 14]),
      inflation: pick([undefined, 1.3]),
      blocks: [],
    };
    const comparison = compare(metric, strata, plan);
    seen.add(comparison.refusal?.refused ?? comparison.verdict);
    const wrong = notFinite(comparison);
    if (wrong.length > 0) {
      throw new Error(`${wrong.join(', ')} of ${JSON.stringify({ strata, metric, plan })}`);
    }
  }
  // The cases are worth something only if they reach answers and refusals alike.
  expect([...seen]).toEqual(
    expect.arrayContaining(['winner', 'loser', 'bad-count', 'not-finite', 'events-exceed-trials', 'bad-buckets']),
  );
});
