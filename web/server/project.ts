/** The project's folder, also for code that was bundled into another file than it was written in. */
import { existsSync } from 'node:fs';
import path from 'node:path';

/** The nearest folder around this code that has a package.json. @throws Error when there is none */
function findProject(folder: string): string {
  if (existsSync(path.join(folder, 'package.json'))) {
    return folder;
  }
  const parent = path.dirname(folder);
  if (parent === folder) {
    throw new Error(`no package.json in ${import.meta.dirname} or above`);
  }
  return findProject(parent);
}

export const PROJECT_ROOT = findProject(import.meta.dirname);
