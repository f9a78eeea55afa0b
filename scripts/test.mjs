// `npm test`: everything, on a machine that has Node and npm only. Plain Node, because it installs what the rest needs.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { installDependencies, installSystemPackages } from './setup.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const projects = process.argv.slice(2);

/**
 * Runs a command; one that runs beside others shows its output when it is over.
 * @returns {Promise<boolean>} whether it succeeded
 */
async function run(title, command, args, { isBeside = false } = {}) {
  const began = Date.now();
  const begin = () => console.log(`\n── ${title}`);
  const output = [];
  if (!isBeside) begin();
  const child = spawn(command, args, { cwd: root, stdio: isBeside ? ['ignore', 'pipe', 'pipe'] : 'inherit' });
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => output.push(chunk));
  }
  const [status] = await once(child, 'close');
  if (isBeside) begin();
  process.stdout.write(Buffer.concat(output));
  console.log(`── ${title}: ${status === 0 ? 'ok' : 'FAILED'} in ${((Date.now() - began) / 1000).toFixed(1)} s`);
  return status === 0;
}

/** Names what failed once more, last: where a log is cut, its end is what is kept. */
function sayFailures({ testResults }) {
  for (const { name, status, message, assertionResults } of testResults) {
    const failed = assertionResults.filter((assertion) => assertion.status === 'failed');
    if (status === 'failed') {
      console.log(`\nFAILED ${relative(root, name)}`);
    }
    for (const { fullName, failureMessages } of failed) {
      console.log(`  ${fullName}\n    ${firstLines(failureMessages.join('\n'))}`);
    }
    if (status === 'failed' && failed.length === 0) {
      console.log(`    ${firstLines(message)}`);
    }
  }
}

const firstLines = (text) => stripVTControlCharacters(text).split('\n').slice(0, 8).join('\n    ');

installDependencies(root);
const wholePython = { program: 'python3', probe: ['-c', 'import ensurepip, venv'], package: 'python3-venv' };
installSystemPackages([
  { program: 'chromium', package: 'chromium', why: 'browser tests and pictures' },
  { ...wholePython, why: 'real MLflow clients, whose runs the tests read' },
]);

const totals = { passed: 0, failed: 0, skipped: 0 };
const count = (isOk) => totals[isOk ? 'passed' : 'failed']++;

// Each of these keeps one core busy, and most of the time goes into the first.
const linting = projects.length === 0 ? run('lint', 'npm', ['run', '--silent', 'lint'], { isBeside: true }) : undefined;
count(await run('build', 'npm', ['run', '--silent', 'build']));
if (linting) {
  count(await run('type check', 'npm', ['run', '--silent', 'typecheck']));
  count(await linting);
}

const report = `${root}.cache/jest.json`;
mkdirSync(`${root}.cache`, { recursive: true });
rmSync(report, { force: true });
const selected = projects.length ? ['--selectProjects', ...projects] : [];
const isGreen = await run('jest', 'npx', ['jest', '--json', `--outputFile=${report}`, '--maxWorkers=2', ...selected]);
if (existsSync(report)) {
  const result = JSON.parse(readFileSync(report, 'utf8'));
  totals.passed += result.numPassedTests;
  totals.failed += result.numFailedTests + result.numRuntimeErrorTestSuites;
  totals.skipped += result.numPendingTests + result.numTodoTests;
  sayFailures(result);
}
if (!isGreen && totals.failed === 0) {
  totals.failed++;
}

console.log(`\n${totals.passed} passed, ${totals.failed} failed${totals.skipped ? `, ${totals.skipped} skipped` : ''}`);
process.exit(totals.failed === 0 ? 0 : 1);
