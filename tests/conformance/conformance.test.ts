/** Grafana's own Go client against executables made with the SDK; each Go test is a jest test of its own. */
import { mkdtempSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startDemo } from '../../demo/demo';
import { backendExecutable } from '../../web/server/plugins';

import { prepareAlertDrill } from './alert-drill';
import { buildFixture } from './build-fixture';
import { listGoTests, reasonToSkipGo, runGoTests, type GoRun } from './go-tests';

/** A clean machine fetches and compiles Grafana's SDK first. */
const GO_TIMEOUT_MS = 10 * 60_000;

/** Tests of the released plugin over the demo's stores. */
const UPLIFT_TESTS = ['uplift_test.go', 'alerts_test.go', 'dashboards_test.go'];

const executable = backendExecutable(join(__dirname, '../../dist'));

const skipReason = reasonToSkipGo();
if (skipReason !== null) console.warn(`conformance with Grafana's Go client is skipped: ${skipReason}`);

const isBuilt = existsSync(executable);
if (!isBuilt) {
  console.warn('conformance of the plugin itself is skipped: no executable in dist/datasource (npm run build)');
}
const upliftTests = UPLIFT_TESTS.flatMap((file) => listGoTests(file));
const isExpectedToPass = (name: string): boolean => isBuilt || !upliftTests.includes(name);

interface Stores {
  env: Record<string, string>;
  stop(): Promise<void>;
}

/** The plugin's own tests want real stores; their settings travel in a file, for they hold passwords. */
async function startStores(folder: string): Promise<Stores> {
  const demo = await startDemo({ drills: true });
  try {
    const settings = join(folder, 'settings.json');
    writeFileSync(settings, JSON.stringify(demo.settings), { mode: 0o600 });
    const drill = await prepareAlertDrill(demo, folder);
    return {
      env: { ...drill.env, CONFORMANCE_UPLIFT: executable, CONFORMANCE_UPLIFT_SETTINGS: settings },
      async stop() {
        await drill.stop();
        await demo.stop();
      },
    };
  } catch (error) {
    await demo.stop();
    throw error;
  }
}

(skipReason === null ? describe : describe.skip)("Grafana's Go client", () => {
  let run: GoRun;

  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'uplift-conformance-'));
    const stores = isBuilt ? await startStores(folder) : null;
    try {
      run = await runGoTests({ CONFORMANCE_FIXTURE: buildFixture(), ...stores?.env });
    } finally {
      await stores?.stop();
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
