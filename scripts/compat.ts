/**
 * `npm run compat [-- version …]`: do the modules fit the oldest Grafana we promise, and the newest there is? Each version's
 * libraries are fetched once into `.cache`; then TypeScript checks every import and use against their types.
 */
import { checkModules } from './compat/check';
import { findNewest, obtainLibraries, reactOf } from './compat/libraries';

/** `grafanaDependency` of our manifests. */
const OLDEST = '12.3.0';

const given = process.argv.slice(2);
const versions = given.length > 0 ? given : [...new Set([OLDEST, await findNewest()])];
let fits = true;
for (const version of versions) {
  const { imports, problems } = checkModules(await obtainLibraries(version));
  const used = [...imports].map(([library, names]) => `${String(names.size)} names of ${library}`).sort();
  const verdict = problems.length === 0 ? 'fits' : `${String(problems.length)} problems`;
  console.log(`Grafana ${version} (React ${reactOf(version)}): ${verdict}; ${used.join(', ')}`);
  for (const problem of problems) {
    console.log(`  ${problem}`);
  }
  fits &&= problems.length === 0;
}
process.exit(fits ? 0 : 1);
