/** Builds the standalone page's files and compresses them once, so that the server never has to. */
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'vite';
import { z } from 'zod';
import { writeCompressed } from '../compressed';
import { pageDir } from '../layout';
import type { Imports } from '../modules';
import { pageConfig } from './config';

/** For the JavaScript of a first visit, gzipped: a little over what it is, and half of what the design allows. */
const PAGE_BUDGET_BYTES = 600_000;

const COMPRESSIBLE = /\.(js|css|html|svg)$/;

const manifestSchema = z.record(
  z.string(),
  z.object({
    file: z.string(),
    name: z.string().optional(),
    isEntry: z.boolean().default(false),
    isDynamicEntry: z.boolean().default(false),
    imports: z.array(z.string()).default([]),
  }),
);
type Manifest = z.infer<typeof manifestSchema>;

/**
 * Builds the page. Returns the gzipped bytes of the JavaScript a first visit loads.
 *
 * @param imports what the plugin modules it shows import of the libraries it shares with them
 * @throws Error over budget
 */
export async function buildPage(imports: Imports): Promise<number> {
  await build(pageConfig(imports));
  await compressFiles(pageDir);
  const bytes = await loadedScriptBytes();
  if (bytes > PAGE_BUDGET_BYTES) {
    throw new Error(`the page loads ${bytes} B of gzipped JavaScript; the budget is ${PAGE_BUDGET_BYTES} B`);
  }
  return bytes;
}

/** A chunk and all it imports statically. */
function closure(manifest: Manifest, names: readonly string[], seen = new Set<string>()): Set<string> {
  for (const name of names) {
    if (!seen.has(name)) {
      seen.add(name);
      closure(manifest, manifest[name]?.imports ?? [], seen);
    }
  }
  return seen;
}

const isPage = ({ name, isDynamicEntry }: Manifest[string]): boolean => isDynamicEntry && name === 'page';

async function loadedScriptBytes(): Promise<number> {
  const manifest = manifestSchema.parse(JSON.parse(await readFile(path.join(pageDir, '.vite/manifest.json'), 'utf8')));
  // The entry imports the page's own chunk once the globals are set; every other dynamic import is on demand.
  const starts = Object.entries(manifest).filter(([, chunk]) => chunk.isEntry || isPage(chunk));
  const names = closure(
    manifest,
    starts.map(([name]) => name),
  );
  const files = [...names].flatMap((name) => manifest[name]?.file ?? []);
  const sizes = await Promise.all(files.map(async (file) => (await stat(path.join(pageDir, `${file}.gz`))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

async function compressFiles(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    if (entry.isFile() && COMPRESSIBLE.test(entry.name)) {
      await writeCompressed(path.join(entry.parentPath, entry.name));
    }
  }
}
