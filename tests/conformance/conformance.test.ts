/** Grafana's own Go client against executables made with the SDK; each Go test is a jest test of its own. */
import { mkdtempSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startDemo, type Demo } from '../../demo/demo';
import { backendExecutable } from '../../web/server/plugins';

import { buildFixture } from './build-fixture';
import { listGoTests, reasonToSkipGo, runGoTests, type GoRun } from './go-tests';

/** A clean machine fetches and compiles Grafana's SDK first. */
const GO_TIMEOUT_MS = 10 * 60_000;

/** Tests of the released plugin over the demo's stores. */
const UPLIFT_TESTS = 'uplift_test.go';

const executable = backendExecutable(join(__dirname, '../../dist'));

const skipReason = reasonToSkipGo();
if (skipReason !== null) console.warn(`conformance with Grafana's Go client is skipped: ${skipReason}`);

const uplift = existsSync(executable) ? executable : null;
if (uplift === null) {
  console.warn('conformance of the plugin itself is skipped: no executable in dist/datasource (npm run build)');
}
const upliftTests = listGoTests(UPLIFT_TESTS);
const isExpectedToPass = (name: string): boolean => uplift !== null || !upliftTests.includes(name);

/** The plugin's own tests want real stores; their settings travel in a file, for they hold passwords. */
async function startStores(folder: string): Promise<{ demo: Demo; settings: string }> {
  const demo = await startDemo();
  const settings = join(folder, 'settings.json');
  writeFileSync(settings, JSON.stringify(demo.settings), { mode: 0o600 });
  return { demo, settings };
}

(skipReason === null ? describe : describe.skip)("Grafana's Go client", () => {
  let run: GoRun;

  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'uplift-conformance-'));
    const stores = uplift === null ? null : await startStores(folder);
    try {
      run = await runGoTests({
        CONFORMANCE_FIXTURE: buildFixture(),
        ...(uplift !== null &&
          stores !== null && { CONFORMANCE_UPLIFT: uplift, CONFORMANCE_UPLIFT_SETTINGS: stores.settings }),
      });
    } finally {
      await stores?.demo.stop();
      rmSync(folder, { recursive: true, force: true });
    }
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
