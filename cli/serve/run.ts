import type { Command } from 'commander';
import { servePage } from '../page/page';
import { readSettings, refuseWrongDefinitions } from '../settings/read-settings';
import { endingSignal } from '../terminal/ending';
import { runOptions, writeOut } from '../terminal/output';

/** Runs `uplift serve` with the flags of its command, until the process is asked to end. @throws Error when the page cannot start */
export async function runServeCommand(command: Command): Promise<void> {
  const { verbose } = runOptions(command);
  const read = await readSettings(command);
  refuseWrongDefinitions(read.definitionFiles);
  const ending = endingSignal();
  const page = await servePage(read, 'configured', verbose ? 'info' : read.page.logLevel);
  try {
    writeOut(`${page.url}   (Ctrl-C ends it)`);
    await ending.ended;
  } finally {
    await page.stop();
    ending.dispose();
  }
}
