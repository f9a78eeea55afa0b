import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface DataDirectory {
  path: string;
  /** Removes it if it was made for one run; leaves a given one alone. */
  dispose(): Promise<void>;
}

/** The folder a server keeps its data in: the given one, made if absent, or a temporary one. */
export async function openDataDirectory(store: string, given: string | undefined): Promise<DataDirectory> {
  if (given !== undefined) {
    await mkdir(given, { recursive: true });
    return { path: given, dispose: () => Promise.resolve() };
  }
  const path = await mkdtemp(join(tmpdir(), `uplift-${store}-`));
  return { path, dispose: () => rm(path, { recursive: true, force: true }) };
}
