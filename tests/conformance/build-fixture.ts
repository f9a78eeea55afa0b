import { spawnSync } from 'node:child_process';
import { mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');

/** Compiles the fixture plugin as releases are compiled. @returns the executable's path. */
export function buildFixture(): string {
  const folder = join(ROOT, '.cache/conformance');
  mkdirSync(folder, { recursive: true });
  const executable = join(folder, 'fixture');
  const bun = join(ROOT, 'node_modules/.bin/bun');
  const main = join(__dirname, 'fixture/main.ts');
  // Test files run side by side: none may start what another is still writing.
  const fresh = join(folder, `fixture-${process.pid}`);
  const build = spawnSync(
    bun,
    ['build', '--compile', '--minify', '--bytecode', '--format=cjs', main, '--outfile', fresh],
    { encoding: 'utf8' },
  );
  if (build.status !== 0) throw new Error(`bun could not compile the fixture: ${build.error?.message ?? build.stderr}`);
  renameSync(fresh, executable);
  return executable;
}
