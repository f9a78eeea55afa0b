/** The replay: what a test said at every moment since its start, computed from the ledger's chunks (design §6). */
import type { Comparison } from '../../src/calc/stats/comparison';
import type { VariantTraffic } from '../sources/capabilities/traffic';
import type { ArmReader, ComparePlan } from './compare';
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

/** What a ledger held at one moment of a test. */
export interface LedgerMoment {
  /** Epoch ms: everything from the start up to here is in. */
  at: number;
  /** One arm's statistics of one phase; to be asked before the next moment. */
  armOf: ArmReader;
}

const HOUR_MS = 3_600_000;
/** About this many points tell the story of a test. */
const WANTED_POINTS = 120;

/**
 * Goes through a ledger from the start of the test, oldest first. Chunk ends are always among its stops, so that the last
 * one holds what the table holds.
 * @param isBucketed stops inside chunks too, where time buckets tell what they held so far
 * @param wanted about how many stops there are to be
 */
export function* replayLedger(
  experiment: Experiment,
  ledger: Ledger,
  window: TestWindow,
  isBucketed: boolean,
  wanted = WANTED_POINTS,
): Generator<LedgerMoment> {
  const step = Math.max(HOUR_MS, Math.ceil((window.to - window.from) / wanted / HOUR_MS) * HOUR_MS);
  const before = new Map<string, ArmStatistics>();
  const keyOf = (arm: Variant, phase: number) => `${phase}:${arm.name}`;
  const settledOf = (arm: Variant, phase: number) => before.get(keyOf(arm, phase)) ?? NO_STATISTICS;
  for (const chunk of ledger.chunks) {
    if (isBucketed) {
      for (let at = alignDown(chunk.from, step) + step; at < chunk.to; at += step) {
        yield {
          at,
          armOf: (arm, phase) =>
            chunk.phase === phase
              ? addStatistics(settledOf(arm, phase), partOfChunk(ledger, chunk, arm, at))
              : settledOf(arm, phase),
        };
      }
    }
    for (const arm of experiment.variants) {
      before.set(keyOf(arm, chunk.phase), addStatistics(settledOf(arm, chunk.phase), wholeChunk(ledger, chunk, arm)));
    }
    yield { at: chunk.to, armOf: settledOf };
  }
}

/** The plan as it was at a moment of the test. */
export const planAt = (plan: ComparePlan, window: TestWindow, at: number): ComparePlan => ({
  ...plan,
  elapsedDays: (at - window.from) / (24 * HOUR_MS),
});

/** Cumulative comparisons of one variant on one metric, oldest first. */
export function replayComparison(
  experiment: Experiment,
  metric: Metric,
  variant: Variant,
  ledger: Ledger,
  window: TestWindow,
  plan: ComparePlan,
): ReplayPoint[] {
  return Array.from(replayLedger(experiment, ledger, window, metric.kind !== 'quantile'), ({ at, armOf }) => ({
    at,
    comparison: compareOnline(
      experiment,
      metric,
      onlineStrata(experiment, metric, variant, plan.unit, armOf),
      planAt(plan, window, at),
    ),
  }));
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
