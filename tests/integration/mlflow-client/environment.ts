/**
 * Python environments with a real MLflow client each, kept under `.cache` between runs. The skinny package with SQL
 * drivers logs straight into PostgreSQL, as a tracking server would: no server, no pandas, 60 MB each.
 */
import { execFile, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { access, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CACHE } from '../../../demo/stores/project';

const run = promisify(execFile);

/** The newest of each major version on PyPI, and the drivers it wants beside the skinny package. */
export const CLIENTS = {
  '1.30.1': ['sqlalchemy<2', 'alembic<2', 'sqlparse<1', 'setuptools<81', 'psycopg2-binary<3'],
  '2.22.5': ['sqlalchemy<2.1', 'alembic<2', 'psycopg2-binary<3'],
  '3.17.2': ['sqlalchemy<3', 'alembic<2', 'psycopg2-binary<3'],
} as const;
export type ClientVersion = keyof typeof CLIENTS;

const CLIENTS_FOLDER = join(CACHE, 'mlflow-client');
const PYTHON = 'python3';
const OLDEST = [3, 10] as const;
const INSTALL_MS = 240_000;
const MINUTE_MS = 60_000;

/** Why no client can be had here; null when one can. */
export function reasonToSkipClients(): string | null {
  const probe = 'import sys, venv, ensurepip; print(*sys.version_info[:2])';
  const { status, stdout, stderr, error } = spawnSync(PYTHON, ['-c', probe], { encoding: 'utf8' });
  if (error) {
    return `${PYTHON} is not on PATH (${error.message})`;
  }
  if (status !== 0) {
    return `${PYTHON} has no venv or pip (Debian: apt-get install python3-venv): ${stderr.trim().split('\n').at(-1) ?? ''}`;
  }
  const [major = 0, minor = 0] = stdout.trim().split(' ').map(Number);
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])
    ? null
    : `Python ${OLDEST.join('.')} or newer is needed, found ${String(major)}.${String(minor)}`;
}

/**
 * The Python that has this client, installed first where it is not.
 * @throws Error with pip's own words
 */
export async function obtainClient(version: ClientVersion): Promise<string> {
  const wanted = [`mlflow-skinny==${version}`, ...CLIENTS[version]];
  const { stdout } = await run(PYTHON, ['-c', 'import sys; print(sys.version)']);
  const key = createHash('sha256')
    .update([stdout, ...wanted].join('\n'))
    .digest('hex');
  const folder = join(CLIENTS_FOLDER, `${version}-${key.slice(0, 12)}`);
  const python = join(folder, 'bin', 'python');
  const complete = join(folder, 'complete');
  if (await exists(complete)) {
    return python;
  }
  // Half an environment of an interrupted run would be taken for a whole one by pip.
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await run(PYTHON, ['-m', 'venv', folder], { timeout: MINUTE_MS });
  const options = ['--quiet', '--disable-pip-version-check', '--no-input', '--no-compile', '--only-binary', ':all:'];
  await run(python, ['-m', 'pip', 'install', ...options, ...wanted], { timeout: INSTALL_MS });
  await writeFile(complete, `${wanted.join('\n')}\n`);
  return python;
}

/** Runs the script that logs, where MLflow may leave a folder of its own; gives the last line it prints. */
export async function logRuns(python: string, trackingUri: string): Promise<string> {
  const script = join(__dirname, 'log_runs.py');
  const { stdout } = await run(python, [script, trackingUri], { cwd: CLIENTS_FOLDER, timeout: MINUTE_MS });
  return stdout.trim().split('\n').at(-1) ?? '';
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
