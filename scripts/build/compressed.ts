/** Compressed copies beside a file, made once, so that the page's server never compresses it. */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const BROTLI_LEVEL = { [constants.BROTLI_PARAM_QUALITY]: 9 };

/** Writes `file.gz` and `file.br`. Returns the gzipped bytes. */
export async function writeCompressed(file: string): Promise<number> {
  const content = await readFile(file);
  const [gzipped, brotli] = await Promise.all([
    promisify(gzip)(content, { level: 9 }),
    promisify(brotliCompress)(content, { params: BROTLI_LEVEL }),
  ]);
  await Promise.all([writeFile(`${file}.gz`, gzipped), writeFile(`${file}.br`, brotli)]);
  return gzipped.length;
}

/** Removes the copies of a file that is about to change often. */
export async function removeCompressed(file: string): Promise<void> {
  await Promise.all([`${file}.gz`, `${file}.br`].map((copy) => rm(copy, { force: true })));
}
