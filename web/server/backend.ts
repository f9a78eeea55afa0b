/** Keeps one backend process running, as Grafana does: started, watched, and started again when it dies. */
import { setTimeout as delay } from 'node:timers/promises';
import { status } from '@grpc/grpc-js';
import type { FastifyBaseLogger } from 'fastify';
import { PluginClient, type PluginLog } from '../../pkg/sdk/client';

const FIRST_RESTART_MS = 100;
const SLOWEST_RESTART_MS = 5_000;
/** A process that lived this long starts the waiting over. */
const STEADY_MS = 30_000;

/**
 * How much memory the backend's runtime believes the machine has, bytes. It is no limit: the runtime collects garbage the
 * more often the nearer it comes, instead of letting half of what the machine has fill up. Whoever sets it decides.
 */
const BELIEVED_MEMORY = { BUN_JSC_forceRAMSize: String(100 * 1024 ** 2) };

/** The end of a connection is seen a moment before the end of the process. */
const END_SEEN_WITHIN_MS = 1_000;

const isConnectionLost = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === status.UNAVAILABLE;

const hasEnded = (client: PluginClient): Promise<boolean> =>
  Promise.race([client.exited.then(() => true), delay(END_SEEN_WITHIN_MS, false)]);

export class Backend {
  private client: Promise<PluginClient>;
  private running: PluginClient | undefined;
  private restartMs = FIRST_RESTART_MS;
  private isStopping = false;

  private constructor(
    private readonly executable: string,
    private readonly log: FastifyBaseLogger,
  ) {
    this.client = this.launch();
  }

  /** @throws Error with the executable's last words when it does not come up the first time */
  static async start(executable: string, log: FastifyBaseLogger): Promise<Backend> {
    const backend = new Backend(executable, log);
    await backend.client;
    return backend;
  }

  /** Calls the running process; once more on the next one when this one died under the call. @throws ServiceError */
  async call<T>(ask: (client: PluginClient) => Promise<T>): Promise<T> {
    const client = await this.client;
    try {
      return await ask(client);
    } catch (error) {
      if (this.isStopping || !isConnectionLost(error) || !(await hasEnded(client))) {
        throw error;
      }
      return ask(await this.client);
    }
  }

  /** The process that runs now; undefined while the next one starts. */
  get pid(): number | undefined {
    return this.running?.pid;
  }

  /** Ends the process and leaves it ended. */
  async stop(): Promise<void> {
    this.isStopping = true;
    const [started] = await Promise.allSettled([this.client]);
    if (started.status === 'fulfilled') {
      await started.value.stop();
    }
  }

  private async launch(): Promise<PluginClient> {
    const client = await PluginClient.start({
      executable: this.executable,
      env: { ...BELIEVED_MEMORY, ...process.env },
      onLog: (line) => this.relay(line),
    });
    this.running = client;
    const startedAt = performance.now();
    void client.exited.then((exit) => {
      client.close();
      this.running = undefined;
      if (!this.isStopping) {
        this.log.error({ exit }, 'the backend ended; starting it again');
        this.restartMs = performance.now() - startedAt > STEADY_MS ? FIRST_RESTART_MS : this.restartMs;
        this.client = this.relaunch();
      }
    });
    return client;
  }

  private async relaunch(): Promise<PluginClient> {
    while (!this.isStopping) {
      await delay(this.restartMs);
      this.restartMs = Math.min(this.restartMs * 2, SLOWEST_RESTART_MS);
      try {
        return await this.launch();
      } catch (error) {
        this.log.error({ err: error }, 'the backend did not start; trying again');
      }
    }
    throw new Error('the page is stopping');
  }

  private relay(line: PluginLog): void {
    this.log.debug({ backend: line }, 'backend');
  }
}
