/** `cli/uplift.mjs` in a checkout of its own: when does it run what was built, and when the sources? */
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const PROJECT = path.join(__dirname, '../..');
const BUILT_AT = new Date('2026-01-01T12:00:00Z');
const BEFORE = new Date('2026-01-01T11:00:00Z');
const AFTER = new Date('2026-01-01T13:00:00Z');

describe('the launcher', () => {
  let checkout: string;

  const writeAt = async (file: string, content: string, at: Date) => {
    const whole = path.join(checkout, file);
    await mkdir(path.dirname(whole), { recursive: true });
    await writeFile(whole, content);
    await utimes(whole, at, at);
  };
  const said = async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [path.join(checkout, 'cli/uplift.mjs')]);
    return stdout.trim();
  };

  beforeEach(async () => {
    checkout = await mkdtemp(path.join(tmpdir(), 'uplift-launcher-'));
    await mkdir(path.join(checkout, 'cli'));
    for (const file of ['uplift.mjs', 'built.mjs']) {
      await cp(path.join(PROJECT, 'cli', file), path.join(checkout, 'cli', file));
    }
    await symlink(path.join(PROJECT, 'node_modules'), path.join(checkout, 'node_modules'));
    await writeAt('package.json', '{"type": "module"}', BEFORE);
    await writeAt('cli/main.ts', `const who: string = 'the sources'; console.log(who);`, BEFORE);
    await writeAt('pkg/sdk/client/index.ts', '', BEFORE);
  });

  afterEach(() => rm(checkout, { recursive: true }));

  test('runs the sources where nothing was built', async () => {
    expect(await said()).toBe('the sources');
  });

  test('runs what was built', async () => {
    await writeAt('cli/dist/main.js', `console.log('the bundle')`, BUILT_AT);
    expect(await said()).toBe('the bundle');
  });

  test.each(['cli/main.ts', 'pkg/sdk/client/index.ts'])('runs the sources once %s was changed', async (source) => {
    await writeAt('cli/dist/main.js', `console.log('the bundle')`, BUILT_AT);
    await utimes(path.join(checkout, source), AFTER, AFTER);
    expect(await said()).toBe('the sources');
  });

  test('is not misled by a test that was changed', async () => {
    await writeAt('cli/dist/main.js', `console.log('the bundle')`, BUILT_AT);
    await writeAt('pkg/sdk/client/plugin-log.test.ts', '', AFTER);
    expect(await said()).toBe('the bundle');
  });
});
