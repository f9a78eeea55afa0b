/** Files that are there whole or not at all. */
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { FailureError } from '../../src/contract/failure';
import { errorCode } from '../error-code';

/**
 * Writes beside the target and renames, so that nobody ever sees half a file; what was there before stays until then.
 * @throws FailureError naming the file when it cannot be written, e.g. because the disk is full
 */
export async function writeWholeFile(file: string, content: Uint8Array, signal?: AbortSignal): Promise<void> {
  const unfinished = `${file}.${process.pid}.unfinished`;
  try {
    await mkdir(path.dirname(file), { recursive: true });
  } catch (cause) {
    throw notWritten(file, cause);
  }
  try {
    await writeFile(unfinished, content, { signal });
    await rename(unfinished, file);
  } catch (cause) {
    await rm(unfinished, { force: true });
    throw signal?.aborted ? cause : notWritten(file, cause);
  }
}

function notWritten(file: string, cause: unknown): FailureError {
  const code = errorCode(cause);
  return new FailureError(
    {
      class: 'limit',
      field: '--out',
      message: `${file} could not be written (${REASONS[code] ?? code}).`,
      fix: 'Free space or give --out a folder that can be written to.',
    },
    { cause },
  );
}

const REASONS: Record<string, string> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota is used up',
  EACCES: 'permission denied',
  EROFS: 'the file system is read-only',
  EISDIR: 'it is a folder',
  EEXIST: 'its folder is a file',
  ENOTDIR: 'its folder is a file',
};
