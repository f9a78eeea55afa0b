// What a fresh machine lacks: npm packages, and Debian packages where we may install them.
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';

/** Installs npm packages when they are missing or older than the lock file. */
export function installDependencies(root) {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    console.error(`Node ${process.versions.node} is too old: Uplift needs Node 20.19 or newer.`);
    process.exit(1);
  }
  const installed = path.join(root, 'node_modules/.package-lock.json');
  const lock = path.join(root, 'package-lock.json');
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) {
    return;
  }
  console.log('Installing npm packages (once, about a minute) …');
  // Its errors only: some of Grafana's libraries name older Reacts as peers, which is a hundred lines of warnings.
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) {
    console.error('npm ci failed: its output above says why.');
    process.exit(1);
  }
}

const isOnPath = (program) => spawnSync('which', [program], { stdio: 'ignore' }).status === 0;

const answers = ({ program, probe }) => spawnSync(program, probe, { stdio: 'ignore' }).status === 0;

/**
 * Installs Debian packages whose program is missing, where root and apt-get allow it; otherwise says what to install.
 * Debian splits some programs: `probe` are arguments with which a whole one ends well.
 * @param {{ program: string, probe?: string[], package: string, why: string }[]} wanted
 */
export function installSystemPackages(wanted) {
  const missing = wanted.filter((one) => !isOnPath(one.program) || (one.probe && !answers(one)));
  if (missing.length === 0) {
    return;
  }
  const names = missing.map((one) => one.package);
  const mayInstall = process.getuid?.() === 0 && isOnPath('apt-get');
  if (!mayInstall) {
    for (const one of missing) {
      console.error(`Missing: ${one.program} (${one.why}). Install it, e.g. sudo apt-get install ${one.package}`);
    }
    return;
  }
  console.log(`Installing ${names.join(', ')} …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('apt-get', ['update', '-qq'], { stdio: 'inherit', env });
  const { status } = spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...names], {
    stdio: 'inherit',
    env,
  });
  if (status !== 0) {
    console.error(`apt-get could not install ${names.join(', ')}; what needs it will fail and say so.`);
  }
}
