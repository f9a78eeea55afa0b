/** Grafana's own Go client against executables made with the SDK; each Go test is a jest test of its own. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { buildFixture } from './build-fixture';
import { listGoTests, reasonToSkipGo, runGoTests, type GoRun } from './go-tests';

/** A clean machine fetches and compiles Grafana's SDK first. */
const GO_TIMEOUT_MS = 10 * 60_000;

const GO_ARCH: Partial<Record<NodeJS.Architecture, string>> = { x64: 'amd64', arm64: 'arm64', arm: 'arm' };

/** Tests against the released plugin; the file comes and goes with it. */
const UPLIFT_TESTS = 'uplift_test.go';

function findUpliftExecutable(): string | null {
  const extension = process.platform === 'win32' ? '.exe' : '';
  const os = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `gpx_uplift_${os}_${GO_ARCH[process.arch] ?? process.arch}${extension}`;
  const path = join(__dirname, '../../dist/datasource', name);
  return existsSync(path) ? path : null;
}

const skipReason = reasonToSkipGo();
if (skipReason !== null) console.warn(`conformance with Grafana's Go client is skipped: ${skipReason}`);

const uplift = findUpliftExecutable();
const upliftTests = existsSync(join(__dirname, UPLIFT_TESTS)) ? listGoTests(UPLIFT_TESTS) : [];
if (uplift === null && upliftTests.length > 0) {
  console.warn('conformance of the plugin itself is skipped: no executable in dist/datasource (npm run build)');
}
const isExpectedToPass = (name: string): boolean => uplift !== null || !upliftTests.includes(name);

(skipReason === null ? describe : describe.skip)("Grafana's Go client", () => {
  let run: GoRun;

  beforeAll(async () => {
    run = await runGoTests({
      CONFORMANCE_FIXTURE: buildFixture(),
      ...(uplift !== null && { CONFORMANCE_UPLIFT: uplift }),
    });
  }, GO_TIMEOUT_MS);

  it('ran exactly the tests that are written here', () => {
    expect({ ran: [...run.results.keys()].sort(), output: run.output }).toEqual({
      ran: listGoTests().sort(),
      output: run.output,
    });
  });

  for (const name of listGoTests()) {
    (isExpectedToPass(name) ? it : it.skip)(name, () => {
      const result = run.results.get(name) ?? { outcome: 'missing', output: run.output };
      expect(result).toEqual({ outcome: 'pass', output: result.output });
    });
  }
});
