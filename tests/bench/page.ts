/**
 * The page in a browser: how long a first visit waits for its first tile. Everything is cold: a browser that has kept
 * nothing, a page's server and a backend that have just started, with no history in memory.
 */
import path from 'node:path';
import { loadavg } from 'node:os';
import type { Browser } from 'playwright-core';
import { startDemo, type Demo } from '../../demo/demo';
import { PROJECT } from '../../demo/stores/project';
import { startPage } from '../../web/server/start';
import { launchChromium } from '../e2e/chromium';
import { median, type Figure } from './figure';

/** The first is not counted: it pays for the browser's own start. */
const RUNS = 11;
/** The badge stands in a panel once its data does. */
const FIRST_TILE = 'button[aria-label^="Data: "]';

interface Visit {
  firstTileMs: number;
  /** What the page's own thread computed until then; tells a slow page from a busy machine. */
  mainThreadMs: number;
}

/** Opens the page as a new visitor. Times are from the navigation's start. */
async function visit(browser: Browser, url: string): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1600, height: 1000 } });
  try {
    const page = await context.newPage();
    const devtools = await context.newCDPSession(page);
    await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
    await page.goto(url, { waitUntil: 'commit' });
    await page.locator(FIRST_TILE).first().waitFor({ timeout: 60_000 });
    const firstTileMs = await page.evaluate(() => performance.now());
    const { metrics } = await devtools.send('Performance.getMetrics');
    const seconds = metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN;
    return { firstTileMs, mainThreadMs: seconds * 1000 };
  } finally {
    await context.close();
  }
}

async function coldVisits(demo: Demo, browser: Browser): Promise<Visit[]> {
  const { jsonData, secrets } = demo.settings;
  const visits: Visit[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const page = await startPage({
      port: 0,
      datasources: [{ uid: 'uplift', name: 'Uplift', jsonData, secureJsonData: secrets }],
      distDir: path.join(PROJECT, 'dist'),
      dashboardsDir: path.join(PROJECT, 'provisioning/dashboards'),
      // A visit ends while panels still wait for answers.
      logLevel: 'silent',
    });
    try {
      visits.push(await visit(browser, page.url));
    } finally {
      await page.stop();
    }
  }
  return visits;
}

export async function benchPage(): Promise<Figure[]> {
  const demo = await startDemo();
  const browser = await launchChromium();
  try {
    const [, ...visits] = await coldVisits(demo, browser);
    const [load = Number.NaN] = loadavg();
    return [
      {
        what: `first tile, everything cold, median of ${visits.length}`,
        value: median(visits.map(({ firstTileMs }) => firstTileMs)),
        unit: 'ms',
        goal: { atMost: 1_500 },
      },
      {
        what: 'of that computed by the page’s main thread, median',
        value: median(visits.map(({ mainThreadMs }) => mainThreadMs)),
        unit: 'ms',
      },
      { what: 'load average of the machine meanwhile', value: load, unit: '' },
    ];
  } finally {
    await browser.close();
    await demo.stop();
  }
}
