import type { Command } from 'commander';
import { withBackend } from '../backend/backend';
import { readSettings } from '../settings/read-settings';
import { showProgress } from '../terminal/progress';
import { logTo, runOptions, writeOut } from '../terminal/output';
import { runCheck } from './check';
import { formatCheck } from './format';

/** Runs `uplift check` with the flags of its command. @throws FailureError when the settings cannot be read */
export async function runCheckCommand(command: Command): Promise<void> {
  const { json, verbose } = runOptions(command);
  const { settings, secrets, definitionFiles } = await readSettings(command);
  const progress = showProgress('asking every source');
  const result = await withBackend({ settings, secrets, onLog: logTo(verbose) }, (backend) =>
    runCheck(backend, definitionFiles),
  ).finally(() => progress.end());
  const width = process.stdout.isTTY ? process.stdout.columns : null;
  writeOut(json ? JSON.stringify(result, null, 2) : formatCheck(result, Date.now(), width));
  process.exitCode = result.ok ? 0 : 1;
}
