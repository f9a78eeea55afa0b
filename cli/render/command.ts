import type { Command } from 'commander';
import { FailureError } from '../../src/contract/failure';
import { servePage } from '../page/page';
import { addSettingFlags } from '../settings/flags';
import { readSettings, refuseWrongDefinitions } from '../settings/read-settings';
import { endingSignal } from '../terminal/ending';
import { showProgress } from '../terminal/progress';
import { remark, writeOut } from '../terminal/run';
import { findChromium, launchChromium } from './chromium';
import { PageApi } from './page-api';
import { renderPictures } from './render';
import { readRequest } from './request';

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
      const request = readRequest(dashboards, command.opts());
      const program = await findChromium(request.chromium, process.env);
      const ending = endingSignal();
      const progress = showProgress('starting the browser');
      const closing: Array<() => Promise<unknown>> = [];
      try {
        const api = new PageApi(request.url ?? (await startOwnPage(command, closing)));
        const browser = await launchChromium(program);
        closing.push(() => browser.close());
        ending.signal.addEventListener('abort', () => void browser.close(), { once: true });
        progress.say('rendering');
        await renderPictures(request, {
          browser,
          api,
          signal: ending.signal,
          onPicture: ({ file, failedPanels }) => {
            writeOut(file);
            progress.say(file);
            if (failedPanels > 0) {
              remark(`${file}: ${failedPanels} panels show an error instead of data.`);
              process.exitCode = 1;
            }
          },
        });
      } catch (error) {
        // What breaks because the browser was closed on the way out is not what ended this.
        throw ending.signal.aborted ? interrupted(error) : error;
      } finally {
        progress.end();
        for (const close of closing.reverse()) {
          await close();
        }
        ending.dispose();
      }
    },
  );
}

async function startOwnPage(command: Command, closing: Array<() => Promise<unknown>>): Promise<string> {
  const read = await readSettings(command);
  refuseWrongDefinitions(read.definitionFiles);
  const page = await servePage(read, { host: '127.0.0.1', port: 0 }, 'silent');
  closing.push(() => page.stop());
  return page.url;
}

const interrupted = (cause: unknown) =>
  new FailureError(
    {
      class: 'limit',
      message: 'Interrupted; pictures that were named are whole, no other was left behind.',
      fix: 'Run it again for the rest.',
    },
    { cause },
  );
