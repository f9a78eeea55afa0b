/**
 * The page in a browser that has kept nothing: how long a visitor waits for the first tile, at a page that runs, and at one
 * whose server and backend have only just started, with no history in memory.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import { startDemo, type Demo } from '../../demo/demo';
import { launchChromium } from '../e2e/chromium';
import { median, type Figure } from './figure';
import { serve } from './served-page';

const VISITS = 10;
const STARTS = 3;
/** A tab that was just opened has yet to start its process; one types an address later than that. */
const TAB_REST_MS = 1_000;
/** The badge stands in a panel once its data does. */
const FIRST_TILE = 'button[aria-label^="Data: "]';
/** What is still to be drawn, or under way. */
const UNFINISHED = '[data-late-tile], [data-late-control], [aria-label="Panel loading bar"]';

interface Visit {
  firstTileMs: number;
  /** What the page's own thread computed until then; tells a slow page from a busy machine. */
  mainThreadMs: number;
}

const FIRST_TILE_AT = /^first tile at ([\d.]+) ms$/;

/** In the page itself: asked from outside, the answer would wait for everything that is drawn after it. */
const watchForFirstTile = (selector: string) => {
  const watch = new MutationObserver(() => {
    if (document.querySelector(selector) !== null) {
      watch.disconnect();
      requestAnimationFrame(() => console.debug(`first tile at ${performance.now()} ms`));
    }
  });
  watch.observe(document, { childList: true, subtree: true });
};

/** Opens the page as a new visitor. Times are from the navigation's start. */
async function visit(browser: Browser, url: string): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1600, height: 1000 } });
  try {
    const page = await context.newPage();
    const devtools = await context.newCDPSession(page);
    await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
    await page.addInitScript(watchForFirstTile, FIRST_TILE);
    await setTimeout(TAB_REST_MS);
    // Said by the page: waiting for it from outside would be work for the page.
    const said = page.waitForEvent('console', { predicate: (message) => FIRST_TILE_AT.test(message.text()) });
    await page.goto(url, { waitUntil: 'commit' });
    const [, firstTileMs = ''] = FIRST_TILE_AT.exec((await said).text()) ?? [];
    const { metrics } = await devtools.send('Performance.getMetrics');
    const seconds = metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN;
    // One who leaves earlier calls off what the next visitor would then have to wait for.
    await page.locator(UNFINISHED).first().waitFor({ state: 'detached', timeout: 60_000 });
    return { firstTileMs: Number(firstTileMs), mainThreadMs: seconds * 1000 };
  } finally {
    await context.close();
  }
}

/** Visitors one after the other, each with a browser that has kept nothing. */
async function visitsOf(demo: Demo, browser: Browser, count: number): Promise<Visit[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'uplift-page-'));
  const page = await serve(demo, folder);
  const visits: Visit[] = [];
  try {
    for (let run = 0; run < count; run += 1) {
      visits.push(await visit(browser, page.url));
    }
    return visits;
  } finally {
    await page.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

export async function benchPage(): Promise<Figure[]> {
  const demo = await startDemo();
  const browser = await launchChromium();
  try {
    const starts: Visit[] = [];
    for (let start = 0; start < STARTS; start += 1) {
      starts.push(...(await visitsOf(demo, browser, 1)));
    }
    const [, ...visits] = await visitsOf(demo, browser, 1 + VISITS);
    const [load = Number.NaN] = loadavg();
    return [
      {
        what: `first tile, nothing kept in the browser, median of ${VISITS}`,
        value: median(visits.map(({ firstTileMs }) => firstTileMs)),
        unit: 'ms',
        goal: { atMost: 1_500 },
      },
      {
        what: 'of that computed by the page’s main thread, median',
        value: median(visits.map(({ mainThreadMs }) => mainThreadMs)),
        unit: 'ms',
      },
      {
        what: `first tile, server and backend just started too, median of ${STARTS}`,
        value: median(starts.map(({ firstTileMs }) => firstTileMs)),
        unit: 'ms',
      },
      { what: 'load average of the machine meanwhile', value: load, unit: '' },
    ];
  } finally {
    await browser.close();
    await demo.stop();
  }
}
