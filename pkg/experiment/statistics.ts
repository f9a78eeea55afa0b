/** Sufficient statistics of one arm over one chunk, and their sum: what is kept, and what adds up (design §3.3). */
import type { Bucket } from '../../src/calc/stats/histogram';
import type { RatioStatistic } from '../../src/calc/stats/sufficient';
import type { Counters, CounterSeries, OwnTotals, VariantTraffic } from '../sources/capabilities/traffic';

/** Metrics that are a ratio of two counters, and so can be tested over time buckets. */
export const RATIO_METRICS = {
  error_rate: { numerator: 'errors', denominator: 'requests' },
  accuracy: { numerator: 'correct', denominator: 'labelled' },
  latency_mean_ms: { numerator: 'latencySumMs', denominator: 'requests' },
} as const satisfies Record<string, { numerator: SeriesCounter; denominator: SeriesCounter }>;
export type RatioMetric = keyof typeof RATIO_METRICS;
type SeriesCounter = Exclude<keyof CounterSeries, 'times'>;

export interface ArmStatistics {
  counters: Counters;
  /** Cumulative latency buckets, ms. */
  histogram: Bucket[] | null;
  /** The same metric over the chunk's time buckets, for the unit `time-buckets`. */
  overBuckets: Record<RatioMetric, RatioStatistic | null>;
  /** The mapping's own metrics, by id. */
  own?: Readonly<Record<string, OwnTotals>>;
  /** Set when two chunks had different latency buckets: their histograms cannot be added. */
  bucketsChanged: boolean;
}

export const NO_STATISTICS: ArmStatistics = {
  counters: { requests: null, errors: null, latencySumMs: null, latencyCount: null, labelled: null, correct: null },
  histogram: null,
  overBuckets: { error_rate: null, accuracy: null, latency_mean_ms: null },
  bucketsChanged: false,
};

/** Reduces what a source returned for one variant to what is needed of it. */
export function summariseTraffic(traffic: VariantTraffic): ArmStatistics {
  const { series } = traffic;
  return {
    counters: traffic.totals,
    histogram: traffic.histogram,
    overBuckets: {
      error_rate: series && ratioOverBuckets(series, 'error_rate'),
      accuracy: series && ratioOverBuckets(series, 'accuracy'),
      latency_mean_ms: series && ratioOverBuckets(series, 'latency_mean_ms'),
    },
    ...(traffic.own && { own: traffic.own }),
    bucketsChanged: false,
  };
}

/** Ratio statistics with the time bucket as the unit; buckets without traffic are not units. */
export function ratioOverBuckets(
  series: CounterSeries,
  metric: RatioMetric,
  from = 0,
  to = series.times.length,
): RatioStatistic | null {
  const { numerator, denominator } = RATIO_METRICS[metric];
  const m = series[numerator];
  const d = series[denominator];
  if (!m || !d) {
    return null;
  }
  const sum: RatioStatistic = {
    kind: 'ratio',
    n: 0,
    mSum: 0,
    mSumSquares: 0,
    dSum: 0,
    dSumSquares: 0,
    mdSumProducts: 0,
  };
  for (let i = from; i < to; i++) {
    const mi = m[i] ?? 0;
    const di = d[i] ?? 0;
    if (!(di > 0) || !Number.isFinite(mi)) {
      continue;
    }
    sum.n += 1;
    sum.mSum += mi;
    sum.mSumSquares += mi * mi;
    sum.dSum += di;
    sum.dSumSquares += di * di;
    sum.mdSumProducts += mi * di;
  }
  return sum;
}

const plus = (a: number | null, b: number | null): number | null => (a === null ? b : b === null ? a : a + b);

/** The sum of two arms' statistics. A counter that only one of them holds counts as it stands. */
export function addStatistics(a: ArmStatistics, b: ArmStatistics): ArmStatistics {
  const histogram = addHistograms(a.histogram, b.histogram);
  return {
    counters: {
      requests: plus(a.counters.requests, b.counters.requests),
      errors: plus(a.counters.errors, b.counters.errors),
      latencySumMs: plus(a.counters.latencySumMs, b.counters.latencySumMs),
      latencyCount: plus(a.counters.latencyCount, b.counters.latencyCount),
      labelled: plus(a.counters.labelled, b.counters.labelled),
      correct: plus(a.counters.correct, b.counters.correct),
    },
    histogram: histogram === 'changed' ? null : histogram,
    overBuckets: {
      error_rate: addRatios(a.overBuckets.error_rate, b.overBuckets.error_rate),
      accuracy: addRatios(a.overBuckets.accuracy, b.overBuckets.accuracy),
      latency_mean_ms: addRatios(a.overBuckets.latency_mean_ms, b.overBuckets.latency_mean_ms),
    },
    ...addOwn(a.own, b.own),
    bucketsChanged: a.bucketsChanged || b.bucketsChanged || histogram === 'changed',
  };
}

/** A metric whose buckets changed between two chunks cannot be added up, and is left out. */
function addOwn(a: ArmStatistics['own'] = {}, b: ArmStatistics['own'] = {}): Pick<ArmStatistics, 'own'> {
  const ids = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  const own = ids.flatMap((id): Array<[string, OwnTotals]> => {
    const [one, other] = [a[id], b[id]];
    if (!one || !other) {
      const only = one ?? other;
      return only ? [[id, only]] : [];
    }
    const histogram = addHistograms(one.histogram, other.histogram);
    return histogram === 'changed' || histogram === null
      ? []
      : [[id, { sum: one.sum + other.sum, count: one.count + other.count, histogram }]];
  });
  return own.length > 0 ? { own: Object.fromEntries(own) } : {};
}

function addRatios(a: RatioStatistic | null, b: RatioStatistic | null): RatioStatistic | null {
  if (!a || !b) {
    return a ?? b;
  }
  return {
    kind: 'ratio',
    n: a.n + b.n,
    mSum: a.mSum + b.mSum,
    mSumSquares: a.mSumSquares + b.mSumSquares,
    dSum: a.dSum + b.dSum,
    dSumSquares: a.dSumSquares + b.dSumSquares,
    mdSumProducts: a.mdSumProducts + b.mdSumProducts,
  };
}

function addHistograms(a: Bucket[] | null, b: Bucket[] | null): Bucket[] | null | 'changed' {
  if (!a?.length || !b?.length) {
    return a?.length ? a : b;
  }
  if (a.length !== b.length || a.some((bucket, index) => bucket.le !== b[index]?.le)) {
    return 'changed';
  }
  return a.map((bucket, index) => ({ le: bucket.le, count: bucket.count + (b[index]?.count ?? 0) }));
}
