/** Bundles the `uplift` command into `cli/dist/`, so that it starts without a compiler and holds in memory only what it runs. */
import { execFile } from 'node:child_process';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { root } from './layout';

export const commandDir = path.join(root, 'cli/dist');

/** Looks for files beside its own code. */
const LEFT_OUT = ['playwright-core'];

/**
 * Bundles the command with its libraries, and returns its main file.
 * @throws Error with the bundler's words
 */
export async function buildCommand(): Promise<string> {
  await rm(commandDir, { recursive: true, force: true });
  const external = LEFT_OUT.flatMap((name) => ['--external', name]);
  await promisify(execFile)(
    path.join(root, 'node_modules/.bin/bun'),
    // Names stay: errors and logs show them.
    [
      ...['build', 'cli/main.ts', '--target=node', '--splitting', '--minify-whitespace', '--minify-syntax'],
      ...['--outdir', commandDir, ...external],
    ],
    { cwd: root },
  );
  await Promise.all((await readdir(commandDir)).map((file) => keepToBytes(path.join(commandDir, file))));
  return path.join(commandDir, 'main.js');
}

/** V8 holds a file that has one character beyond Latin-1 in two bytes each: escaped, 3 MB of code weigh 3 MB, not 7. */
async function keepToBytes(file: string): Promise<void> {
  const code = await readFile(file, 'utf8');
  const unit = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  await writeFile(file, code.replaceAll(/[\u0100-\uffff]/g, unit));
}
