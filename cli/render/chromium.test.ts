import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findChromium } from './chromium';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'uplift-chromium-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function program(name: string, mode = 0o755): Promise<string> {
  const file = path.join(folder, name);
  await writeFile(file, '');
  await chmod(file, mode);
  return file;
}

test('the one that is named comes first, then CHROMIUM_PATH, then PATH', async () => {
  const [named, configured, found] = [await program('mine'), await program('theirs'), await program('google-chrome')];
  expect(await findChromium(named, { CHROMIUM_PATH: configured, PATH: folder })).toBe(named);
  expect(await findChromium(null, { CHROMIUM_PATH: configured, PATH: folder })).toBe(configured);
  expect(await findChromium(null, { PATH: `/no/such${path.delimiter}${folder}` })).toBe(found);
});

test('Chromium is preferred to Chrome', async () => {
  await program('google-chrome');
  const chromium = await program('chromium');
  expect(await findChromium(null, { PATH: folder })).toBe(chromium);
});

test('no Chromium: says how to get one', async () => {
  await expect(findChromium(null, { PATH: folder })).rejects.toMatchObject({
    failure: {
      field: '--chromium',
      message: 'No Chromium was found on this machine.',
      fix: expect.stringContaining('apt-get install chromium') as string,
    },
  });
});

test('a named program that cannot be run is not silently replaced by another', async () => {
  await program('chromium');
  await expect(findChromium(path.join(folder, 'gone'), { PATH: folder })).rejects.toThrow(
    'is not a program that can be run',
  );
});
