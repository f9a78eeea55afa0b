/** What a demo that was killed could not remove: folders named after its process, found by the next one. */
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Anything but “no such process” means that there is one, perhaps somebody else's.
    return !(typeof error === 'object' && error !== null && 'code' in error && error.code === 'ESRCH');
  }
}

/**
 * Removes folders `<prefix><process id>`, with or without a `-…` behind, whose process is gone and that are this user's.
 * @returns how many there were
 */
export async function sweepLeftovers(folder: string, prefix: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  let swept = 0;
  for (const entry of entries) {
    const pid = entry.name.startsWith(prefix) ? /^(\d+)(?:-|$)/.exec(entry.name.slice(prefix.length))?.[1] : undefined;
    if (!entry.isDirectory() || pid === undefined || isRunning(Number(pid))) continue;
    const path = join(folder, entry.name);
    const owner = await stat(path).then(
      ({ uid }) => uid,
      () => null,
    );
    if (owner !== process.getuid?.()) continue;
    await rm(path, { recursive: true, force: true });
    swept++;
  }
  return swept;
}
