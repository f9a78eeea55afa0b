/**
 * A plausible ledger for a demonstration when no store answers: deterministic, seeded by the experiment's name, and marked
 * `simulated` wherever it goes. The data source must allow it, and no alert ever sees it.
 */
import { createGenerator, createNormalDraw } from '../../src/calc/impact/generator';
import type { Bucket } from '../../src/calc/stats/histogram';
import type { CounterSeries, VariantTraffic } from '../sources/capabilities/traffic';
import type { Period } from '../sources/period';
import type { Experiment, Variant } from './definition';
import type { Ledger, LedgerChunk } from './ledger';
import { planChunks } from './window';

const DAY_MS = 86_400_000;
const REQUESTS_A_DAY = 40_000;
const LABELLED_SHARE = 0.15;
/** Rates of the control, and what each further variant differs by: made up, in the range of real ranking models. */
const CONTROL = { accuracy: 0.782, errorRate: 0.012, latencyMs: 46 };
const STEP = { accuracy: 0.02, errorRate: -0.0004, latencyMs: 6 };
const LATENCY_SD = 0.5;
const BOUNDARIES_MS = [10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10_000];

/** The whole window, chunk by chunk; the same name gives the same numbers. */
export function simulateLedger(experiment: Experiment, window: Period, bucketMs: number | null): Ledger {
  const chunks = planChunks(window, experiment.phases).map((chunk): LedgerChunk => {
    const variants = experiment.variants.map((variant, index) =>
      simulateVariant(experiment, variant, index, chunk, bucketMs),
    );
    const traffic = {
      variants,
      firstSample: chunk.from,
      newestSample: chunk.to,
      warnings: [],
      executed: [],
      endpoint: 'primary',
    };
    return { ...chunk, traffic };
  });
  return {
    source: 'prometheus',
    endpoint: 'primary',
    chunks,
    firstSample: window.from,
    newestSample: window.to,
    unmapped: [],
    warnings: [],
    executed: [],
  };
}

function simulateVariant(
  experiment: Experiment,
  variant: Variant,
  index: number,
  chunk: Period & { phase: number },
  bucketMs: number | null,
): VariantTraffic {
  const normal = createNormalDraw(createGenerator(hash(`${experiment.id}:${variant.name}:${String(chunk.from)}`)));
  const split = experiment.phases[chunk.phase]?.split;
  const share = split ? (split[variant.name] ?? 0) : 1 / experiment.variants.length;
  const accuracy = CONTROL.accuracy + index * STEP.accuracy;
  const errorRate = CONTROL.errorRate + index * STEP.errorRate;
  const latencyMs = CONTROL.latencyMs + index * STEP.latencyMs;
  const width = bucketMs ?? chunk.to - chunk.from;
  const length = Math.max(1, Math.floor((chunk.to - chunk.from) / width));
  const series: Record<'requests' | 'errors' | 'latencySumMs' | 'labelled' | 'correct', Float64Array> = {
    requests: new Float64Array(length),
    errors: new Float64Array(length),
    latencySumMs: new Float64Array(length),
    labelled: new Float64Array(length),
    correct: new Float64Array(length),
  };
  const around = (mean: number, variance: number) =>
    Math.max(0, Math.round(mean + normal() * Math.sqrt(Math.max(variance, 0))));
  for (let i = 0; i < length; i++) {
    const mean = (REQUESTS_A_DAY * share * width) / DAY_MS;
    const requests = around(mean, mean);
    const labelled = around(requests * LABELLED_SHARE, requests * LABELLED_SHARE * (1 - LABELLED_SHARE));
    series.requests[i] = requests;
    series.errors[i] = Math.min(requests, around(requests * errorRate, requests * errorRate));
    series.latencySumMs[i] = requests * latencyMs + normal() * latencyMs * LATENCY_SD * Math.sqrt(requests);
    series.labelled[i] = Math.min(requests, labelled);
    series.correct[i] = Math.min(labelled, around(labelled * accuracy, labelled * accuracy * (1 - accuracy)));
  }
  const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
  const requests = sum(series.requests);
  const times = Float64Array.from({ length }, (_, i) => chunk.from + i * width);
  const counted: CounterSeries | null = bucketMs === null ? null : { times, ...series };
  return {
    variant: variant.alias.prometheus ?? variant.name,
    segment: null,
    totals: {
      requests,
      errors: sum(series.errors),
      latencySumMs: sum(series.latencySumMs),
      latencyCount: requests,
      labelled: sum(series.labelled),
      correct: sum(series.correct),
    },
    histogram: lognormalBuckets(requests, latencyMs),
    series: counted,
  };
}

/** Cumulative counts of a lognormal latency with this mean; its logistic approximation is plenty for a simulation. */
function lognormalBuckets(n: number, meanMs: number): Bucket[] {
  const median = meanMs / Math.exp(LATENCY_SD ** 2 / 2);
  const below = (ms: number) => 1 / (1 + Math.exp((-1.702 * Math.log(ms / median)) / LATENCY_SD));
  return [...BOUNDARIES_MS.map((le) => ({ le, count: Math.round(n * below(le)) })), { le: Infinity, count: n }];
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  }
  return value;
}
