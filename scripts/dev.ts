/** `npm run dev`: builds once, then rebuilds what a change touches: a plugin's module, or the backend. Ctrl-C ends it. */
import { watch } from 'node:fs';
import path from 'node:path';
import { build } from 'vite';
import { compileBackend, hostTarget } from './build/backend';
import { listPlugins, root } from './build/layout';
import { bundleVersion, writeDocuments, writeManifest } from './build/manifests';
import { moduleConfig } from './build/modules';

/** What the backend is compiled from. */
const BACKEND_SOURCES = ['pkg', 'src/calc', 'src/contract'];
/** Editors save several files at once; one compilation answers them all. */
const SETTLE_MS = 200;

const version = await bundleVersion();
const today = new Date().toISOString().slice(0, 10);

async function compile(): Promise<void> {
  try {
    console.log(path.relative(root, await compileBackend(hostTarget())));
  } catch (error) {
    // A mistake in the code being edited: said, and tried again at the next change.
    console.error(error instanceof Error ? error.message : String(error));
  }
}

function watchBackend(): void {
  let settling: NodeJS.Timeout | undefined;
  for (const folder of BACKEND_SOURCES) {
    watch(path.join(root, folder), { recursive: true }, (_event, file) => {
      if (file?.endsWith('.ts') === true && !file.endsWith('.test.ts')) {
        clearTimeout(settling);
        settling = setTimeout(() => void compile(), SETTLE_MS);
      }
    });
  }
}

for (const plugin of listPlugins()) {
  await writeManifest(plugin, version, today);
  await build({ ...moduleConfig(plugin, true), logLevel: 'info' });
}
await writeDocuments();
await compile();
watchBackend();
console.log('Watching. The page and Grafana load the new modules at the next reload.');
