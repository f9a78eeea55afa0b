import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

/** The first of `folders` that holds every one of `programs`, executable; null if none does. */
export async function findFolderWith(programs: string[], folders: string[]): Promise<string | null> {
  for (const folder of folders) {
    const found = await Promise.all(programs.map((program) => isExecutable(join(folder, program))));
    if (found.every(Boolean)) return folder;
  }
  return null;
}

/** The folders of PATH, in order. */
export function searchPath(): string[] {
  return (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
}
