/**
 * Every function that is given data from outside, with values that data have when something is broken: it must refuse by
 * name or answer right, and so never throw, never answer NaN or infinity, no probability outside of 0…1, no interval upside down.
 */
import { alignHistograms } from './drift/align';
import { measureDrift } from './drift/drift';
import { createGenerator } from './impact/generator';
import { differenceOfMeans, differenceOfProportions } from './impact/difference';
import { estimateImpact } from './impact/estimate-impact';
import { recommend } from './impact/recommendations';
import { simulateNet } from './impact/monte-carlo';
import { isImpactRefusal } from './impact/refusal';
import { sampleInput, SEED_PARAMETERS } from './impact/test-input';
import { betaPosterior, betaInterval } from './stats/beta-binomial';
import { calibrate } from './stats/calibration';
import { compare } from './stats/compare';
import type { ComparedMetric, ComparisonPlan } from './stats/comparison';
import { fisherPValue, fisherUpperTail } from './stats/fisher';
import { harmPValue } from './stats/harm';
import { histogramMoments } from './stats/histogram-moments';
import { meanMoments } from './stats/mean';
import { midExperimentPower } from './stats/mid-experiment';
import { testVariants } from './stats/multi-variant';
import { adjustFamily } from './stats/multiplicity';
import { testNonInferiority } from './stats/noninferiority';
import * as power from './stats/power';
import { proportionMoments } from './stats/proportion';
import { quantileMoments } from './stats/quantile';
import { ratioMoments } from './stats/ratio';
import { isRefusal } from './stats/refusal';
import { newcombeInterval, pooledZPValue, refuseCounts, wilsonInterval } from './stats/small-counts';
import { checkSplit } from './stats/split-check';
import { testSrm } from './stats/srm';
import { testSrmSequentially } from './stats/srm-sequential';
import { stratifiedFisherPValue } from './stats/stratified-counts';
import type { SufficientStatistic } from './stats/sufficient';
import { effectOf, testEffect } from './stats/welch';

const uniform = createGenerator(20_261_130);

function pick<Value>(values: readonly [Value, ...Value[]]): Value {
  return values[Math.floor(uniform() * values.length)] ?? values[0];
}

const ODD: readonly [number, ...number[]] = [
  0, -0, 1, 2, 0.5, -1, -0.25, Number.NaN, Infinity, -Infinity, 1e-320, 5e-324, 1e-9, 1e9, 1e15, 1e100, 1.7e308, 99.7, 2 ** 53,
]; // prettier-ignore
const ALPHAS: readonly [number, ...number[]] = [0.05, 0.01, 0.499, 0, -1, 0.5, 0.7, 1, 2, Number.NaN, Infinity, 1e-300];

const oddly = (share: number, usual: () => number): number => (uniform() < share ? pick(ODD) : usual());
const count = (): number => oddly(0.25, () => Math.floor(10 ** (uniform() * 10)));
const value = (): number => oddly(0.25, () => (uniform() - 0.3) * 10 ** (uniform() * 6 - 2));
const counts = () => {
  const n = count();
  return { n, x: oddly(0.2, () => Math.floor(n * uniform())) };
};
const list = <Item>(item: () => Item, longest = 5): Item[] =>
  Array.from({ length: pick([0, 1, 2, 3, longest, longest, 50]) }, item);
const buckets = () => {
  let cumulative = 0;
  const finite = list(() => 0, 12).map((_, index) => {
    cumulative += oddly(0.05, () => Math.floor(uniform() * 1000));
    return { le: oddly(0.05, () => 2 ** index), count: cumulative };
  });
  return uniform() < 0.9 ? [...finite, { le: Infinity, count: cumulative + Math.floor(uniform() * 20) }] : finite;
};
const sums = () => {
  const [n, mean, sd] = [count(), value(), Math.abs(value())];
  return { n, sum: oddly(0.1, () => n * mean), sumSquares: oddly(0.1, () => n * (mean * mean + sd * sd)) };
};
const ratioSums = () => {
  const { n, sum: mSum, sumSquares: mSumSquares } = sums();
  const [dSum, dSumSquares] = [oddly(0.1, () => n * 12), oddly(0.1, () => n * 160)];
  return { n, mSum, mSumSquares, dSum, dSumSquares, mdSumProducts: oddly(0.1, () => 12 * mSum) };
};

function statistic(kind: SufficientStatistic['kind']): SufficientStatistic {
  switch (kind) {
    case 'proportion':
      return { kind, ...counts() };
    case 'mean':
      return { kind, ...sums() };
    case 'ratio':
      return { kind, ...ratioSums() };
    case 'quantile':
      return { kind, q: pick([0.95, 0.5, 0, 1, Number.NaN, -1]), buckets: buckets() };
  }
}

const moments = () =>
  pick([() => proportionMoments(counts()), () => meanMoments(sums()), () => ratioMoments(ratioSums())] as const)();

/** What was given, and a Bayes factor that may be infinite: an arm without a planned share has traffic. */
const LEFT_OUT = ['metric', 'tunedFor', 'logBayesFactor'];

/** What must hold of an answer, wherever it stands in it; the paths where it does not. */
function wrongIn(answer: unknown, path = ''): string[] {
  if (typeof answer === 'number') {
    const isProbability = /p_?value|^\.?p$|chance|power\b|share|^\.?pNet|^\.?pRoi|holm|hochberg/i.test(
      path.split('.').at(-1) ?? '',
    );
    return Number.isFinite(answer) && (!isProbability || (answer >= 0 && answer <= 1)) ? [] : [`${path} = ${answer}`];
  }
  if (typeof answer !== 'object' || answer === null) {
    return [];
  }
  const upsideDown =
    'low' in answer && 'high' in answer && typeof answer.low === 'number' && typeof answer.high === 'number'
      ? answer.low > answer.high
      : false;
  return [
    ...(upsideDown ? [`${path} is upside down`] : []),
    ...Object.entries(answer).flatMap(([key, part]) => (LEFT_OUT.includes(key) ? [] : wrongIn(part, `${path}.${key}`))),
  ];
}

const range = ([low, high]: readonly [number, number]) => ({ low, high });

/** Each function with one call of it; a refusal is an answer. */
const CALLS: Readonly<Record<string, (input: { alpha: number }) => unknown>> = {
  compare: ({ alpha }) => {
    const kind = pick(['proportion', 'mean', 'ratio', 'quantile'] as const);
    const strata = list(() => ({ control: statistic(kind), variant: statistic(uniform() < 0.97 ? kind : 'mean') }), 2);
    const metric: ComparedMetric = {
      id: 'm',
      kind: uniform() < 0.5 ? 'proportion' : kind,
      direction: pick(['higher', 'lower'] as const),
      role: pick(['goal', 'guardrail'] as const),
      margin: uniform() < 0.5 ? undefined : value(),
      boundary: uniform() < 0.8 ? undefined : value(),
    };
    const plan: ComparisonPlan = {
      alpha,
      decision: pick(['sequential', 'fixed'] as const),
      unit: pick(['requests', 'time-buckets', 'users', 'runs'] as const),
      anchored: uniform() < 0.8,
      randomised: uniform() < 0.9,
      plannedTotal: oddly(0.1, () => 1e6),
      elapsedDays: uniform() < 0.8 ? 14 : null,
      inflation: uniform() < 0.8 ? undefined : value(),
      targetEffect: uniform() < 0.8 ? undefined : value(),
      targetPower: uniform() < 0.8 ? undefined : value(),
      minimumEvents: uniform() < 0.9 ? undefined : count(),
      blocks: [],
    };
    const harm = harmPValue(metric, strata, plan.inflation);
    return { comparison: compare(metric, strata, plan), harm: { pValue: harm } };
  },
  'effectOf, testEffect, testNonInferiority, midExperimentPower': ({ alpha }) => {
    const effect = effectOf(moments(), moments(), pick(['absolute', 'relative'] as const));
    if (isRefusal(effect)) {
      return effect;
    }
    const test = testEffect(effect, alpha);
    const plan = {
      alpha,
      targetPower: oddly(0.2, () => 0.8),
      targetEffect: value(),
      tuning: pick([null, 5000, count()]),
    };
    return {
      test: isRefusal(test) ? test : { ...test, interval: range(test.interval) },
      bound: testNonInferiority(effect, { alpha, margin: value(), better: pick(['lower', 'higher'] as const) }),
      missing: midExperimentPower({ standardError: effect.standardError, n: count() }, plan),
    };
  },
  'testVariants, adjustFamily': ({ alpha }) => {
    const scale = pick(['absolute', 'relative'] as const);
    const tests = testVariants(list(moments, 50), pick([0, 0, 0, 3, -1, 99]), { alpha, scale });
    const family = list(() => (uniform() < 0.1 ? null : uniform()), 50);
    return {
      tests: tests.map(({ test, ...rest }) =>
        isRefusal(test) ? rest : { ...rest, ...test, interval: range(test.interval) },
      ),
      holm: adjustFamily(family, 'holm').map((pValue) => ({ pValue })),
      hochberg: adjustFamily(family, 'bh').map((pValue) => ({ pValue })),
    };
  },
  'small counts': ({ alpha: level }) => {
    const alpha = level > 1e-9 && level < 0.5 ? level : 0.05;
    const [a, b] = [counts(), counts()];
    const whole = ({ n, x }: { n: number; x: number }) => ({ n: Math.round(n), x: Math.round(x) });
    const [control, variant] = [whole(a), whole(b)];
    const refusal = refuseCounts(control, 'control') ?? refuseCounts(variant, 'variant');
    if (refusal !== null) {
      return refusal;
    }
    return {
      wilson: range(wilsonInterval(control, alpha)),
      newcombe: range(newcombeInterval(control, variant, alpha)),
      pooled: { pValue: pooledZPValue(control, variant) },
      fisher: { pValue: fisherPValue(control, variant) },
      upper: { pValue: fisherUpperTail(control, variant) },
      strata: {
        pValue: stratifiedFisherPValue([
          { control, variant },
          { control: variant, variant: control },
        ]),
      },
      beta: range(betaInterval(betaPosterior(control), alpha)),
    };
  },
  power: ({ alpha }) => {
    const metric = { mean: value(), variance: value() };
    const plan = { alpha, power: oddly(0.3, uniform), effect: value(), n: count(), ratio: value(), tuning: count() };
    return {
      planned: power.plannedPower(metric, plan),
      sequential: power.plannedSequentialPower(metric, plan),
      mde: power.minimumDetectableEffect(metric, plan),
      size: power.sampleSizePerArm(metric, plan),
      absolute: power.sampleSizeAbsolute(metric.variance, plan),
      days: power.daysNeeded(metric, { ...plan, dailyControl: count(), dailyVariant: count() }),
    };
  },
  'splits of traffic': () => {
    const weights = list(() => oddly(0.1, uniform), 2);
    const observed = uniform() < 0.9 ? weights.map(count) : list(count);
    const batches = list(() => weights.map(count), 3);
    return {
      fixed: [testSrm(observed, weights), testSrm(observed, weights, 'counted')],
      sequential: testSrmSequentially(
        batches,
        weights,
        oddly(0.1, () => 1e4),
      ),
      check: checkSplit(
        list(() => ({ observed, weights }), 2),
        { assignment: pick(['user', 'request', 'unknown'] as const) },
      ),
    };
  },
  histograms: () => ({
    moments: histogramMoments(buckets(), { lower: value(), infCap: pick([null, value()]), sum: pick([null, value()]) }),
    quantile: quantileMoments(pick([0.95, 0.5, 0, 1, Number.NaN, 1e-9]), buckets()),
  }),
  calibrate: ({ alpha }) =>
    calibrate(
      list(() => ({ split: 's', zScores: list(value, 30) }), 2),
      alpha,
    ),
  drift: () => {
    const [reference, current] = [list(count, 12), list(count, 12)];
    const edges = uniform() < 0.5 ? undefined : [...reference, 0].map((_, index) => oddly(0.05, () => index * 2.5));
    const numeric = (own: readonly number[]) => ({
      kind: 'numeric' as const,
      counts: own,
      bounds: own.map((_, index) => oddly(0.05, () => index + 1)),
    });
    const aligned = alignHistograms(numeric(reference), numeric(current));
    return {
      direct: measureDrift({ reference, current: uniform() < 0.9 ? reference.map(count) : current, edges }),
      aligned: isRefusal(aligned) ? aligned : measureDrift(aligned),
    };
  },
  impact: ({ alpha }) => {
    const input = {
      ...sampleInput({
        accuracy: differenceOfProportions(counts(), counts()),
        latency: uniform() < 0.2 ? null : differenceOfMeans(sums(), sums()),
        errors: differenceOfProportions(counts(), counts()),
        exposure: oddly(0.2, uniform),
        days: oddly(0.2, () => 14),
        requestsPerDay: pick([null, count()]),
        covariances: { accuracyLatency: oddly(0.2, () => 0), latencyErrors: oddly(0.2, () => 0) },
        parameters: {
          baseVolume: count(),
          revenueMultiplier: oddly(0.3, uniform),
          multiplierCv: oddly(0.3, uniform),
          costPerMs: oddly(0.3, uniform),
          infrastructure: value(),
          requestsPerDay: pick([undefined, count()]),
        },
      }),
      alpha,
    };
    const impact = estimateImpact(input);
    if (isImpactRefusal(impact)) {
      return impact;
    }
    return { impact, advice: recommend({ variant: 'b', control: 'a', input, impact }) };
  },
};

describe.each(Object.entries(CALLS))('%s', (_, call) => {
  it('refuses bad input or answers it right', () => {
    for (let run = 0; run < 150; run++) {
      const alpha = uniform() < 0.7 ? 0.05 : pick(ALPHAS);
      const answer = call({ alpha });
      expect({ run, wrong: wrongIn(answer) }).toEqual({ run, wrong: [] });
    }
  });
});

it('net by simulation refuses counts that no draw could be made from', () => {
  const sound = { control: { n: 100, x: 80 }, treatment: { n: 100, x: 81 } };
  const latency = { control: { n: 9, sum: 90, sumSquares: 999 }, treatment: { n: 9, sum: 91, sumSquares: 999 } };
  const input = { ...SEED_PARAMETERS, requestsPerDay: 1000, accuracyMode: 'absolute' as const, seed: 1, draws: 1000 };
  const broken = { ...sound, treatment: { n: 10, x: 12 } };
  expect(simulateNet({ ...input, accuracy: broken, errors: sound, latency })).toMatchObject({
    refused: 'not-a-number',
  });
  expect(wrongIn(simulateNet({ ...input, accuracy: sound, errors: sound, latency }))).toEqual([]);
});
