import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sweepLeftovers } from './leftovers';

test('removes the folders of processes that are gone, and no others', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'uplift-leftovers-'));
  const gone = spawnSync('true').pid;
  const kept = [`demo-${process.pid}`, `demo-${process.pid}-a1`, 'demo-a1', `other-${gone}`, `demo-${gone}a`];
  for (const name of [...kept, `demo-${gone}`, `demo-${gone}-a1`])
    await mkdir(join(folder, name, 'data'), { recursive: true });
  expect(await sweepLeftovers(folder, 'demo-')).toBe(2);
  expect((await readdir(folder)).sort()).toEqual(kept.sort());
  await rm(folder, { recursive: true });
});

test('a folder that is not there holds no leftovers', async () => {
  expect(await sweepLeftovers(join(tmpdir(), 'uplift-never-made'), 'demo-')).toBe(0);
});
