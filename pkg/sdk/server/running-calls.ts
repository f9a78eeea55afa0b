import { setTimeout as delay } from 'node:timers/promises';

/** As much of a gRPC call as cancelling needs: the event comes when the caller cancels and when its deadline passes. */
export interface CancellableCall {
  cancelled: boolean;
  on(event: 'cancelled', listener: () => void): unknown;
}

/** The calls being answered: each has a signal, and a process that must end waits for them, but not for ever. */
export class RunningCalls {
  readonly #running = new Map<AbortController, Promise<void>>();

  get size(): number {
    return this.#running.size;
  }

  /** Runs `work` with a signal that aborts when the caller gives up or `settle` has waited long enough. */
  async run<T>(call: CancellableCall, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const controller = new AbortController();
    const cancel = (): void => controller.abort(abortReason('the caller cancelled'));
    call.on('cancelled', cancel);
    if (call.cancelled) cancel();
    const { promise: ended, resolve: markEnded } = deferred();
    this.#running.set(controller, ended);
    try {
      return await work(controller.signal);
    } finally {
      this.#running.delete(controller);
      markEnded();
    }
  }

  /** Gives running calls `graceMs` to end, aborts the rest, and gives those `abortMs` to notice. */
  async settle(graceMs: number, abortMs: number): Promise<void> {
    await this.#ended(graceMs);
    for (const controller of this.#running.keys()) controller.abort(abortReason('the plugin is shutting down'));
    await this.#ended(abortMs);
  }

  async #ended(withinMs: number): Promise<void> {
    if (this.#running.size === 0) return;
    const timeout = new AbortController();
    await Promise.race([
      Promise.all(this.#running.values()),
      delay(withinMs, undefined, { signal: timeout.signal }).catch(() => undefined),
    ]);
    timeout.abort();
  }
}

/** Named as the platform names its own, so that whoever catches it can tell it from a failure. */
function abortReason(message: string): DOMException {
  return new DOMException(message, 'AbortError');
}

function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((settle) => (resolve = settle));
  return { promise, resolve };
}
