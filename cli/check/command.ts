import type { Command } from 'commander';
import { withBackend } from '../backend/backend';
import { addSettingFlags } from '../settings/flags';
import { readSettings } from '../settings/read-settings';
import { showProgress } from '../terminal/progress';
import { logTo, runOptions, writeOut } from '../terminal/run';
import { runCheck } from './check';
import { formatCheck } from './format';

const EXAMPLES = `
Exit code: 0 when every configured source can be read and every definition is valid, else 1.

Examples:
  uplift check                                    settings from .env
  uplift check --prometheus-url http://prom:9090  one flag instead of the variable
  uplift check --experiments "tests/*.yaml" --json | jq '.sources[] | select(.readable != true)'`;

/** Adds `uplift check`. */
export function addCheck(program: Command): void {
  const command = program
    .command('check')
    .description('test every connection as the data source does, and validate the experiments that are written down')
    .option('--json', 'print one JSON object')
    .option('--verbose', 'show the backend’s log on stderr')
    .addHelpText('after', EXAMPLES);
  addSettingFlags(command, ['MLflow', 'Prometheus', 'InfluxDB', 'General']).action(async () => {
    const { json, verbose } = runOptions(command);
    const { settings, secrets, definitionFiles } = await readSettings(command);
    const progress = showProgress('asking every source');
    const result = await withBackend({ settings, secrets, onLog: logTo(verbose) }, (backend) =>
      runCheck(backend, definitionFiles),
    ).finally(() => progress.end());
    writeOut(
      json
        ? JSON.stringify(result, null, 2)
        : formatCheck(result, Date.now(), process.stdout.isTTY ? process.stdout.columns : null),
    );
    process.exitCode = result.ok ? 0 : 1;
  });
}
