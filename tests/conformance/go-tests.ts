/** The Go tests of this folder, as jest sees them: found in their source, run once, reported one by one. */
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';

const NEEDED = { major: 1, minor: 25 };

/** Why the Go tests cannot run here; null when they can. */
export function reasonToSkipGo(): string | null {
  const { stdout, error } = spawnSync('go', ['env', 'GOVERSION'], { encoding: 'utf8' });
  if (error) return `Go is not on PATH (${error.message})`;
  const [, major = '0', minor = '0'] = /^go(\d+)\.(\d+)/.exec(stdout) ?? [];
  const isRecent = Number(major) > NEEDED.major || (Number(major) === NEEDED.major && Number(minor) >= NEEDED.minor);
  return isRecent ? null : `Go ${NEEDED.major}.${NEEDED.minor} or newer is needed, found ${stdout.trim()}`;
}

/** Names of the test functions in one of this folder's Go files, or in all of them. */
export function listGoTests(file?: string): string[] {
  const files = file ? [file] : readdirSync(__dirname).filter((name) => name.endsWith('_test.go'));
  return files.flatMap((name) => {
    const source = readFileSync(join(__dirname, name), 'utf8');
    return [...source.matchAll(/^func (Test\w+)\(/gm)].flatMap(([, test]) => test ?? []);
  });
}

export interface GoResult {
  outcome: 'pass' | 'fail' | 'skip';
  /** What the test printed, its subtests included. */
  output: string;
}

const eventSchema = z.object({
  Action: z.string(),
  Test: z.string().optional(),
  Output: z.string().optional(),
});

const outcomeSchema = z.enum(['pass', 'fail', 'skip']);

export interface GoRun {
  /** Per top-level test. */
  results: Map<string, GoResult>;
  /** What belongs to no test: compile errors, the go command's own words. */
  output: string;
}

/** Runs every Go test here. @throws Error when the go command cannot be started. */
export async function runGoTests(env: Readonly<Record<string, string>>): Promise<GoRun> {
  // -count=1: go caches by its own sources and does not see that an executable has changed.
  const child = spawn('go', ['test', '-json', '-count=1', './...'], {
    cwd: __dirname,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const results = new Map<string, GoResult>();
  const outputs = new Map<string, string>();
  let general = '';
  const readEvent = (line: string): void => {
    const { Action, Test, Output = '' } = eventSchema.parse(JSON.parse(line));
    if (Test === undefined) {
      general += Output;
      return;
    }
    const [name = Test] = Test.split('/');
    outputs.set(name, (outputs.get(name) ?? '') + Output);
    const outcome = outcomeSchema.safeParse(Action);
    if (outcome.success && name === Test) results.set(name, { outcome: outcome.data, output: outputs.get(name) ?? '' });
  };
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (line.startsWith('{')) readEvent(line);
    else general += `${line}\n`;
  });
  child.stderr.on('data', (chunk: Buffer) => (general += chunk.toString('utf8')));
  await new Promise<void>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', () => resolve());
  });
  return { results, output: general };
}
