/** The replay: what a test said at every moment since its start, computed from the ledger's chunks (design §6). */
import type { Comparison } from '../../src/calc/stats/comparison';
import type { VariantTraffic } from '../sources/source';
import type { ComparePlan } from './compare';
import { compareOnline, onlineStrata } from './compare';
import type { Experiment, Variant } from './definition';
import { variantAlias } from './definition';
import type { Ledger, LedgerChunk } from './ledger';
import type { Metric } from './metrics';
import type { ArmStatistics } from './statistics';
import { addStatistics, NO_STATISTICS, ratioOverBuckets, summariseTraffic } from './statistics';
import type { TestWindow } from './window';
import { alignDown } from './window';

export interface ReplayPoint {
  /** Epoch ms: everything from the start up to here is in. */
  at: number;
  comparison: Comparison;
}

const HOUR_MS = 3_600_000;
/** About this many points tell the story of a test; chunk ends are always among them, so that the last equals the table. */
const WANTED_POINTS = 120;

/** Cumulative comparisons of one variant on one metric, oldest first. */
export function replayComparison(
  experiment: Experiment,
  metric: Metric,
  variant: Variant,
  ledger: Ledger,
  window: TestWindow,
  plan: ComparePlan,
): ReplayPoint[] {
  const step = Math.max(HOUR_MS, Math.ceil((window.to - window.from) / WANTED_POINTS / HOUR_MS) * HOUR_MS);
  const isBucketed = metric.kind !== 'quantile';
  const before = new Map<string, ArmStatistics>();
  const keyOf = (arm: Variant, phase: number) => `${phase}:${arm.name}`;
  const points: ReplayPoint[] = [];
  const judge = (at: number, current: LedgerChunk | null) => {
    const armOf = (arm: Variant, phase: number) => {
      const settled = before.get(keyOf(arm, phase)) ?? NO_STATISTICS;
      return current?.phase === phase ? addStatistics(settled, partOfChunk(ledger, current, arm, at)) : settled;
    };
    const strata = onlineStrata(experiment, metric, variant, plan.unit, armOf);
    const elapsedDays = (at - window.from) / (24 * HOUR_MS);
    points.push({ at, comparison: compareOnline(experiment, metric, strata, { ...plan, elapsedDays }) });
  };
  for (const chunk of ledger.chunks) {
    if (isBucketed) {
      for (let at = alignDown(chunk.from, step) + step; at < chunk.to; at += step) {
        judge(at, chunk);
      }
    }
    for (const arm of experiment.variants) {
      const key = keyOf(arm, chunk.phase);
      before.set(key, addStatistics(before.get(key) ?? NO_STATISTICS, wholeChunk(ledger, chunk, arm)));
    }
    judge(chunk.to, null);
  }
  return points;
}

const trafficOf = (ledger: Ledger, chunk: LedgerChunk, arm: Variant): VariantTraffic[] =>
  chunk.traffic.variants.filter(({ variant }) => variant === variantAlias(arm, ledger.source));

const wholeChunk = (ledger: Ledger, chunk: LedgerChunk, arm: Variant): ArmStatistics =>
  trafficOf(ledger, chunk, arm).map(summariseTraffic).reduce(addStatistics, NO_STATISTICS);

/** What a chunk held up to an instant inside it, from its time buckets. Histograms are whole or not at all. */
function partOfChunk(ledger: Ledger, chunk: LedgerChunk, arm: Variant, until: number): ArmStatistics {
  return trafficOf(ledger, chunk, arm)
    .map(({ series }): ArmStatistics => {
      if (!series) {
        return NO_STATISTICS;
      }
      const end = countUntil(series.times, until);
      const sum = (values: Float64Array | null) =>
        values ? values.subarray(0, end).reduce((total, value) => total + value, 0) : null;
      const requests = sum(series.requests);
      return {
        counters: {
          requests,
          errors: sum(series.errors),
          latencySumMs: sum(series.latencySumMs),
          latencyCount: series.latencySumMs ? requests : null,
          labelled: sum(series.labelled),
          correct: sum(series.correct),
        },
        histogram: null,
        overBuckets: {
          error_rate: ratioOverBuckets(series, 'error_rate', 0, end),
          accuracy: ratioOverBuckets(series, 'accuracy', 0, end),
          latency_mean_ms: ratioOverBuckets(series, 'latency_mean_ms', 0, end),
        },
        bucketsChanged: false,
      };
    })
    .reduce(addStatistics, NO_STATISTICS);
}

/** How many leading buckets start before an instant. */
function countUntil(times: Float64Array, until: number): number {
  const index = times.findIndex((time) => time >= until);
  return index < 0 ? times.length : index;
}

/** When the sequential interval first excluded zero; it may be looked at any time, so the first time counts. */
export function decidedAt(points: readonly ReplayPoint[]): number | null {
  const decided = points.find(({ comparison: { absolute } }) => {
    const interval = absolute?.sequential;
    return interval !== null && interval !== undefined && (interval.low > 0 || interval.high < 0);
  });
  return decided?.at ?? null;
}
