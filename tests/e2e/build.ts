/** The build under test. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

const root = process.cwd();
export const distDir = path.join(root, 'dist');
export const dashboardsDir = path.join(root, 'provisioning/dashboards');
const pageFile = path.join(root, 'web/dist/index.html');

/** Builds unless there is a build; `npm test` has just made one. */
export async function ensureBuilt(): Promise<void> {
  if (!existsSync(pageFile) || !existsSync(path.join(distDir, 'plugin.json'))) {
    await promisify(execFile)('npm', ['run', '--silent', 'build'], { cwd: root });
  }
}
