/** The executable as built, in a folder that is not its own. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { backendExecutable } from '../../web/server/plugins';

const EXECUTABLE = backendExecutable(path.join(__dirname, '../../dist'));

describe('the executable', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'uplift-executable-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  test('runs no code that the folder it is started in names', async () => {
    await writeFile(path.join(folder, 'bunfig.toml'), 'preload = ["./first.ts"]\n');
    await writeFile(path.join(folder, 'first.ts'), `require('node:fs').writeFileSync('ran', '');\n`);
    // Without Grafana it says what it is and ends: far enough to have run what comes first.
    const ended = promisify(execFile)(EXECUTABLE, { cwd: folder });
    await expect(ended).rejects.toThrow('This is a Grafana plugin');
    expect(existsSync(path.join(folder, 'ran'))).toBe(false);
  });

  test('takes no settings from a .env in the folder it is started in', async () => {
    await writeFile(path.join(folder, '.env'), 'grafana_plugin_type=datasource\n');
    await expect(promisify(execFile)(EXECUTABLE, { cwd: folder, timeout: 10_000 })).rejects.toThrow(
      'grafana_plugin_type=datasource is missing',
    );
  });
});
