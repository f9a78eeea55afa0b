import type { Command } from 'commander';
import { addSettingFlags } from '../settings/flags';

const EXAMPLES = `
--json prints one object {live, business}; a figure nobody measured is null. Whether annual figures stand as a result or
are preliminary, and which source is away, is said on stderr and in the Markdown.

Exit code: 0, or 1 when the experiment could not be reported on.

Examples:
  uplift report --json | jq .business.net_annual_value
  uplift report --markdown --experiment checkout-ranking > decision.md
  uplift report --markdown --infrastructure 120000 --currency EUR`;

/** Adds `uplift report`. */
export function addReport(program: Command): void {
  const command = program
    .command('report')
    .description('the live numbers and what the difference is worth, for a program (--json) or a ticket (--markdown)')
    .option('--json', 'print one JSON object {live, business} (the default)')
    .option('--markdown', 'print a decision report: verdicts, intervals, checks, replay, money, provenance')
    .option('-e, --experiment <id>', 'which one (default: the first that runs)')
    .option(
      '--breakdown <label>',
      'search the segments of this label, e.g. region, for one that should stay on the control',
    )
    .option('--verbose', 'show the backend’s log on stderr')
    .addHelpText('after', EXAMPLES);
  addSettingFlags(command, ['MLflow', 'Prometheus', 'InfluxDB', 'Business', 'General']).action(async () => {
    const { runReportCommand } = await import('./run');
    await runReportCommand(command);
  });
}
