import { PluginConnection } from './plugin-connection';
import { PluginProcess, type Exit, type PluginStart } from './plugin-process';

const SHUTDOWN_CALL_MS = 2000;
const EXIT_AFTER_SHUTDOWN_MS = 3000;
const EXIT_AFTER_SIGTERM_MS = 2000;

/** A plugin executable that this process started, and the calls to it: what Grafana is to a plugin. */
export class PluginClient extends PluginConnection {
  private constructor(private readonly plugin: PluginProcess) {
    super(plugin.target);
  }

  /** @throws Error saying why the executable did not come up, with the last lines it wrote to stderr. */
  static async start(start: PluginStart): Promise<PluginClient> {
    return new PluginClient(await PluginProcess.start(start));
  }

  get pid(): number | undefined {
    return this.plugin.pid;
  }

  /** Resolves when the process has ended, be it by `stop` or a crash. */
  get exited(): Promise<Exit> {
    return this.plugin.exited;
  }

  /** Ends the process: by asking, then SIGTERM, then SIGKILL. Safe to call twice and after a crash. */
  async stop(): Promise<Exit> {
    const { plugin } = this;
    const isAsked = await this.shutdown({ timeoutMs: SHUTDOWN_CALL_MS }).then(
      () => true,
      // Not answering is one of the ways to be stopped: the signals follow.
      () => false,
    );
    this.close();
    if (!isAsked || !(await plugin.hasExitedWithin(EXIT_AFTER_SHUTDOWN_MS))) {
      plugin.kill('SIGTERM');
      if (!(await plugin.hasExitedWithin(EXIT_AFTER_SIGTERM_MS))) plugin.kill('SIGKILL');
    }
    return plugin.exited;
  }
}
