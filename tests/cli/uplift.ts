/** Runs the `uplift` command as a user does: its own process, its own environment. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

const LAUNCHER = path.join(process.cwd(), 'cli/uplift.mjs');

export interface Run {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface RunOptions {
  /** Lines of a `.env` file. */
  settings?: Record<string, string | number>;
  /** A `.env` that is there already. */
  envFile?: string;
  /** Sent once the command has written this to stdout. */
  kill?: { signal: NodeJS.Signals; after: RegExp };
  environment?: Record<string, string>;
}

/** Nothing of this machine's own settings reaches the command; its folder holds no `.env`. */
export async function uplift(
  args: readonly string[],
  { settings, envFile, kill, environment = {} }: RunOptions = {},
): Promise<Run> {
  const folder = await mkdtemp(path.join(tmpdir(), 'uplift-cli-'));
  try {
    const file = envFile ?? path.join(folder, 'settings.env');
    const lines = Object.entries(settings ?? {}).map(([name, value]) => `${name}=${value}`);
    if (settings) {
      await writeFile(file, lines.join('\n'));
    }
    const child = spawn(process.execPath, [LAUNCHER, ...args, ...(settings || envFile ? ['--env', file] : [])], {
      cwd: folder,
      env: { PATH: process.env['PATH'] ?? '', HOME: folder, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const output = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
    let isKilled = false;
    child.stdout.on('data', () => {
      if (kill?.after.test(output.stdout) === true && !isKilled) {
        isKilled = true;
        child.kill(kill.signal);
      }
    });
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    return { code, ...output };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
