/** What stores tell of served models: asked once for all panels of a refresh, and kept for a while (design §3.4). */
import { unlessGivenUp } from '../sources/given-up';
import type { Alerts } from '../sources/capabilities/alerts';
import type { Deployments, DeploymentsRequest } from '../sources/capabilities/deployments';
import type { Histograms, HistogramsRequest } from '../sources/capabilities/histograms';
import type { Timeline, TimelineRequest } from '../sources/capabilities/timeline';
import type { Source } from '../sources/source';
import { Coalescer, FETCH_LIMIT_MS } from './coalesce';

export type TimelineSource = Source & Required<Pick<Source, 'timeline'>>;

/** Who waits for an answer. One that gives up waits no longer; whoever else waits still gets the answer. */
interface Caller {
  skipCache: boolean;
  signal: AbortSignal;
}

/** Of each kind. */
const KEPT_ANSWERS = 200;

/**
 * Alike are questions to the same store with the same values, periods included: align them (`alignPeriod`). Nothing is
 * kept beyond the time to live, so an alert may share what a panel has just asked; how old the samples in it are is for
 * the caller to judge, each time.
 */
export class MonitoringReader {
  readonly #timelines: Coalescer<Timeline>;
  readonly #histograms: Coalescer<Histograms>;
  readonly #deployments: Coalescer<Deployments>;
  readonly #alerts: Coalescer<Alerts>;

  constructor(
    private readonly ttlMs: number,
    clock: () => number,
  ) {
    this.#timelines = new Coalescer(KEPT_ANSWERS, clock);
    this.#histograms = new Coalescer(KEPT_ANSWERS, clock);
    this.#deployments = new Coalescer(KEPT_ANSWERS, clock);
    this.#alerts = new Coalescer(KEPT_ANSWERS, clock);
  }

  /** @throws FailureError */
  timeline(source: TimelineSource, request: TimelineRequest, caller: Caller): Promise<Timeline> {
    return this.#share(this.#timelines, source, request, (signal) => source.timeline(request, signal), caller);
  }

  /** Undefined where the store keeps none. @throws FailureError */
  histograms(source: Source, request: HistogramsRequest, caller: Caller): Promise<Histograms> | undefined {
    const ask = source.histograms?.bind(source);
    return ask && this.#share(this.#histograms, source, request, (signal) => ask(request, signal), caller);
  }

  /** Undefined where the store does not know. @throws FailureError */
  deployments(source: Source, request: DeploymentsRequest, caller: Caller): Promise<Deployments> | undefined {
    const ask = source.deployments?.bind(source);
    return ask && this.#share(this.#deployments, source, request, (signal) => ask(request, signal), caller);
  }

  /** Undefined where the store has none. @throws FailureError */
  alerts(source: Source, request: DeploymentsRequest, caller: Caller): Promise<Alerts> | undefined {
    const ask = source.alerts?.bind(source);
    return ask && this.#share(this.#alerts, source, request, (signal) => ask(request, signal), caller);
  }

  async #share<T>(
    answers: Coalescer<T>,
    { name }: Source,
    request: object,
    ask: (signal: AbortSignal) => Promise<T>,
    { skipCache, signal }: Caller,
  ): Promise<T> {
    signal.throwIfAborted();
    const load = () => ask(AbortSignal.timeout(FETCH_LIMIT_MS));
    const fetching = answers.fetch(JSON.stringify([name, request]), this.ttlMs, load, skipCache);
    return (await unlessGivenUp(fetching, signal)).value;
  }
}
