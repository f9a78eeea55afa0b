/**
 * `npm run vectors -- [FILE]`: runs a file of reference cases through the engine. Prints each failure and
 * `N passed, N failed`; exits with 1 when any fails. Without FILE: the shared cases, or this repository's copy of them.
 */
import { existsSync, readFileSync } from 'node:fs';
import { checkCase, fileSchema } from './vectors/check';
import { KINDS } from './vectors/kinds';

const SHARED = new URL('../../shared/vectors/statistics.json', import.meta.url);
const COPY = new URL('./golden/statistics.json', import.meta.url);

const file = process.argv[2] ?? (existsSync(SHARED) ? SHARED : COPY);
const { cases } = fileSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
let failed = 0;
for (const vector of cases) {
  const problems = checkCase(vector, KINDS);
  if (problems.length > 0) {
    failed++;
    console.log(`${vector.id} (${vector.kind})\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
  }
}
console.log(`${cases.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
