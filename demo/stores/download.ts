/**
 * Servers taken out of the distribution's own packages: fetched by `apt-get download` and unpacked into the project's
 * cache. Nothing is installed, no service starts, and no root is needed.
 */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findFolderWith, searchPath } from './locate';
import { CACHE } from './project';
import { MissingStoreError } from './missing';

const run = promisify(execFile);

export interface DistributionServer {
  store: 'prometheus' | 'influx';
  /** Debian and Ubuntu packages that hold the programs. */
  packages: string[];
  programs: string[];
  /** What to do on a system without apt. */
  install: string;
}

/** Package lists of our own, so that a user who is not root can refresh them and the system's stay as they are. */
async function privateLists(): Promise<string[]> {
  const state = join(CACHE, 'apt', 'state');
  const cache = join(CACHE, 'apt', 'cache');
  await mkdir(join(state, 'lists', 'partial'), { recursive: true });
  await mkdir(join(cache, 'archives', 'partial'), { recursive: true });
  return [
    ...['-o', `Dir::State=${state}`, '-o', 'Dir::State::status=/var/lib/dpkg/status'],
    ...['-o', `Dir::Cache=${cache}`, '-o', 'APT::Sandbox::User=', '-o', 'APT::Update::Post-Invoke='],
  ];
}

async function downloadPackages(packages: string[], into: string): Promise<void> {
  try {
    await run('apt-get', ['-o', 'APT::Sandbox::User=', 'download', ...packages], { cwd: into });
  } catch {
    // Fresh containers carry no package lists, and stale lists name files that are gone: fetch lists and try once more.
    const options = await privateLists();
    await run('apt-get', [...options, 'update'], { cwd: into });
    await run('apt-get', [...options, 'download', ...packages], { cwd: into });
  }
}

async function unpackServer(server: DistributionServer): Promise<string> {
  const target = join(CACHE, 'stores', server.store);
  await mkdir(join(CACHE, 'stores'), { recursive: true });
  const work = await mkdtemp(join(CACHE, 'stores', `.${server.store}-`));
  try {
    await downloadPackages(server.packages, work);
    const archives = (await readdir(work)).filter((file) => file.endsWith('.deb'));
    for (const archive of archives) await run('dpkg', ['-x', archive, 'root'], { cwd: work });
    // Whoever renames first wins; a second process that fetched the same throws its copy away.
    await rename(join(work, 'root'), target).catch((error: unknown) => {
      if (!(error instanceof Error && 'code' in error && (error.code === 'ENOTEMPTY' || error.code === 'EEXIST')))
        throw error;
    });
    return join(target, 'usr', 'bin');
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/**
 * The folder that holds a server's programs: the project's cache, else PATH, else fetched from the distribution.
 *
 * @throws MissingStoreError when there is no such package or no apt.
 */
export async function obtainServer(server: DistributionServer): Promise<string> {
  const cached = join(CACHE, 'stores', server.store, 'usr', 'bin');
  const present = await findFolderWith(server.programs, [cached, ...searchPath()]);
  if (present !== null) return present;
  const apt = await findFolderWith(['apt-get', 'dpkg'], searchPath());
  if (apt === null) {
    throw new MissingStoreError(server.store, `no ${server.programs.join(' or ')} on PATH, and no apt`, server.install);
  }
  try {
    return await unpackServer(server);
  } catch (error) {
    const detail = error instanceof Error ? (error.message.split('\n').findLast((line) => line !== '') ?? '') : '';
    const reason = `the package ${server.packages.join(', ')} could not be fetched (${detail})`;
    throw new MissingStoreError(server.store, reason, server.install);
  }
}
