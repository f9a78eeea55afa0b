/**
 * The ledger of a test: its traffic, chunk by chunk, as one operational source tells it. Closed chunks do not change and
 * are kept; only the chunk still filling is asked for again.
 */
import { LRUCache } from 'lru-cache';
import type { SourceName } from '../../src/calc/provenance';
import type { Traffic, VariantTraffic } from '../sources/capabilities/traffic';
import type { Period } from '../sources/period';
import type { Source } from '../sources/source';
import { Coalescer, FETCH_LIMIT_MS } from './coalesce';
import type { Experiment, Variant } from './definition';
import { experimentAlias, variantAlias, variantByAlias } from './definition';
import type { ArmStatistics } from './statistics';
import { addStatistics, NO_STATISTICS, summariseTraffic } from './statistics';
import type { Chunk } from './window';
import { planChunks } from './window';

export type TrafficSource = Source & Required<Pick<Source, 'traffic'>>;

export interface LedgerChunk extends Chunk {
  traffic: Traffic;
}

export interface Ledger {
  source: SourceName;
  endpoint: string;
  chunks: LedgerChunk[];
  /** Epoch ms of the first and newest sample in the window. */
  firstSample: number | null;
  newestSample: number | null;
  /** Names the store shows that no variant maps to. */
  unmapped: string[];
  warnings: string[];
  executed: string[];
}

export interface LedgerRequest {
  experiment: Experiment;
  window: Period;
  bucketMs: number | null;
  dimension: string | null;
  onlyRequests?: boolean;
  ttlMs: number;
  skipCache: boolean;
  now: number;
}

/** Samples may still arrive for this long; a chunk is closed only after it. */
const SETTLING_MS = 300_000;
/** Even closed chunks are read again now and then: history may be backfilled or corrected. */
const CLOSED_TTL_MS = 3_600_000;
const KEPT_CHUNKS = 4_000;
/** Of one experiment: as it is, by version, by instance, and by what it is broken down. */
const KEPT_LEDGERS = 16;

export class LedgerReader {
  readonly #chunks: Coalescer<Traffic>;
  /** The ledger read last, by experiment and question: while its chunks stay the same, its sums need not be made again. */
  readonly #last = new WeakMap<Experiment, LRUCache<string, Ledger>>();

  constructor(clock: () => number) {
    this.#chunks = new Coalescer(KEPT_CHUNKS, clock);
  }

  /** @throws FailureError of the source */
  async read(source: TrafficSource, request: LedgerRequest): Promise<Ledger> {
    const { experiment, window, bucketMs, dimension, onlyRequests = false } = request;
    const name = experimentAlias(experiment, source.name);
    const question = JSON.stringify([source.name, name, bucketMs, dimension, onlyRequests]);
    const chunks = await Promise.all(
      planChunks(window, experiment.phases).map(async (chunk): Promise<LedgerChunk> => {
        const period = { from: chunk.from, to: chunk.to };
        const isClosed = chunk.to + SETTLING_MS < request.now;
        const fetched = await this.#chunks.fetch(
          `${question} ${chunk.from} ${chunk.to}`,
          // What a backup said is forgotten soon: it may lag or hold other experiments, and the primary comes back.
          ({ endpoint }) => (isClosed && endpoint === 'primary' ? CLOSED_TTL_MS : request.ttlMs),
          () =>
            source.traffic(
              { experiment: name, variants: [], period, bucketMs, dimension, onlyRequests },
              AbortSignal.timeout(FETCH_LIMIT_MS),
            ),
          request.skipCache && !isClosed,
        );
        return { ...chunk, traffic: fetched.value };
      }),
    );
    return this.#unlessKnown(question, experiment, chunks, () => assemble(source.name, experiment, chunks));
  }

  #unlessKnown(question: string, experiment: Experiment, chunks: readonly LedgerChunk[], make: () => Ledger): Ledger {
    const ofExperiment = this.#last.get(experiment) ?? new LRUCache<string, Ledger>({ max: KEPT_LEDGERS });
    this.#last.set(experiment, ofExperiment);
    const known = ofExperiment.get(question);
    const ledger = known && isSame(known.chunks, chunks) ? known : make();
    ofExperiment.set(question, ledger);
    return ledger;
  }

  figures() {
    return this.#chunks.figures();
  }
}

const isSame = (known: readonly LedgerChunk[], chunks: readonly LedgerChunk[]): boolean =>
  known.length === chunks.length &&
  known.every(({ from, to, phase, traffic }, index) => {
    const chunk = chunks[index];
    return chunk?.from === from && chunk.to === to && chunk.phase === phase && chunk.traffic === traffic;
  });

function assemble(source: SourceName, experiment: Experiment, chunks: LedgerChunk[]): Ledger {
  const traffics = chunks.map(({ traffic }) => traffic);
  const present = (values: Array<number | null>) => values.filter((value) => value !== null);
  const first = present(traffics.map(({ firstSample }) => firstSample));
  const newest = present(traffics.map(({ newestSample }) => newestSample));
  const names = new Set(traffics.flatMap(({ variants }) => variants.map(({ variant }) => variant)));
  return {
    source,
    endpoint: traffics.at(-1)?.endpoint ?? 'primary',
    chunks,
    firstSample: first.length ? Math.min(...first) : null,
    newestSample: newest.length ? Math.max(...newest) : null,
    unmapped: [...names].filter((name) => !variantByAlias(experiment, source, name)),
    warnings: [...new Set(traffics.flatMap(({ warnings }) => warnings))],
    executed: traffics.at(-1)?.executed ?? [],
  };
}

/** Which part of a ledger to add up; everything by default. */
export interface Selection {
  phase?: number;
  /** Values of the dimension the ledger was read by; absent: all of them. */
  segments?: ReadonlySet<string>;
}

const summaries = new WeakMap<VariantTraffic, ArmStatistics>();

/** Kept chunks are summed on every refresh; their summaries need computing once. */
function summaryOf(traffic: VariantTraffic): ArmStatistics {
  const known = summaries.get(traffic);
  if (known) {
    return known;
  }
  const summary = summariseTraffic(traffic);
  summaries.set(traffic, summary);
  return summary;
}

/** Sums over all segments, by variant and phase: a dozen readers of one answer want the same few. */
const wholeSums = new WeakMap<Ledger, Map<string, ArmStatistics>>();

/** Adds up one variant's statistics. */
export function sumStatistics(ledger: Ledger, variant: Variant, selection: Selection = {}): ArmStatistics {
  const alias = variantAlias(variant, ledger.source);
  if (selection.segments) {
    return addUp(ledger, alias, selection);
  }
  const sums = wholeSums.get(ledger) ?? new Map<string, ArmStatistics>();
  wholeSums.set(ledger, sums);
  const key = JSON.stringify([alias, selection.phase]);
  const sum = sums.get(key) ?? addUp(ledger, alias, selection);
  sums.set(key, sum);
  return sum;
}

function addUp(ledger: Ledger, alias: string, { phase, segments }: Selection): ArmStatistics {
  let sum = NO_STATISTICS;
  for (const chunk of ledger.chunks) {
    if (phase !== undefined && chunk.phase !== phase) {
      continue;
    }
    for (const traffic of chunk.traffic.variants) {
      if (traffic.variant === alias && (!segments || segments.has(traffic.segment ?? ''))) {
        sum = addStatistics(sum, summaryOf(traffic));
      }
    }
  }
  return sum;
}

/** Phases that have traffic, as indexes into `Experiment.phases`. */
export function phasesOf(ledger: Ledger): number[] {
  return [...new Set(ledger.chunks.map(({ phase }) => phase))].sort((a, b) => a - b);
}
