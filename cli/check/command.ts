import type { Command } from 'commander';
import { addSettingFlags } from '../settings/flags';

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
    const { runCheckCommand } = await import('./run');
    await runCheckCommand(command);
  });
}
