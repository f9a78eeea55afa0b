/** A month of A/A traffic, minute by minute, and a data source that reads it as if Prometheus had counted it. */
import pino from 'pino';
import { settingsSchema } from '../../src/contract/settings';
import { CatalogueReader } from '../../pkg/experiment/catalogue';
import { EvidenceReader } from '../../pkg/experiment/evidence';
import { LedgerReader } from '../../pkg/experiment/ledger';
import { MonitoringReader } from '../../pkg/experiment/monitoring';
import type { Instance } from '../../pkg/instance';
import type { Traffic, VariantTraffic } from '../../pkg/sources/capabilities/traffic';
import type { Period } from '../../pkg/sources/period';
import type { Source } from '../../pkg/sources/source';
import { binomialDraw, createGenerator } from './scene';

export const MINUTE = 60_000;
export const DAY = 86_400_000;
export const START = Date.parse('2026-09-01T00:00:00Z');
export const MONTH_MINUTES = 30 * 1440;
/** Requests a day: the demo's main test. */
const REQUESTS_PER_DAY = 43_700;
const RATES = { errors: 0.0119, labelled: 0.16, correct: 0.782 };
/** Share of requests up to each boundary, ms. */
const LATENCY: ReadonlyArray<[le: number, share: number]> = [
  [50, 0.68], [75, 0.917], [100, 0.98], [150, 0.9985], [200, 0.99985], [250, 0.99998], [500, 1],
]; // prettier-ignore

/** Running counts of one arm, a value a minute. */
export interface Arm {
  requests: Float64Array;
  errors: Float64Array;
  labelled: Float64Array;
  correct: Float64Array;
  buckets: Float64Array[];
}

/** Arrivals with the demo's day and night; outcomes alike in both arms. The same seed gives the same month. */
export function live(seed: number, variantShare: number): [control: Arm, variant: Arm] {
  const uniform = createGenerator(seed);
  const binomial = binomialDraw(uniform);
  const armOf = (share: number): Arm => {
    const running = () => new Float64Array(MONTH_MINUTES + 1);
    const arm: Arm = {
      requests: running(),
      errors: running(),
      labelled: running(),
      correct: running(),
      buckets: LATENCY.map(running),
    };
    for (let minute = 0; minute < MONTH_MINUTES; minute++) {
      const hour = (minute / 60) % 24;
      const arrivals = (REQUESTS_PER_DAY / 1440) * (1 + 0.42 * Math.cos((2 * Math.PI * (hour - 20.5)) / 24));
      const n = binomial(10_000, (share * arrivals) / 10_000);
      const labelled = binomial(n, RATES.labelled);
      const add = (counts: Float64Array, count: number) => (counts[minute + 1] = (counts[minute] ?? 0) + count);
      add(arm.requests, n);
      add(arm.errors, binomial(n, RATES.errors));
      add(arm.labelled, labelled);
      add(arm.correct, binomial(labelled, RATES.correct));
      let left = n;
      let below = 0;
      let slower = 1;
      LATENCY.forEach(([, upTo], index) => {
        const within = slower > 0 ? binomial(left, Math.min(1, (upTo - (1 - slower)) / slower)) : 0;
        below += within;
        left -= within;
        slower = 1 - upTo;
        add(arm.buckets[index] ?? running(), below);
      });
    }
    return arm;
  };
  return [armOf(1 - variantShare), armOf(variantShare)];
}

/** Counts of an arm between two minutes of the month. */
export function between(arm: Arm, from: number, to: number) {
  const count = (running: Float64Array) => (running[to] ?? 0) - (running[from] ?? 0);
  const requests = count(arm.requests);
  const histogram = LATENCY.map(([le], index) => ({ le, count: count(arm.buckets[index] ?? new Float64Array()) }));
  return {
    requests,
    errors: count(arm.errors),
    labelled: count(arm.labelled),
    correct: count(arm.correct),
    histogram: [...histogram, { le: Infinity, count: requests }],
  };
}

const minuteOf = (instant: number): number =>
  Math.min(MONTH_MINUTES, Math.max(0, Math.floor((instant - START) / MINUTE)));

/** Prometheus, had it counted these arms. */
export function storeOf(arms: ReadonlyMap<string, Arm>): Source {
  const countsOf = (variant: string, arm: Arm, period: Period, bucketMs: number | null): VariantTraffic => {
    const { histogram, ...counts } = between(arm, minuteOf(period.from), minuteOf(period.to));
    const times: number[] = [];
    for (let time = period.from; bucketMs !== null && time + bucketMs <= period.to; time += bucketMs) {
      times.push(time);
    }
    const series = times.map((time) => between(arm, minuteOf(time), minuteOf(time + (bucketMs ?? 0))));
    const column = (name: 'requests' | 'errors' | 'labelled' | 'correct') =>
      Float64Array.from(series, (one) => one[name]);
    return {
      variant,
      segment: null,
      totals: { ...counts, latencySumMs: null, latencyCount: null },
      histogram,
      series: {
        times: Float64Array.from(times),
        requests: column('requests'),
        errors: column('errors'),
        labelled: column('labelled'),
        correct: column('correct'),
        latencySumMs: null,
      },
    };
  };
  return {
    name: 'prometheus',
    probe: () => Promise.reject(new Error('not asked')),
    traffic: ({ period, bucketMs, dimension }): Promise<Traffic> =>
      Promise.resolve({
        variants: dimension === null ? [...arms].map(([name, arm]) => countsOf(name, arm, period, bucketMs)) : [],
        firstSample: period.from,
        newestSample: period.to,
        warnings: [],
        executed: [],
        endpoint: 'primary',
      }),
    dispose: () => Promise.resolve(),
  };
}

/** A data source over one store, at a time of the simulation's choosing. */
export function instanceOver(store: Source, clock: () => number): Instance {
  const settings = settingsSchema.parse({ prometheus: { url: 'http://127.0.0.1' } });
  const sources = { prometheus: store };
  const ledgers = new LedgerReader(clock);
  return {
    uid: 'simulated',
    name: 'simulated',
    settings,
    sources,
    catalogue: new CatalogueReader(sources, [], clock),
    ledgers,
    evidence: new EvidenceReader(sources, settings, ledgers, clock),
    monitoring: new MonitoringReader(settings.cache.ttlSeconds * 1000, clock),
    clock,
    logger: pino({ level: 'silent' }),
    dispose: () => Promise.resolve(),
  };
}
