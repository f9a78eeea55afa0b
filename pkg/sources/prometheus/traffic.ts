/** Counted traffic per variant: totals by one `increase()` over the period, and the same counters per time bucket. */
import type { Counters, CounterSeries, Traffic, TrafficRequest, VariantTraffic } from '../capabilities/traffic';
import { readCoverage } from './coverage';
import { duration } from './promql';
import { scaleSeries } from './scale-series';
import type { Counter } from './selectors';
import type { Histograms, SeriesByCounter, Totals, TrafficReader } from './traffic-question';
import { MS_PER_SECOND, Question } from './traffic-question';
import type { RangeSeries } from './wire';

/** @throws FailureError */
export async function readTraffic(
  reader: TrafficReader,
  request: TrafficRequest,
  signal: AbortSignal,
): Promise<Omit<Traffic, 'endpoint'>> {
  const { period, bucketMs } = request;
  if (period.to <= period.from) {
    return { variants: [], firstSample: null, newestSample: null, warnings: [], executed: [] };
  }
  const question = new Question(reader, request, signal);
  const covered = bucketMs === null ? null : question.coveredBuckets(bucketMs);
  const isWhole = covered !== null && covered.from === period.from && covered.to === period.to;
  const [seen, totals, coveredTotals, series, histograms, own] = await Promise.all([
    readCoverage(reader.api, question.selector('requests') ?? '', period, signal),
    question.totals(period),
    covered && !isWhole ? question.totals(covered) : null,
    covered && bucketMs !== null ? question.series(covered, bucketMs) : null,
    question.histograms(period),
    question.own(period),
  ]);
  const errors = await question.chooseErrors(totals);
  const assemble = new Assembly(question, errors);
  const variants = [...question.groups].map(([key, group]): VariantTraffic => {
    const native = histograms.native.get(key);
    return {
      ...group,
      totals: assemble.counters(totals, key, native),
      histogram: histograms.buckets.get(key) ?? null,
      series: series && assemble.series(series, coveredTotals ?? totals, key),
      ...(own.has(key) && { own: own.get(key) }),
    };
  });
  if (variants.length > 0 && !request.onlyRequests) {
    assemble.sayWhatIsMissing(totals, histograms);
  }
  return {
    variants: variants.filter(({ totals: { requests } }) => requests !== null),
    firstSample: seen.firstSample,
    newestSample: seen.newestSample,
    coverage: seen.coverage,
    warnings: [...new Set([...question.warnings, ...seen.warnings])],
    executed: [...question.executed, ...seen.executed],
  };
}

/** Puts the answers together, group by group. */
class Assembly {
  readonly #latencyScale: number;

  constructor(
    private readonly question: Question,
    private readonly errors: 'errors' | 'errorsFallback' | null,
  ) {
    this.#latencyScale = question.reader.mapping.scale * MS_PER_SECOND;
  }

  counters(totals: Totals, key: string, native: { sum: number; count: number } | undefined): Counters {
    const has = (counter: Counter) => (totals[counter]?.size ?? 0) > 0;
    const of = (counter: Counter) => totals[counter]?.get(key) ?? null;
    const sum = of('sum') ?? native?.sum ?? null;
    const labelled = of('labelled');
    return {
      requests: of('requests'),
      // A variant without errors has no error series at all: that is zero, not unknown.
      errors: this.errors === null ? null : (of(this.errors) ?? 0),
      latencySumMs: sum === null ? null : sum * this.#latencyScale,
      latencyCount: of('count') ?? native?.count ?? null,
      labelled,
      // Likewise none correct of some labelled, as long as the counter exists for anyone.
      correct: labelled === null || !has('correct') ? null : (of('correct') ?? 0),
    };
  }

  series(series: SeriesByCounter, totals: Totals, key: string): CounterSeries | null {
    const requests = series.requests?.get(key);
    if (!requests) {
      return null;
    }
    const { bucketMs } = this.question.request;
    const scaled = (counter: Counter, factor = 1): Float64Array | null => {
      const total = totals[counter]?.get(key) ?? 0;
      const result = scaleSeries(align(requests.times, series[counter]?.get(key)), total);
      if (!result) {
        this.question.warnings.add(
          `Time buckets of ${duration(bucketMs ?? 0)} hold too few samples to count by: widen them to several scrape intervals.`,
        );
      }
      return result && (factor === 1 ? result : result.map((value) => value * factor));
    };
    const counted = scaled('requests');
    if (!counted) {
      return null;
    }
    const has = (counter: Counter) => totals[counter]?.has(key) ?? false;
    const labelled = has('labelled') ? scaled('labelled') : null;
    const hasCorrect = (totals.correct?.size ?? 0) > 0;
    return {
      times: requests.times.map((end) => end - (bucketMs ?? 0)),
      requests: counted,
      errors: this.errors && scaled(this.errors),
      latencySumMs: has('sum') ? scaled('sum', this.#latencyScale) : null,
      labelled,
      correct: labelled && hasCorrect ? scaled('correct') : null,
    };
  }

  sayWhatIsMissing(totals: Totals, histograms: Histograms): void {
    const lacks = (counter: Counter) => (totals[counter]?.size ?? 0) === 0;
    const { warnings } = this.question;
    if (this.errors === null) {
      warnings.add(
        'Prometheus holds no errors for this experiment (mapping.prometheus.errors): the error rate is not known.',
      );
    }
    if (lacks('sum') && histograms.native.size === 0) {
      warnings.add('Prometheus holds no latency for this experiment (mapping.prometheus.sum).');
    } else if (histograms.buckets.size === 0) {
      warnings.add(
        'Prometheus holds no latency histogram (mapping.prometheus.bucket): only the mean is known, no p95.',
      );
    }
    if (lacks('labelled') || lacks('correct')) {
      warnings.add(
        'Prometheus counts no labelled predictions (mapping.prometheus.labelled): accuracy is not measured online.',
      );
    }
  }
}

/** A series' values at the times of another; where it has none, nothing was counted. */
function align(times: Float64Array, series: RangeSeries | undefined): Float64Array {
  const values = new Float64Array(times.length);
  if (series) {
    const at = new Map(Array.from(series.times, (time, index) => [time, series.values[index] ?? 0]));
    for (const [index, time] of times.entries()) {
      values[index] = at.get(time) ?? 0;
    }
  }
  return values;
}
