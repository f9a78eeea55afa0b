import type { DataSourceSettings } from '../protocol/context';
import type { Logger } from './logger';
import type { PluginInstance } from './plugin';

interface Held<Instance> {
  instance: Instance;
  updatedMs: number;
  inUse: number;
  isRetired: boolean;
}

/**
 * One instance per configured data source, rebuilt when its settings change. Requests that began on an old instance
 * finish on it; it is disposed of after the last of them.
 */
export class Instances<Instance extends PluginInstance> {
  readonly #held = new Map<string, Held<Instance>>();
  readonly #disposals = new Set<Promise<void>>();

  constructor(
    private readonly create: (settings: DataSourceSettings) => Instance,
    private readonly logger: Logger,
  ) {}

  /**
   * Runs `work` with the instance for these settings.
   * @throws whatever creating the instance or `work` throws.
   */
  async use<T>(orgId: number, settings: DataSourceSettings, work: (instance: Instance) => Promise<T>): Promise<T> {
    const held = this.#acquire(`${orgId}/${settings.uid}`, settings);
    held.inUse++;
    try {
      return await work(held.instance);
    } finally {
      held.inUse--;
      this.#disposeIfIdle(held);
    }
  }

  /** Retires every instance; settles when those that no request uses are disposed of. */
  async disposeAll(): Promise<void> {
    for (const held of this.#held.values()) this.#retire(held);
    this.#held.clear();
    await Promise.all(this.#disposals);
  }

  #acquire(key: string, settings: DataSourceSettings): Held<Instance> {
    const current = this.#held.get(key);
    if (current?.updatedMs === settings.updatedMs) return current;
    // Created before the old one is retired: settings that don't work must not end what still runs.
    const created = {
      instance: this.create(settings),
      updatedMs: settings.updatedMs,
      inUse: 0,
      isRetired: false,
    };
    this.#held.set(key, created);
    if (current) this.#retire(current);
    return created;
  }

  #retire(held: Held<Instance>): void {
    held.isRetired = true;
    this.#disposeIfIdle(held);
  }

  #disposeIfIdle(held: Held<Instance>): void {
    if (!held.isRetired || held.inUse > 0) return;
    const disposal = this.#dispose(held.instance);
    this.#disposals.add(disposal);
    void disposal.finally(() => this.#disposals.delete(disposal));
  }

  async #dispose(instance: Instance): Promise<void> {
    try {
      await instance.dispose();
    } catch (error) {
      this.logger.error({ error }, 'disposing of a data source instance failed');
    }
  }
}
