import { chmod, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { writeWholeFile } from './whole-file';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'uplift-picture-'));
});
afterEach(async () => {
  await chmod(folder, 0o700);
  await rm(folder, { recursive: true, force: true });
});

test('makes the folder, writes the file, leaves nothing else', async () => {
  const file = path.join(folder, 'a/b/picture.png');
  await writeWholeFile(file, Buffer.from('whole'));
  expect(await readFile(file, 'utf8')).toBe('whole');
  expect(await readdir(path.dirname(file))).toEqual(['picture.png']);
});

test('SIGTERM in the middle of a picture leaves the old one and no half file', async () => {
  const file = path.join(folder, 'picture.png');
  await writeFile(file, 'old');
  await expect(writeWholeFile(file, Buffer.alloc(50_000_000), AbortSignal.abort())).rejects.toThrow();
  expect(await readFile(file, 'utf8')).toBe('old');
  expect(await readdir(folder)).toEqual(['picture.png']);
});

test('a place that cannot be written is named, and nothing is left behind', async () => {
  await writeFile(path.join(folder, 'file'), '');
  await expect(writeWholeFile(path.join(folder, 'file/picture.png'), Buffer.from('x'))).rejects.toThrow(
    /picture\.png could not be written/,
  );
  expect(await readdir(folder)).toEqual(['file']);
});

test('a full disk is said as such, and the old picture stays', async () => {
  const file = path.join(folder, 'picture.png');
  await writeFile(file, 'old');
  // Linux’s own full disk, where the unfinished picture would be.
  await symlink('/dev/full', `${file}.${process.pid}.unfinished`);
  await expect(writeWholeFile(file, Buffer.alloc(10_000))).rejects.toThrow('could not be written (the disk is full)');
  expect(await readFile(file, 'utf8')).toBe('old');
  expect(await readdir(folder)).toEqual(['picture.png']);
});

test('a folder in the picture’s place is said as such', async () => {
  await expect(writeWholeFile(folder, Buffer.from('x'))).rejects.toThrow('it is a folder');
});
