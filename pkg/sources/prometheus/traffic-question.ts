/** The questions behind one reading of traffic: which series, by which labels, over which times. */
import type { Bucket } from '../../../src/calc/stats/histogram';
import { FailureError } from '../../../src/contract/failure';
import type { PrometheusMapping } from '../../../src/contract/settings';
import { wholeBuckets } from '../period';
import type { OwnTotals, TrafficRequest } from '../capabilities/traffic';
import type { Period } from '../period';
import type { PrometheusApi } from './api';
import { readClassicBuckets, readNativeBuckets } from './histogram';
import { duration, fillSelector, grouping, labelsMatched } from './promql';
import type { Counter } from './selectors';
import { COUNTERS, labelOf, matchersOf, selectorOf } from './selectors';
import type { RangeSeries, Sample } from './wire';

export const MS_PER_SECOND = 1000;

export interface TrafficReader {
  api: PrometheusApi;
  mapping: PrometheusMapping;
  /** Most points a series. */
  maxPoints: number;
}

/** A variant, or a segment of it: the key of a group is both. */
interface Group {
  variant: string;
  segment: string | null;
}
type Grouped<T> = Map<string, T>;

export type Totals = Record<Counter, Grouped<number> | null>;
export type SeriesByCounter = Partial<Record<Counter, Grouped<RangeSeries>>>;
export interface Histograms {
  buckets: Grouped<Bucket[]>;
  native: Grouped<{ sum: number; count: number }>;
}

/** Counters that are also wanted per bucket. */
const SERIES: readonly Counter[] = ['requests', 'errors', 'errorsFallback', 'sum', 'labelled', 'correct'];

/** What is asked of Prometheus, and what it said besides the numbers. */
export class Question {
  readonly warnings = new Set<string>();
  readonly executed: string[] = [];
  readonly groups = new Map<string, Group>();
  readonly #by: string[];
  readonly #selectors: Record<Counter | 'bucket', string | null>;

  constructor(
    readonly reader: TrafficReader,
    readonly request: TrafficRequest,
    private readonly signal: AbortSignal,
  ) {
    const { mapping } = reader;
    const matchers = matchersOf(mapping, request);
    const find = (name: Counter | 'bucket') =>
      request.onlyRequests && name !== 'requests' ? null : selectorOf(mapping, name, matchers);
    const { dimension } = request;
    this.#by = dimension === null ? [mapping.variant] : [mapping.variant, labelOf(mapping, dimension)];
    this.#selectors = {
      requests: find('requests'),
      errors: find('errors'),
      errorsFallback: find('errorsFallback'),
      sum: find('sum'),
      count: find('count'),
      labelled: find('labelled'),
      correct: find('correct'),
      bucket: find('bucket'),
    };
  }

  selector(name: Counter | 'bucket'): string | null {
    return this.#selectors[name];
  }

  /** @throws FailureError class `limit` when the buckets are too many for one answer */
  coveredBuckets(bucketMs: number): Period | null {
    const covered = wholeBuckets(this.request.period, bucketMs);
    if (!covered) {
      this.warnings.add(`The period is shorter than one time bucket of ${duration(bucketMs)}.`);
    } else if ((covered.to - covered.from) / bucketMs > this.reader.maxPoints) {
      throw new FailureError({
        class: 'limit',
        source: 'prometheus',
        message: `Time buckets of ${duration(bucketMs)} over this period are more than ${String(this.reader.maxPoints)} points.`,
        fix: 'Use wider time buckets or a shorter period.',
      });
    }
    return covered;
  }

  async totals(period: Period): Promise<Totals> {
    const range = duration(period.to - period.from);
    const ask = async (counter: Counter): Promise<Grouped<number> | null> => {
      const selector = this.selector(counter);
      if (selector === null) {
        return null;
      }
      const samples = await this.#instant(this.#sumOfIncrease(selector, range), period.to);
      return new Map(samples.map((sample) => [this.#groupOf(sample.labels, counter === 'requests'), sample.value]));
    };
    const [requests, errors, errorsFallback, sum, count, labelled, correct] = await Promise.all(COUNTERS.map(ask));
    const given = (totals: Grouped<number> | null | undefined) => totals ?? null;
    return {
      requests: given(requests),
      errors: given(errors),
      errorsFallback: given(errorsFallback),
      sum: given(sum),
      count: given(count),
      labelled: given(labelled),
      correct: given(correct),
    };
  }

  /** `increase()` over each bucket, keyed by the bucket's end as Prometheus gives it. */
  async series(covered: Period, bucketMs: number): Promise<SeriesByCounter> {
    const grid = { start: covered.from + bucketMs, end: covered.to, stepMs: bucketMs };
    const found: SeriesByCounter = {};
    await Promise.all(
      SERIES.map(async (counter) => {
        const selector = this.selector(counter);
        if (selector === null) {
          return;
        }
        const expr = this.#sumOfIncrease(selector, duration(bucketMs));
        this.executed.push(expr);
        const reply = await this.reader.api.queryRange(expr, grid, this.signal);
        this.#note(reply.warnings);
        found[counter] = new Map(reply.value.map((series) => [this.#groupOf(series.labels, false), series]));
      }),
    );
    return found;
  }

  async histograms(period: Period): Promise<Histograms> {
    const selector = this.selector('bucket');
    const found: Histograms = { buckets: new Map(), native: new Map() };
    if (selector === null) {
      return found;
    }
    const range = duration(period.to - period.from);
    const expr = `sum ${grouping([...this.#by, 'le'])} (increase(${selector}[${range}]))`;
    const samples = await this.#instant(expr, period.to);
    const scale = this.reader.mapping.scale * MS_PER_SECOND;
    for (const sample of samples) {
      if (sample.histogram) {
        const key = this.#groupOf(sample.labels, false);
        found.buckets.set(key, readNativeBuckets(sample.histogram, scale));
        found.native.set(key, { sum: sample.histogram.sum, count: sample.histogram.count });
      }
    }
    const classic = samples.filter(({ histogram }) => !histogram);
    for (const [key, group] of groupBy(classic, ({ labels }) => this.#groupOf(labels, false))) {
      const buckets = readClassicBuckets(group, scale);
      if (buckets) {
        found.buckets.set(key, buckets);
      }
    }
    return found;
  }

  /** The mapping's own metrics, by group and id; those without buckets are left out. */
  async own(period: Period): Promise<Grouped<Record<string, OwnTotals>>> {
    const { mapping } = this.reader;
    const found: Grouped<Record<string, OwnTotals>> = new Map();
    const matchers = matchersOf(mapping, this.request);
    const range = duration(period.to - period.from);
    // The mean and the quantiles of one histogram are told by the same series.
    const asked = new Map<string, Promise<Sample[]>>();
    const ask = (selector: string, by: readonly string[]): Promise<Sample[]> => {
      const expr = `sum ${grouping(by)} (increase(${fillSelector(selector, matchers)}[${range}]))`;
      const answer = asked.get(expr) ?? this.#instant(expr, period.to);
      asked.set(expr, answer);
      return answer;
    };
    await Promise.all(
      (this.request.onlyRequests ? [] : mapping.metrics).map(async ({ id, bucket, sum, count, scale }) => {
        const [buckets, sums, counts] = await Promise.all([
          ask(bucket, [...this.#by, 'le']),
          ask(sum, this.#by),
          ask(count, this.#by),
        ]);
        const totals = (samples: readonly Sample[]) =>
          new Map(samples.map((sample) => [this.#groupOf(sample.labels, false), sample.value]));
        const [sumOf, countOf] = [totals(sums), totals(counts)];
        for (const [key, group] of groupBy(buckets, ({ labels }) => this.#groupOf(labels, false))) {
          const histogram = readClassicBuckets(group, scale);
          const [total, n] = [sumOf.get(key), countOf.get(key)];
          if (histogram && total !== undefined && n !== undefined) {
            found.set(key, { ...found.get(key), [id]: { sum: total * scale, count: n, histogram } });
          }
        }
      }),
    );
    return found;
  }

  /**
   * Which selector counts the errors: its own metric if it has data, else the fallback by status. The fallback says
   * “whatever is not a success”, so where requests carry no status label at all it would call every request an error.
   */
  async chooseErrors(totals: Totals): Promise<'errors' | 'errorsFallback' | null> {
    // Without the dimension's label they would count zero for every segment; the status then tells more.
    if ([...(totals.errors?.keys() ?? [])].some((key) => this.groups.has(key))) {
      return 'errors';
    }
    const fallback = this.selector('errorsFallback');
    if (!totals.errorsFallback || fallback === null) {
      return null;
    }
    const areAllErrors = [...(totals.requests ?? [])].every(
      ([key, count]) => totals.errorsFallback?.get(key) === count,
    );
    if (areAllErrors && totals.errorsFallback.size > 0) {
      const looksAt = labelsMatched(this.reader.mapping.errorsFallback ?? '');
      const present = await this.reader.api.labels(fallback, this.signal);
      if (!looksAt.some((label) => present.includes(label))) {
        return null;
      }
    }
    return 'errorsFallback';
  }

  #sumOfIncrease(selector: string, range: string): string {
    return `sum ${grouping(this.#by)} (increase(${selector}[${range}]))`;
  }

  async #instant(expr: string, time: number): Promise<Sample[]> {
    this.executed.push(expr);
    const reply = await this.reader.api.query(expr, time, this.signal);
    this.#note(reply.warnings);
    return reply.value;
  }

  #note(warnings: readonly string[]): void {
    for (const warning of warnings) {
      this.warnings.add(`Prometheus: ${warning}`);
    }
  }

  #groupOf(labels: Record<string, string>, isNew: boolean): string {
    const [variantLabel = '', segmentLabel] = this.#by;
    const variant = labels[variantLabel] ?? '';
    const segment = segmentLabel === undefined ? null : (labels[segmentLabel] ?? '');
    const key = JSON.stringify([variant, segment]);
    if (isNew) {
      this.groups.set(key, { variant, segment });
    }
    return key;
  }
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return groups;
}
