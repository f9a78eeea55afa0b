/**
 * `npm run vectors -- [FILE]`: runs a file of reference cases through the engine. Prints each failure and
 * `N passed, N failed`; exits with 1 when any fails or there is nothing to run. Without FILE: the shared cases, or this
 * repository's copy of them.
 */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runFile } from './vectors/run-file';

const SHARED = fileURLToPath(new URL('../../shared/vectors/statistics.json', import.meta.url));
const COPY = fileURLToPath(new URL('./golden/statistics.json', import.meta.url));

const asked = process.argv[2];
// npm runs scripts from the project's root; a path is meant from where the command was given.
const file = asked !== undefined ? resolve(process.env.INIT_CWD ?? '.', asked) : existsSync(SHARED) ? SHARED : COPY;
const { lines, complaint, hasPassed } = runFile(file);
if (complaint !== null) {
  console.error(complaint);
}
console.log(lines.join('\n'));
process.exitCode = hasPassed ? 0 : 1;
