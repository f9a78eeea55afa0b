import type { SourceName } from '../../src/calc/provenance';
import { MissingStoreError } from './missing';
import type { Server } from './server';

/** A store of the demo that can be taken away and brought back, on the same port and with the same data. */
export class ControlledStore<T extends Server> {
  #running: T | null = null;
  #missing: MissingStoreError | null = null;

  constructor(
    readonly name: SourceName,
    private readonly launch: () => Promise<T>,
  ) {}

  get running(): T | null {
    return this.#running?.isRunning() === true ? this.#running : null;
  }

  /** Why it can't be had on this machine; null when it can, or was not tried. */
  get missing(): MissingStoreError | null {
    return this.#missing;
  }

  /** Starts it unless it runs. A store that is not on this machine stays stopped, and `missing` says why. */
  async start(): Promise<void> {
    if (this.running !== null) return;
    try {
      this.#running = await this.launch();
      this.#missing = null;
    } catch (error) {
      if (!(error instanceof MissingStoreError)) throw error;
      this.#missing = error;
    }
  }

  async stop(): Promise<void> {
    await this.#running?.stop();
    this.#running = null;
  }
}
