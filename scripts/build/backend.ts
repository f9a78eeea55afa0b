/** Compiles the backend into the executables Grafana starts, named `gpx_uplift_<os>_<arch>` in Go's words. */
import { execFile } from 'node:child_process';
import { chmod, mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { backendEntry, distDir, root } from './layout';

/** Bun's name of a platform → the suffix Grafana looks for. */
export const TARGETS = {
  'linux-x64': 'linux_amd64',
  'linux-arm64': 'linux_arm64',
  'darwin-x64': 'darwin_amd64',
  'darwin-arm64': 'darwin_arm64',
  'windows-x64': 'windows_amd64.exe',
} as const;
export type Target = keyof typeof TARGETS;

const isTarget = (name: string): name is Target => name in TARGETS;

/** Left to itself, Bun reads these in whatever folder the executable is started: its settings, and code to run first. */
const READ_NOTHING_AT_START = ['dotenv', 'bunfig', 'tsconfig', 'package-json'].map(
  (file) => `--no-compile-autoload-${file}`,
);

/** The target of the machine this runs on. @throws Error on a platform the bundle is not built for. */
export function hostTarget(): Target {
  const name = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  if (!isTarget(name)) {
    throw new Error(`no backend for ${name}; the bundle is built for ${Object.keys(TARGETS).join(', ')}`);
  }
  return name;
}

/** Where the executable of a target lies: beside the nested data source's manifest. */
export const executablePath = (target: Target): string =>
  path.join(distDir, 'datasource', `gpx_uplift_${TARGETS[target]}`);

/**
 * Compiles one executable and moves it into place, so that one that is running keeps running.
 * @throws Error with the compiler's words when the target cannot be compiled or its runtime cannot be fetched
 */
export async function compileBackend(target: Target): Promise<string> {
  const executable = executablePath(target);
  const unfinished = `${executable}.${process.pid}.tmp${target.startsWith('windows') ? '.exe' : ''}`;
  await mkdir(path.dirname(executable), { recursive: true });
  const bun = path.join(root, 'node_modules/.bin/bun');
  // Bytecode halves the time to the handshake; it is made for the machine that compiles.
  const where = target === hostTarget() ? ['--bytecode', '--format=cjs'] : [`--target=bun-${target}`];
  try {
    await promisify(execFile)(
      bun,
      ['build', '--compile', '--minify', ...READ_NOTHING_AT_START, ...where, backendEntry, '--outfile', unfinished],
      {
        cwd: root,
      },
    );
    await chmod(unfinished, 0o755);
    await rename(unfinished, executable);
  } finally {
    await rm(unfinished, { force: true });
  }
  return executable;
}
