/**
 * A store's endpoints: the primary and its backups, tried in order, each behind a circuit breaker (design §7).
 *
 * Hysteresis, so that a flapping store does not make a dashboard flicker: a breaker opens on the second failure in a row;
 * each time it opens anew within ten minutes it stays open twice as long; and while a backup answers, the endpoint before
 * it is tried in the background, so that nobody waits for a store that is probably still away.
 */
import type { CircuitBreakerPolicy, IBackoff } from 'cockatiel';
import { BrokenCircuitError, circuitBreaker, CircuitState, ConsecutiveBreaker, handleWhen } from 'cockatiel';
import type { Logger } from 'pino';
import type { SourceName } from '../../src/calc/provenance';
import type { Failure, FailureClass } from '../../src/contract/failure';
import { FailureError } from '../../src/contract/failure';
import { observeUpstream } from '../metrics';
import { isAbort } from './thrown';
import { SOURCE_TITLES } from './titles';

const FAILURES_TO_OPEN = 2;
const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 60_000;
const REMEMBER_OPENINGS_MS = 600_000;

/** The store answered, only this one question took it too long: no reason to turn to a backup. */
export class SlowQueryError extends FailureError {}

export interface Answered<T> {
  value: T;
  /** `primary`, `backup-1`, … */
  endpoint: string;
  /** In words, when it was not the primary. */
  warnings: string[];
}

export interface EndpointStatus {
  endpoint: string;
  circuit: 'closed' | 'half-open' | 'open';
  /** Why it last failed; null while it never did since it last answered. */
  failure: Failure | null;
  /** How often it opened in the last ten minutes. */
  openings: number;
}

/** One question to one endpoint. The signal is the caller's, or the endpoint set's own for a trial in the background. */
export type Work<Connection, T> = (connection: Connection, signal: AbortSignal) => Promise<T>;

export class Endpoints<Connection> {
  readonly #endpoints: Array<Endpoint<Connection>>;
  readonly #disposal = new AbortController();

  /** @param connections the primary first, then the backups */
  constructor(
    private readonly source: SourceName,
    connections: readonly Connection[],
    logger: Logger,
  ) {
    this.#endpoints = connections.map((connection, index) => {
      const name = index === 0 ? 'primary' : `backup-${String(index)}`;
      return new Endpoint(source, name, connection, logger.child({ source, endpoint: name }));
    });
  }

  /**
   * Asks the first endpoint that is thought to be up, and the next one when it is not. Errors that another endpoint would
   * give as well (wrong credentials, a bad query) are thrown at once.
   *
   * @throws FailureError of the primary when no endpoint answers
   */
  async run<T>(work: Work<Connection, T>, signal: AbortSignal): Promise<Answered<T>> {
    const failures: Array<{ endpoint: string; failure: Failure }> = [];
    for (const [index, endpoint] of this.#endpoints.entries()) {
      const hasStandIn = this.#endpoints.slice(index + 1).some((later) => later.isClosed);
      if (!endpoint.isClosed && hasStandIn) {
        endpoint.tryInBackground((connection) => work(connection, this.#disposal.signal));
      } else {
        const outcome = await endpoint.ask((connection) => work(connection, signal), signal);
        if (outcome.answered) {
          return { value: outcome.value, endpoint: endpoint.name, warnings: this.#warn(endpoint.name, failures) };
        }
      }
      if (endpoint.failure) {
        failures.push({ endpoint: endpoint.name, failure: endpoint.failure });
      }
    }
    throw this.#allFailed(failures);
  }

  /** As `run`, for an answer with warnings of its own: those about the endpoint come first. @throws FailureError */
  async answer<T extends { warnings: string[] }>(
    work: Work<Connection, T>,
    signal: AbortSignal,
  ): Promise<T & { endpoint: string }> {
    const { value, endpoint, warnings } = await this.run(work, signal);
    return { ...value, warnings: [...warnings, ...value.warnings], endpoint };
  }

  status(): EndpointStatus[] {
    return this.#endpoints.map((endpoint) => endpoint.status());
  }

  connections(): Connection[] {
    return this.#endpoints.map(({ connection }) => connection);
  }

  /** Ends trials in the background. */
  dispose(): void {
    this.#disposal.abort();
  }

  #warn(answered: string, failures: ReadonlyArray<{ endpoint: string; failure: Failure }>): string[] {
    const first = failures[0];
    return first
      ? [
          `${SOURCE_TITLES[this.source]}: ${answered} answered, because ${first.endpoint} does not: ${first.failure.message}`,
        ]
      : [];
  }

  #allFailed(failures: ReadonlyArray<{ endpoint: string; failure: Failure }>): FailureError {
    const [first, ...others] = failures;
    if (!first) {
      return new FailureError({
        class: 'config',
        source: this.source,
        message: `${SOURCE_TITLES[this.source]} has no endpoint.`,
        fix: `Set the address of ${this.source}.`,
      });
    }
    const rest = others.map(({ endpoint, failure }) => ` ${endpoint}: ${failure.message}`).join('');
    return new FailureError({ ...first.failure, message: first.failure.message + rest });
  }
}

type Outcome<T> = { answered: true; value: T } | { answered: false };

class Endpoint<Connection> {
  failure: Failure | null = null;
  readonly #pause = new GrowingPause();
  readonly #breaker: CircuitBreakerPolicy;

  constructor(
    private readonly source: SourceName,
    readonly name: string,
    readonly connection: Connection,
    private readonly logger: Logger,
  ) {
    this.#breaker = circuitBreaker(
      // A caller that gives up during a trial proves nothing, so the trial must not count as a success.
      handleWhen((error) => isOutage(error) || (isAbort(error) && this.#breaker.state === CircuitState.HalfOpen)),
      { halfOpenAfter: this.#pause, breaker: new ConsecutiveBreaker(FAILURES_TO_OPEN) },
    );
    this.#breaker.onStateChange((state) => {
      this.logger.info({ circuit: circuitName(state), failure: this.failure }, 'endpoint changed its state');
    });
  }

  get isClosed(): boolean {
    return this.#breaker.state === CircuitState.Closed;
  }

  async ask<T>(work: (connection: Connection) => Promise<T>, signal: AbortSignal): Promise<Outcome<T>> {
    try {
      const value = await this.#breaker.execute(() => this.#observe(work));
      this.#forget();
      return { answered: true, value };
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof BrokenCircuitError) {
        return { answered: false };
      }
      if (error instanceof FailureError && isOutage(error)) {
        this.failure = error.failure;
        // Its causes’ words and stacks go with it. The causes themselves do not: on axios’s hang every socket and header there is.
        this.logger.warn({ err: error }, error.failure.message);
        return { answered: false };
      }
      throw error;
    }
  }

  /** An answer that was under way when the breaker opened is no end of the outage: what opened it stays the reason. */
  #forget(): void {
    if (this.isClosed) {
      this.failure = null;
    }
  }

  /** Lets one question through when the pause is over, without anyone waiting for its answer. */
  tryInBackground(work: (connection: Connection) => Promise<unknown>): void {
    this.#breaker
      .execute(() => this.#observe(work))
      .then(
        () => {
          this.#forget();
        },
        (error: unknown) => {
          if (error instanceof FailureError && isOutage(error)) {
            this.failure = error.failure;
          }
          this.logger.debug({ err: error }, 'endpoint is still away');
        },
      );
  }

  /** Asks, and counts how it went. A caller that gave up is no outcome of the store's. */
  async #observe<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    const began = performance.now();
    const count = (outcome: 'ok' | FailureClass) =>
      observeUpstream(this.source, this.name, outcome, performance.now() - began);
    try {
      const value = await work(this.connection);
      count('ok');
      return value;
    } catch (error) {
      if (!isAbort(error)) {
        count(error instanceof FailureError ? error.failure.class : 'bug');
      }
      throw error;
    }
  }

  status(): EndpointStatus {
    return {
      endpoint: this.name,
      circuit: circuitName(this.#breaker.state),
      failure: this.failure,
      openings: this.#pause.openings(),
    };
  }
}

interface Opening {
  attempt: number;
}

/** How long a breaker stays open: longer the more often it opened lately, the same during one outage. */
class GrowingPause implements IBackoff<Opening> {
  #openings: number[] = [];
  duration = FIRST_PAUSE_MS;

  /** Called with attempt 1 when a closed breaker opens, and with more when a trial failed. */
  next({ attempt }: Opening): this {
    if (attempt === 1) {
      this.#openings = [...this.#recent(), Date.now()];
      this.duration = Math.min(FIRST_PAUSE_MS * 2 ** (this.#openings.length - 1), LONGEST_PAUSE_MS);
    }
    return this;
  }

  openings(): number {
    return this.#recent().length;
  }

  #recent(): number[] {
    const horizon = Date.now() - REMEMBER_OPENINGS_MS;
    return this.#openings.filter((at) => at > horizon);
  }
}

const OUTAGES: ReadonlySet<FailureClass> = new Set(['network', 'tls', 'timeout', 'server']);

function isOutage(error: unknown): boolean {
  return error instanceof FailureError && !(error instanceof SlowQueryError) && OUTAGES.has(error.failure.class);
}

function circuitName(state: CircuitState): EndpointStatus['circuit'] {
  switch (state) {
    case CircuitState.Closed:
      return 'closed';
    case CircuitState.HalfOpen:
      return 'half-open';
    case CircuitState.Open:
    case CircuitState.Isolated:
      return 'open';
  }
}
