/** One server program: started, awaited, stopped, and never outliving the process that started it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DataDirectory } from './directory';
import { findFreePort } from './port';

export interface ServerCommand {
  /** Shown in errors, e.g. `prometheus`. */
  name: string;
  program: string;
  args: string[];
  env?: NodeJS.ProcessEnv;
  /** Run as this user and group instead of the caller's. */
  uid?: number;
  gid?: number;
  stopSignal: NodeJS.Signals;
  /** Asked until it says yes; must not throw while the server is still coming up. */
  isReady: () => Promise<boolean>;
  /** Milliseconds to wait for `isReady`. */
  startTimeout?: number;
}

export interface Server {
  readonly pid: number;
  /** Resolves once the process is gone, whatever ended it. */
  readonly exited: Promise<void>;
  isRunning(): boolean;
  /** Ends the process: its own clean stop first, by force after ten seconds. Safe to call twice. */
  stop(): Promise<void>;
}

const STOP_TIMEOUT = 10_000;
const READY_POLL = 20;
const KEPT_OUTPUT = 4_000;

/**
 * Waits for the pipe from its parent to close (which the kernel does however the parent ends, SIGKILL too), then stops
 * the server. A shell, because it is on every system and weighs a megabyte.
 */
const GUARD_SCRIPT = 'read -r _; kill -s "$1" "$2" 2>/dev/null';

function startGuard(pid: number, signal: NodeJS.Signals): ChildProcess {
  const guard = spawn('sh', ['-c', GUARD_SCRIPT, 'guard', signal.replace(/^SIG/, ''), String(pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  guard.unref();
  // The guard may be gone before the pipe is closed; that is its normal end, not an error of ours.
  guard.stdin.on('error', () => undefined);
  return guard;
}

function keepTail(child: ChildProcess): () => string {
  let tail = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8');
    stream?.on('data', (chunk: string) => {
      tail = (tail + chunk).slice(-KEPT_OUTPUT);
    });
  }
  return () => tail.trim();
}

/** Starts a server and resolves when it is ready. Throws with the end of its output if it ends or hangs before that. */
export async function startServer(command: ServerCommand): Promise<Server> {
  const child = spawn(command.program, command.args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: command.env ?? process.env,
    uid: command.uid,
    gid: command.gid,
    // In its own process group, or Ctrl-C would end it before those that still use it.
    detached: true,
  });
  const output = keepTail(child);
  const spawned = once(child, 'spawn');
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  await spawned;
  const pid = child.pid;
  if (pid === undefined) throw new Error(`${command.name} got no process id`);
  const guard = startGuard(pid, command.stopSignal);
  const isRunning = (): boolean => child.exitCode === null && child.signalCode === null;
  void exited.then(() => guard.kill('SIGKILL'));

  const server: Server = {
    pid,
    exited,
    isRunning,
    async stop() {
      if (isRunning()) child.kill(command.stopSignal);
      const timer = new AbortController();
      await Promise.race([exited, sleep(STOP_TIMEOUT, undefined, { signal: timer.signal }).catch(() => undefined)]);
      timer.abort();
      if (isRunning()) child.kill('SIGKILL');
      await exited;
    },
  };

  const deadline = Date.now() + (command.startTimeout ?? 30_000);
  while (isRunning() && Date.now() < deadline) {
    if (await command.isReady()) return server;
    await sleep(READY_POLL);
  }
  const why = isRunning() ? 'was not ready in time' : `ended at once (${child.signalCode ?? child.exitCode ?? '?'})`;
  await server.stop();
  throw new Error(`${command.name} ${why}: ${output()}`);
}

/**
 * Starts a server in its data folder. Tries again on another port when the one picked was taken in the moment before the
 * server bound it, and disposes of the folder if the server can't be started at all.
 */
export async function launchIn<T>(
  directory: DataDirectory,
  givenPort: number | undefined,
  launch: (port: number) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await launch(givenPort ?? (await findFreePort()));
    } catch (error) {
      const isTaken = error instanceof Error && /address already in use/i.test(error.message);
      if (isTaken && givenPort === undefined && attempt < 3) continue;
      await directory.dispose();
      throw error;
    }
  }
}
