/** Experiments and ledgers for tests, from as few words as a test is about. */
import type { ExperimentDefinitionInput } from '../../src/contract/experiment';
import { experimentDefinitionSchema } from '../../src/contract/experiment';
import type { Counters, CounterSeries, Traffic, VariantTraffic } from '../sources/capabilities/traffic';
import type { Experiment } from './definition';
import { settleExperiment } from './definition';
import type { Ledger, LedgerChunk } from './ledger';

export const DAY = 86_400_000;
/** When the experiments of tests start. */
export const START = Date.parse('2026-09-03T00:00:00Z');

/** `baseline` against `enhanced`, half and half, unless said otherwise. */
export function experimentOf(own: Partial<ExperimentDefinitionInput> = {}): Experiment {
  const definition = experimentDefinitionSchema.parse({
    id: 'ranking',
    control: 'baseline',
    variants: [{ name: 'baseline' }, { name: 'enhanced' }],
    start: new Date(START).toISOString(),
    split: { baseline: 50, enhanced: 50 },
    ...own,
  });
  return settleExperiment({ definition, origin: 'settings', seen: {} });
}

const NO_COUNTERS: Counters = {
  requests: null,
  errors: null,
  latencySumMs: null,
  latencyCount: null,
  labelled: null,
  correct: null,
};

interface Counted extends Partial<Counters> {
  segment?: string;
  histogram?: VariantTraffic['histogram'];
  series?: CounterSeries;
}

/** What one variant counted. */
export function countedBy(variant: string, { segment, histogram, series, ...counters }: Counted): VariantTraffic {
  return {
    variant,
    segment: segment ?? null,
    totals: { ...NO_COUNTERS, ...counters },
    histogram: histogram ?? null,
    series: series ?? null,
  };
}

/** A store's answer with these variants. */
export const trafficOf = (...variants: VariantTraffic[]): Traffic => ({
  variants,
  firstSample: null,
  newestSample: null,
  warnings: [],
  executed: [],
  endpoint: 'primary',
});

/** The `day`-th day of a test, in a phase. */
export const dayOf = (day: number, phase: number, ...variants: VariantTraffic[]): LedgerChunk => ({
  from: START + day * DAY,
  to: START + (day + 1) * DAY,
  phase,
  traffic: trafficOf(...variants),
});

/** Prometheus's ledger of these chunks. */
export const ledgerOf = (...chunks: LedgerChunk[]): Ledger => ({
  source: 'prometheus',
  endpoint: 'primary',
  chunks,
  firstSample: chunks[0]?.from ?? null,
  newestSample: chunks.at(-1)?.to ?? null,
  unmapped: [],
  warnings: [],
  executed: [],
});
