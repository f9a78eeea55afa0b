/**
 * `npm run build`: the plugin bundle into `dist/`, the standalone page into `web/dist/`, the command into `cli/dist/`.
 * `-- --all` compiles the backend for every platform; `-- --no-page` and `-- --no-backend` leave a part out.
 */
import path from 'node:path';
import { Command } from 'commander';
import { z } from 'zod';
import { compileBackend, hostTarget, TARGETS, type Target } from './build/backend';
import { buildCommand } from './build/command';
import { listPlugins, root } from './build/layout';
import { bundleVersion, writeDocuments, writeManifest } from './build/manifests';
import { buildModule, mergeImports, type Imports } from './build/modules';
import { buildPage } from './build/page/build';

const options = z
  .object({ all: z.boolean().default(false), page: z.boolean(), backend: z.boolean() })
  .parse(
    new Command('build')
      .option('--all', 'compile the backend for every platform, not only this one')
      .option('--no-page', 'leave the standalone page out')
      .option('--no-backend', 'leave the backend out')
      .parse()
      .opts(),
  );

const report = (what: string, bytes?: number) =>
  console.log(bytes === undefined ? what : `${what.padEnd(40)} ${(bytes / 1000).toFixed(1)} kB gzipped`);

/** Compiles every target and names each that failed; a runtime that cannot be fetched must not hide the others. */
async function compileAll(targets: readonly Target[]): Promise<void> {
  const failed: string[] = [];
  for (const target of targets) {
    try {
      report(path.relative(root, await compileBackend(target)));
    } catch (error) {
      failed.push(`${target}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  if (failed.length > 0) {
    throw new Error(`the backend was not compiled for\n  ${failed.join('\n  ')}`);
  }
}

const version = await bundleVersion();
const today = new Date().toISOString().slice(0, 10);
const shown: Imports[] = [];
for (const plugin of listPlugins()) {
  await writeManifest(plugin, version, today);
  const { file, gzippedBytes, imports } = await buildModule(plugin);
  report(path.relative(root, file), gzippedBytes);
  if (plugin.type !== 'app') {
    shown.push(imports);
  }
}
await writeDocuments();
report(path.relative(root, await buildCommand()));
if (options.page) {
  report('web/dist', await buildPage(mergeImports(shown)));
}
if (options.backend) {
  const targets = Object.keys(TARGETS).filter((name): name is Target => name in TARGETS);
  await compileAll(options.all ? targets : [hostTarget()]);
}
