/** Builds the standalone page's files and compresses them once, so that the server never has to. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { build } from 'vite';
import { pageDir, root } from './layout';

/** The design's budget for the page's own JavaScript, gzipped. */
export const PAGE_BUDGET_BYTES = 1_400_000;

const COMPRESSIBLE = /\.(js|css|html|svg|json)$/;

/** Builds the page. Returns the gzipped size of the JavaScript a first visit loads. @throws Error over budget */
export async function buildPage(): Promise<number> {
  await build({ configFile: path.join(root, 'web/vite.config.ts'), logLevel: 'warn' });
  return compressFiles(pageDir);
}

async function compressFiles(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  let loadedScriptBytes = 0;
  for (const entry of entries) {
    if (!entry.isFile() || !COMPRESSIBLE.test(entry.name)) {
      continue;
    }
    const file = path.join(entry.parentPath, entry.name);
    const content = await readFile(file);
    const gzipped = await promisify(gzip)(content, { level: 9 });
    const params = { [constants.BROTLI_PARAM_QUALITY]: 9 };
    await writeFile(`${file}.gz`, gzipped);
    await writeFile(`${file}.br`, await promisify(brotliCompress)(content, { params }));
    loadedScriptBytes += entry.name.endsWith('.js') ? gzipped.length : 0;
  }
  return loadedScriptBytes;
}
