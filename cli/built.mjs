// Whether the command's bundle is there, and as new as what it is made of.
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const ROOT = path.resolve(import.meta.dirname, '..');
const SOURCES = ['cli', 'web/server', 'web/wire.ts', 'pkg', 'src/calc', 'src/contract', 'package-lock.json'];

/** @param {string} name @returns {boolean} */
const isSource = (name) => /\.(ts|json)$/.test(name) && !name.endsWith('.test.ts');

/** @param {string} source @returns {string[]} the files of a folder that are compiled; a file itself */
function filesOf(source) {
  const whole = path.join(ROOT, source);
  if (!statSync(whole).isDirectory()) {
    return [whole];
  }
  return readdirSync(whole, { recursive: true, encoding: 'utf8' })
    .filter(isSource)
    .map((name) => path.join(whole, name));
}

/** @returns {string | null} the bundle's address; null without one, and when a source has changed since */
export function findBuilt() {
  const main = path.join(ROOT, 'cli/dist/main.js');
  if (!existsSync(main)) {
    return null;
  }
  const { mtimeMs } = statSync(main);
  const sources = SOURCES.filter((source) => existsSync(path.join(ROOT, source)));
  const isNewer = sources.flatMap(filesOf).some((file) => statSync(file).mtimeMs > mtimeMs);
  return isNewer ? null : pathToFileURL(main).href;
}
