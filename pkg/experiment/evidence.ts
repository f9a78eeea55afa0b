/**
 * The evidence on one experiment: what each store contributed, and what stands in for a store that is away (design §7).
 * Prometheus counts the traffic; InfluxDB stands in where it holds it; MLflow evaluates the models offline; what was read
 * earlier may serve as an estimate, never in an alert.
 */
import type { SourceName, SourceReading, ValueState } from '../../src/calc/provenance';
import type { Failure } from '../../src/contract/failure';
import { FailureError } from '../../src/contract/failure';
import type { Settings } from '../../src/contract/settings';
import type { Evaluations, Period, Source } from '../sources/source';
import { Coalescer } from './coalesce';
import type { Experiment } from './definition';
import { experimentAlias, variantAlias } from './definition';
import type { Ledger, LedgerReader, TrafficSource } from './ledger';
import { simulateLedger } from './simulated';

export interface Evidence {
  ledger: Ledger | null;
  /** `measured` now, `estimated` from another source or an earlier answer, `missing`. */
  ledgerState: ValueState;
  /** Epoch ms the ledger was read. */
  ledgerAsOf: number | null;
  evaluations: Evaluations | null;
  evaluationsState: ValueState;
  readings: SourceReading[];
  failures: Failure[];
}

export interface EvidenceRequest {
  experiment: Experiment;
  window: Period;
  bucketMs: number | null;
  dimension: string | null;
  now: number;
  skipCache: boolean;
  /** Alerts read nothing kept and nothing that stands in. */
  measuredOnly: boolean;
  /** Stores the answer needs; others are not asked. */
  needs: { traffic: boolean; evaluations: boolean };
}

type SourceSet = Partial<Record<SourceName, Source>>;

const KEPT_ANSWERS = 200;

interface Kept<T> {
  value: T;
  at: number;
}

export class EvidenceReader {
  readonly #evaluations: Coalescer<Evaluations>;
  readonly #keptLedgers = new Map<string, Kept<Ledger>>();
  readonly #keptEvaluations = new Map<string, Kept<Evaluations>>();

  constructor(
    private readonly sources: SourceSet,
    private readonly settings: Settings,
    private readonly ledgers: LedgerReader,
    clock: () => number,
  ) {
    this.#evaluations = new Coalescer(KEPT_ANSWERS, clock);
  }

  async read(request: EvidenceRequest): Promise<Evidence> {
    const [traffic, offline] = await Promise.all([
      request.needs.traffic ? this.#traffic(request) : NOT_ASKED,
      request.needs.evaluations ? this.#offline(request) : NOT_ASKED,
    ]);
    const isAllAway = traffic.value === null && offline.value === null;
    const isSimulated =
      isAllAway && this.settings.fallback.allowSimulated && !request.measuredOnly && request.dimension === null;
    return {
      ledger: isSimulated ? simulateLedger(request.experiment, request.window, request.bucketMs) : traffic.value,
      ledgerState: isSimulated ? 'simulated' : traffic.state,
      ledgerAsOf: isSimulated ? request.now : traffic.asOf,
      evaluations: offline.value,
      evaluationsState: offline.state,
      readings: [...offline.readings, ...traffic.readings],
      failures: [...offline.failures, ...traffic.failures],
    };
  }

  async #traffic(request: EvidenceRequest): Promise<Part<Ledger>> {
    const readings: SourceReading[] = [];
    const failures: Failure[] = [];
    const key = JSON.stringify([request.experiment.id, request.window.from, request.bucketMs, request.dimension]);
    for (const name of ['prometheus', 'influx'] as const) {
      const source = this.sources[name];
      if (!source) {
        readings.push({ source: name, state: 'off', endpoint: 'primary', asOf: null, reason: 'not configured' });
        continue;
      }
      if (!countsTraffic(source)) {
        continue;
      }
      try {
        const ledger = await this.ledgers.read(source, {
          ...request,
          ttlMs: this.settings.cache.ttlSeconds * 1000,
        });
        const reading = this.#readingOf(name, ledger.endpoint, ledger.newestSample, request);
        readings.push(reading);
        if (reading.state === 'empty') {
          continue;
        }
        const standsIn = name === 'influx' && this.sources.prometheus !== undefined;
        if (standsIn && request.measuredOnly) {
          continue;
        }
        remember(this.#keptLedgers, key, { value: ledger, at: request.now });
        return { value: ledger, state: standsIn ? 'estimated' : 'measured', asOf: request.now, readings, failures };
      } catch (error) {
        const failure = failureOf(error, name);
        failures.push(failure);
        readings.push({ source: name, state: 'down', endpoint: 'primary', asOf: null, reason: failure.message });
      }
    }
    const kept = request.measuredOnly ? null : this.#young(this.#keptLedgers.get(key), request.now);
    return {
      value: kept?.value ?? null,
      state: kept ? 'estimated' : 'missing',
      asOf: kept?.at ?? null,
      readings,
      failures,
    };
  }

  async #offline(request: EvidenceRequest): Promise<Part<Evaluations>> {
    const source = this.sources.mlflow;
    if (!source?.evaluations) {
      const off: SourceReading = {
        source: 'mlflow',
        state: 'off',
        endpoint: 'primary',
        asOf: null,
        reason: 'not configured',
      };
      return { ...NOT_ASKED, readings: [off] };
    }
    const { experiment } = request;
    const name = experimentAlias(experiment, 'mlflow');
    const variants = experiment.variants.map((variant) => variantAlias(variant, 'mlflow'));
    const key = JSON.stringify([name, variants]);
    const evaluate = source.evaluations.bind(source);
    try {
      const fetched = await this.#evaluations.fetch(
        key,
        this.settings.cache.ttlSeconds * 1000,
        () =>
          evaluate(
            name,
            variants,
            AbortSignal.timeout(
              this.settings.mlflow?.timeoutSeconds ? this.settings.mlflow.timeoutSeconds * 1000 : 15_000,
            ),
          ),
        request.skipCache,
      );
      const newest = Math.max(...fetched.value.variants.map(({ asOf }) => asOf));
      const reading = this.#readingOf(
        'mlflow',
        fetched.value.endpoint,
        Number.isFinite(newest) ? newest : null,
        request,
      );
      remember(this.#keptEvaluations, key, { value: fetched.value, at: request.now });
      return { value: fetched.value, state: 'measured', asOf: request.now, readings: [reading], failures: [] };
    } catch (error) {
      const failure = failureOf(error, 'mlflow');
      // A store that answers "no such experiment" is reachable: it is empty for this question, not down.
      const state = failure.class === 'config' || failure.class === 'query' ? 'empty' : 'down';
      const down: SourceReading = { source: 'mlflow', state, endpoint: 'primary', asOf: null, reason: failure.message };
      const kept = request.measuredOnly ? null : this.#young(this.#keptEvaluations.get(key), request.now);
      return {
        value: kept?.value ?? null,
        state: kept ? 'estimated' : 'missing',
        asOf: kept?.at ?? null,
        readings: [down],
        failures: [failure],
      };
    }
  }

  #young<T>(kept: Kept<T> | undefined, now: number): Kept<T> | null {
    return kept && now - kept.at <= this.settings.fallback.keepSeconds * 1000 ? kept : null;
  }

  /** An ended test is not stale because its traffic has stopped: age counts up to the end of the window. */
  #readingOf(source: SourceName, endpoint: string, newest: number | null, request: EvidenceRequest): SourceReading {
    if (newest === null) {
      return {
        source,
        state: 'empty',
        endpoint,
        asOf: null,
        reason: `no samples for “${request.experiment.id}” in the window`,
      };
    }
    const limit = this.settings.freshness[source] * 1000;
    const reference = source === 'mlflow' ? request.now : request.window.to;
    const isStale = reference - newest > limit;
    return { source, state: isStale ? 'stale' : 'ok', endpoint, asOf: newest };
  }
}

interface Part<T> {
  value: T | null;
  state: ValueState;
  asOf: number | null;
  readings: SourceReading[];
  failures: Failure[];
}

const NOT_ASKED: Part<never> = { value: null, state: 'missing', asOf: null, readings: [], failures: [] };

function countsTraffic(source: Source): source is TrafficSource {
  return source.traffic !== undefined;
}

/** Insertion order is age, so the oldest entry is the first. */
function remember<T>(kept: Map<string, Kept<T>>, key: string, entry: Kept<T>): void {
  kept.delete(key);
  kept.set(key, entry);
  const oldest = kept.keys().next();
  if (kept.size > KEPT_ANSWERS && !oldest.done) {
    kept.delete(oldest.value);
  }
}

/** What a thrown error says as a value; anything unforeseen is a bug of ours, and said so. */
export function failureOf(error: unknown, source?: SourceName): Failure {
  if (error instanceof FailureError) {
    return { source, ...error.failure };
  }
  return {
    class: 'bug',
    source,
    message: error instanceof Error ? error.message : String(error),
    fix: 'This is a defect in Uplift: please report it with the plugin’s log.',
  };
}
