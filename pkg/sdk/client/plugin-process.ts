import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';

import { MAGIC_COOKIE, parseHandshake } from '../protocol/handshake';
import { parseLogLine, type PluginLog } from './plugin-log';

export interface PluginStart {
  executable: string;
  args?: readonly string[];
  /** The whole environment but the cookie; default: this process's. */
  env?: NodeJS.ProcessEnv;
  /** Every line the plugin writes to stderr. */
  onLog?: (log: PluginLog) => void;
  /** How long the handshake may take; default 10 s. */
  startTimeoutMs?: number;
}

export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** How much of stderr an error about a failed start repeats. */
const REMEMBERED_LINES = 10;

/** A running plugin executable. */
export class PluginProcess {
  private constructor(
    private readonly child: ChildProcess,
    /** The gRPC target of its handshake. */
    readonly target: string,
    /** Resolves when the process has ended, however it did. */
    readonly exited: Promise<Exit>,
  ) {}

  get pid(): number | undefined {
    return this.child.pid;
  }

  /**
   * Starts an executable as Grafana does and waits for its handshake.
   * @throws Error with the last lines of stderr when it cannot be started, ends, is silent or says something else.
   */
  static async start({
    executable,
    args = [],
    env,
    onLog,
    startTimeoutMs = 10_000,
  }: PluginStart): Promise<PluginProcess> {
    const child = spawn(executable, args, {
      env: { ...(env ?? process.env), [MAGIC_COOKIE.key]: MAGIC_COOKIE.value },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const lastLines: string[] = [];
    const stderr = createInterface({ input: child.stderr });
    stderr.on('line', (line) => {
      lastLines.push(line);
      if (lastLines.length > REMEMBERED_LINES) lastLines.shift();
      onLog?.(parseLogLine(line));
    });
    const exited = new Promise<Exit>((resolve) => child.once('close', (code, signal) => resolve({ code, signal })));
    const timeout = new AbortController();
    try {
      const line = await Promise.race([
        firstLine(child),
        exited.then(({ code, signal }) => {
          throw new Error(`it ended before its handshake (${signal ?? `exit code ${code ?? 'unknown'}`})`);
        }),
        delay(startTimeoutMs, undefined, { signal: timeout.signal }).then(() => {
          throw new Error(`no handshake within ${startTimeoutMs} ms`);
        }),
      ]);
      return new PluginProcess(child, parseHandshake(line), exited);
    } catch (cause) {
      child.kill('SIGKILL');
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new Error([`The plugin ${executable} did not start: ${reason}`, ...lastLines].join('\n  '), { cause });
    } finally {
      timeout.abort();
    }
  }

  kill(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** Whether the process ended within this time. */
  async hasExitedWithin(ms: number): Promise<boolean> {
    const timeout = new AbortController();
    const hasExited = await Promise.race([
      this.exited.then(() => true),
      delay(ms, false, { signal: timeout.signal }).catch(() => false),
    ]);
    timeout.abort();
    return hasExited;
  }
}

/** Rejects when the executable cannot be started at all. Later lines are read and dropped, or the pipe would fill up. */
function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    if (child.stdout) createInterface({ input: child.stdout }).on('line', resolve);
  });
}
