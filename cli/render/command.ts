import type { Command } from 'commander';
import { addSettingFlags } from '../settings/flags';

const EXAMPLES = `
Prints the name of each picture as it is done. Exit code 1 when one could not be taken or shows a panel without its data.

Examples:
  uplift render uplift-live-ab --out report.pdf
  uplift render --theme light,dark --format png,pdf --density 3 --out pictures
  uplift render uplift-live-ab --panel 1 2 --size 1200x600 --var experiment=fraud-threshold
  uplift render --url http://localhost:8050 --from 2026-03-01T00:00:00Z --to 2026-03-15T00:00:00Z`;

const collect = (value: string, before: string[] = []) => [...before, value];

/** Adds `uplift render`. */
export function addRender(program: Command): void {
  const command = program
    .command('render')
    .description('pictures of dashboards or panels, fit for print: PNG or PDF')
    .argument('[dashboards...]', 'uids; all when none is named')
    .option('-p, --panel <ids...>', 'only these panels, each its own picture')
    .option('--theme <names>', 'light, dark, or both with a comma', 'light')
    .option('--format <names>', 'png, pdf, or both with a comma (default: as --out ends, else png)')
    .option('--size <WxH>', 'pixels; a dashboard without H is as high as its content (1600, panels 1000x500)')
    .option('--density <number>', 'device pixels a pixel, 1 to 4', '2')
    .option('--from <time>', 'begin of the range, e.g. now-7d (default: the dashboard’s)')
    .option('--to <time>', 'its end')
    .option('--var <name=value>', 'value of a variable; may be repeated', collect)
    .option('--time-zone <name>', 'IANA name (default: this machine’s)')
    .option('--url <address>', 'a page that runs already (default: one is started with the settings)')
    .option('--out <place>', 'a folder, or the file of a single picture', '.')
    .option('--chromium <program>', 'the browser [CHROMIUM_PATH]')
    .addHelpText('after', EXAMPLES);
  addSettingFlags(command, ['MLflow', 'Prometheus', 'InfluxDB', 'Business', 'General']).action(
    async (dashboards: string[]) => {
      const { runRenderCommand } = await import('./run');
      await runRenderCommand(dashboards, command);
    },
  );
}
