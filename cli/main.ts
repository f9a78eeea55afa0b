/** Runs the command line. Exit code 0, or 1 when the answer is “no” or there is none. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { createProgram } from './program';
import { PROJECT } from './project';
import { describeError, remark } from './terminal/output';

// A reader that closes early, as `| head` does, has what it wanted.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

const manifest: unknown = JSON.parse(await readFile(path.join(PROJECT.root, 'package.json'), 'utf8'));
const { version } = z.object({ version: z.string() }).parse(manifest);
try {
  await createProgram(version).parseAsync();
} catch (error) {
  remark(describeError(error));
  process.exitCode = 1;
}
