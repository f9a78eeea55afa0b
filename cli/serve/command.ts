import type { Command } from 'commander';
import { addSettingFlags } from '../settings/flags';

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
    const { runServeCommand } = await import('./run');
    await runServeCommand(command);
  });
}
