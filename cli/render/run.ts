import type { Command } from 'commander';
import { FailureError } from '../../src/contract/failure';
import { servePage } from '../page/page';
import { readSettings, refuseWrongDefinitions } from '../settings/read-settings';
import { endingSignal } from '../terminal/ending';
import { showProgress } from '../terminal/progress';
import { remark, writeOut } from '../terminal/output';
import { findChromium, launchChromium } from './chromium';
import { PageApi } from './page-api';
import { renderPictures } from './render';
import { readRequest } from './request';

/** Runs `uplift render` with the arguments and flags of its command. @throws FailureError */
export async function runRenderCommand(dashboards: readonly string[], command: Command): Promise<void> {
  const request = readRequest(dashboards, command.opts());
  const program = await findChromium(request.chromium, process.env);
  const ending = endingSignal();
  const progress = showProgress('starting the browser', { hasOwnEnding: true });
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
    ending.signal.throwIfAborted();
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
}

async function startOwnPage(command: Command, closing: Array<() => Promise<unknown>>): Promise<string> {
  const read = await readSettings(command);
  refuseWrongDefinitions(read.definitionFiles);
  const page = await servePage(read, 'private', 'silent');
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
