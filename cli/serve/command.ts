import type { Command } from 'commander';
import { servePage } from '../page/page';
import { addSettingFlags } from '../settings/flags';
import { readSettings, refuseWrongDefinitions } from '../settings/read-settings';
import { endingSignal } from '../terminal/ending';
import { runOptions, writeOut } from '../terminal/run';

const EXAMPLES = `
Examples:
  uplift serve                       settings from .env, dashboards on http://localhost:8050
  uplift serve --port 9000 --refresh 60`;

/** Adds `uplift serve`. */
export function addServe(program: Command): void {
  const command = program
    .command('serve')
    .description('the page with the provisioned dashboards, without Grafana; Ctrl-C ends it')
    .option('--verbose', 'log more')
    .addHelpText('after', EXAMPLES);
  addSettingFlags(command, ['MLflow', 'Prometheus', 'InfluxDB', 'Business', 'Page', 'General']).action(async () => {
    const { verbose } = runOptions(command);
    const read = await readSettings(command);
    refuseWrongDefinitions(read.definitionFiles);
    const ending = endingSignal();
    const page = await servePage(read, read.page, verbose ? 'info' : 'warn');
    try {
      writeOut(`${page.url}   (Ctrl-C ends it)`);
      await ending.ended;
    } finally {
      await page.stop();
      ending.dispose();
    }
  });
}
