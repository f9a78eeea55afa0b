/**
 * The evidence on one experiment: what each store contributed, and what stands in for a store that is away (design §7).
 * Prometheus counts the traffic; InfluxDB stands in where it holds it; MLflow evaluates the models offline; what was read
 * earlier may serve as an estimate. An alert gets what was measured, is fresh and was asked for, and nothing else.
 */
import { formatAge } from '../../src/calc/notation';
import type { SourceName, SourceReading, ValueState } from '../../src/calc/provenance';
import type { Failure } from '../../src/contract/failure';
import type { Settings } from '../../src/contract/settings';
import type { Evaluations } from '../sources/capabilities/evaluations';
import type { Period } from '../sources/period';
import type { Source } from '../sources/source';
import { failureOf } from '../sources/thrown';
import { Coalescer, FETCH_LIMIT_MS } from './coalesce';
import type { Experiment } from './definition';
import { experimentAlias, variantAlias } from './definition';
import type { Kept } from './kept';
import { KeptAnswers } from './kept';
import type { Ledger, LedgerReader, TrafficSource } from './ledger';
import { SOURCE_LABELS } from '../../src/calc/provenance';
import { simulateLedger } from './simulated';

export interface Evidence {
  ledger: Ledger | null;
  /** `measured` now, `estimated` from another source or an earlier answer, `missing`. */
  ledgerState: ValueState;
  /** Epoch ms the ledger was read. */
  ledgerAsOf: number | null;
  evaluations: Evaluations | null;
  evaluationsState: ValueState;
  /** Epoch ms the evaluations were read. */
  evaluationsAsOf: number | null;
  readings: SourceReading[];
  failures: Failure[];
  /** What stores said whose answers were of no use. */
  warnings: string[];
}

export interface EvidenceRequest {
  experiment: Experiment;
  window: Period;
  bucketMs: number | null;
  dimension: string | null;
  /** Splits and versions need nothing else, and it is a third of the questions. */
  onlyRequests?: boolean;
  now: number;
  skipCache: boolean;
  /** Alerts read nothing kept, nothing stale and nothing that stands in. */
  measuredOnly: boolean;
  /** Stores the answer needs; others are not asked. Only an answer that needs both may be simulated. */
  needs: { traffic: boolean; evaluations: boolean };
}

type SourceSet = Partial<Record<SourceName, Source>>;

const KEPT_ANSWERS = 400;

export class EvidenceReader {
  readonly #evaluations: Coalescer<Evaluations>;
  readonly #keptLedgers: KeptAnswers<Ledger>;
  readonly #keptEvaluations: KeptAnswers<Evaluations>;

  constructor(
    private readonly sources: SourceSet,
    private readonly settings: Settings,
    private readonly ledgers: LedgerReader,
    clock: () => number,
  ) {
    const keepMs = settings.fallback.keepSeconds * 1000;
    this.#evaluations = new Coalescer(KEPT_ANSWERS, clock);
    this.#keptLedgers = new KeptAnswers(keepMs, KEPT_ANSWERS);
    this.#keptEvaluations = new KeptAnswers(keepMs, KEPT_ANSWERS);
  }

  async read(request: EvidenceRequest): Promise<Evidence> {
    const { experiment, window, needs, measuredOnly, now } = request;
    const [traffic, offline] = await Promise.all([
      needs.traffic ? this.#traffic(request) : NOT_ASKED,
      needs.evaluations ? this.#offline(request) : NOT_ASKED,
    ]);
    const isAllAway = needs.traffic && needs.evaluations && traffic.value === null && offline.value === null;
    const isSimulated = isAllAway && this.settings.fallback.allowSimulated && !measuredOnly;
    // In an alert an offline accuracy must not slip into the place of one that could not be counted.
    const isWithheld = measuredOnly && traffic.failures.length > 0;
    return {
      ledger: isSimulated ? simulateLedger(experiment, window, request.bucketMs) : traffic.value,
      ledgerState: isSimulated ? 'simulated' : traffic.state,
      ledgerAsOf: isSimulated ? now : traffic.asOf,
      evaluations: isWithheld ? null : offline.value,
      evaluationsState: isWithheld ? 'missing' : offline.state,
      evaluationsAsOf: isWithheld ? null : offline.asOf,
      readings: [...offline.readings, ...traffic.readings],
      failures: [...offline.failures, ...traffic.failures],
      warnings: [...offline.warnings, ...traffic.warnings],
    };
  }

  async #traffic(request: EvidenceRequest): Promise<Part<Ledger>> {
    const part: Part<Ledger> = { ...NOT_ASKED, readings: [], failures: [], warnings: [] };
    const keys = keysOf(request);
    for (const name of ['prometheus', 'influx'] as const) {
      const source = this.sources[name];
      if (!source || !countsTraffic(source)) {
        part.readings.push(describeOff(name));
        continue;
      }
      const standsIn = name === 'influx' && this.sources.prometheus !== undefined;
      if (standsIn && request.measuredOnly) {
        break;
      }
      try {
        const ttlMs = this.settings.cache.ttlSeconds * 1000;
        const ledger = await this.ledgers.read(source, { ...request, ttlMs });
        const reading = this.#readingOf(name, ledger.endpoint, ledger.newestSample, request);
        part.readings.push(reading);
        // An alert takes nothing kept in the place of a backup that lags: it errs on it below.
        const isBehind = !request.measuredOnly && this.#isBehind(ledger, reading, keys, request.now);
        if (reading.state !== 'empty' && !isBehind) {
          return this.#accept(part, ledger, reading, standsIn ? 'estimated' : 'measured', request, () =>
            this.#keptLedgers.remember(keys, ledger, request.now),
          );
        }
        part.warnings.push(...ledger.warnings);
      } catch (error) {
        const failure = failureOf(error, name);
        part.failures.push(failure);
        part.readings.push(describeDown(name, failure));
      }
    }
    return standIn(part, request.measuredOnly ? null : this.#keptLedgers.find(keys, request.now));
  }

  /** A backup that lags or lost the experiment knows less than what was read before. */
  #isBehind(ledger: Ledger, reading: SourceReading, keys: readonly string[], now: number): boolean {
    const kept = reading.state === 'stale' ? this.#keptLedgers.find(keys, now) : null;
    return (kept?.value.newestSample ?? -Infinity) > (ledger.newestSample ?? Infinity);
  }

  async #offline(request: EvidenceRequest): Promise<Part<Evaluations>> {
    const part: Part<Evaluations> = { ...NOT_ASKED, readings: [], failures: [], warnings: [] };
    const source = this.sources.mlflow;
    if (!source?.evaluations) {
      part.readings.push(describeOff('mlflow'));
      return part;
    }
    const { experiment, now } = request;
    const name = experimentAlias(experiment, 'mlflow');
    const variants = experiment.variants.map((variant) => variantAlias(variant, 'mlflow'));
    const key = JSON.stringify([name, variants]);
    const evaluate = source.evaluations.bind(source);
    try {
      const { value } = await this.#evaluations.fetch(
        key,
        this.settings.cache.ttlSeconds * 1000,
        () => evaluate(name, variants, AbortSignal.timeout(FETCH_LIMIT_MS)),
        request.skipCache,
      );
      const times = value.variants.map(({ asOf }) => asOf);
      const reading = this.#readingOf('mlflow', value.endpoint, times.length ? Math.max(...times) : null, request);
      part.readings.push(reading);
      if (reading.state === 'empty') {
        return { ...part, warnings: value.warnings };
      }
      return this.#accept(part, value, reading, 'measured', request, () =>
        this.#keptEvaluations.remember([key], value, now),
      );
    } catch (error) {
      const failure = failureOf(error, 'mlflow');
      // A store that answers "no such experiment" is reachable: it is empty for this question, not down.
      const isEmpty = failure.class === 'config' || failure.class === 'query';
      part.failures.push(failure);
      part.readings.push(
        isEmpty ? { ...describeDown('mlflow', failure), state: 'empty' } : describeDown('mlflow', failure),
      );
      return standIn(part, request.measuredOnly ? null : this.#keptEvaluations.find([key], now));
    }
  }

  /** An answer with samples: an alert refuses a stale one, everything else shows it with its age. */
  #accept<T>(
    part: Part<T>,
    value: T,
    reading: SourceReading,
    state: ValueState,
    { measuredOnly, now }: EvidenceRequest,
    remember: () => void,
  ): Part<T> {
    if (measuredOnly && reading.state === 'stale') {
      return { ...part, failures: [...part.failures, tooOld(reading, this.settings.freshness[reading.source], now)] };
    }
    remember();
    return { ...part, value, state, asOf: now };
  }

  /** An ended test is not stale because its traffic has stopped: age counts up to the end of the window. */
  #readingOf(source: SourceName, endpoint: string, newest: number | null, request: EvidenceRequest): SourceReading {
    if (newest === null) {
      const reason = `no samples for “${request.experiment.id}” in the window`;
      return { source, state: 'empty', endpoint, asOf: null, reason };
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
  warnings: string[];
}

const NOT_ASKED: Part<never> = { value: null, state: 'missing', asOf: null, readings: [], failures: [], warnings: [] };

/**
 * Names of what was asked: an experiment's window begins at a fixed moment and grows, a dashboard's or a day's has a fixed
 * length and moves, and the earlier answer of either stands in for its own kind.
 */
function keysOf({ experiment, window, bucketMs, dimension }: EvidenceRequest): string[] {
  const { id, alias, phases, variants } = experiment;
  const subject = [id, alias, phases, variants.map((variant) => variant.alias), dimension];
  return [
    JSON.stringify([...subject, 'from', window.from, bucketMs]),
    JSON.stringify([...subject, 'length', window.to - window.from, bucketMs]),
  ];
}

/** The earlier answer in the place of the one that could not be had; each store it stands in for says so. */
function standIn<T>(part: Part<T>, kept: Kept<T> | null): Part<T> {
  // A store that answers with nothing is believed, unless it is a backup: that one may simply hold other experiments.
  const isAway = ({ state, endpoint }: SourceReading) =>
    state === 'down' || state === 'stale' || (state === 'empty' && endpoint !== 'primary');
  if (!kept || !part.readings.some(isAway)) {
    return part;
  }
  const readings = part.readings.map((reading) => (isAway(reading) ? { ...reading, keptAt: kept.at } : reading));
  return { ...part, readings, value: kept.value, state: 'estimated', asOf: kept.at };
}

function countsTraffic(source: Source): source is TrafficSource {
  return source.traffic !== undefined;
}

const describeOff = (source: SourceName): SourceReading => ({
  source,
  state: 'off',
  endpoint: 'primary',
  asOf: null,
  reason: 'not configured',
});

const describeDown = (source: SourceName, { message }: Failure): SourceReading => ({
  source,
  state: 'down',
  endpoint: 'primary',
  asOf: null,
  reason: message,
});

/** Why an alert gets no number from a store that answers. @param limitSeconds the source's freshness */
export function tooOld({ source, asOf }: SourceReading, limitSeconds: number, now: number): Failure {
  const age = formatAge((now - (asOf ?? now)) / 1000);
  return {
    class: 'server',
    source,
    field: `freshness.${source}`,
    message: `The newest sample is ${age} old, and an alert takes none older than ${formatAge(limitSeconds)}.`,
    fix: `Check what writes to ${SOURCE_LABELS[source]}, or raise freshness.${source}.`,
  };
}
