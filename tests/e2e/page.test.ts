/** The standalone page in a real browser, over the demo's real stores. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { startDemo, type Demo } from '../../demo/demo';
import { startPage, type RunningPage } from '../../web/server/start';
import { dashboardsDir, distDir, ensureBuilt } from './build';
import { launchChromium } from './chromium';
import { describeViewing } from './viewing';

const PICTURES = path.join(process.cwd(), '.cache/e2e');
/** On a machine that does thirty other things. */
const SOON_MS = 90_000;
/** The page refreshes every 5 s here; a store's breaker may hold some of them back. */
const CHANGE_MS = 120_000;

let demo: Demo | undefined;
let server: RunningPage | undefined;
let browser: Browser | undefined;
let page: Page;
const complaints: string[] = [];

function stores(): Demo['stores'] {
  if (demo === undefined) {
    throw new Error('the demo has not started');
  }
  return demo.stores;
}

const panel = (title: string): Locator => page.getByTestId(`data-testid Panel header ${title}`);

async function expectText(locator: Locator, text: string | RegExp, timeout = SOON_MS): Promise<void> {
  await locator.getByText(text).first().waitFor({ timeout });
}

beforeAll(async () => {
  await ensureBuilt();
  mkdirSync(PICTURES, { recursive: true });
  [demo, browser] = await Promise.all([startDemo({ scrapeSeconds: 5, flushSeconds: 5 }), launchChromium()]);
  const { jsonData, secrets } = demo.settings;
  const dataSource = { uid: 'uplift', name: 'Uplift', jsonData, secureJsonData: secrets };
  server = await startPage({ port: 0, datasources: [dataSource], distDir, dashboardsDir, refreshSeconds: 5 });
  page = await browser.newPage({ viewport: { width: 1600, height: 1400 } });
  page.setDefaultTimeout(SOON_MS);
  page.on('console', (message) => {
    if (message.type() === 'error') {
      complaints.push(`${message.text()} ${message.location().url}`);
    }
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(`${server.url}/d/uplift-live-ab?theme=dark&refresh=5s`);
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await demo?.stop();
});

describe('the live A/B dashboard on the page', () => {
  it('shows the comparison with a verdict, numbers and the badge LIVE', async () => {
    const comparison = panel('Checkout recommender');
    await expectText(comparison, 'LIVE');
    await expectText(comparison, /^\d+\.\d\s%$/);
    await expectText(comparison, /^[+−]\d+\.\d+\spp$/);
    await expectText(comparison, 'Wins');
  });

  it.each(['Requests', 'Accuracy', 'Latency p95', 'Error rate'])(
    'shows %s by variant, with last values',
    async (title) => {
      await expectText(panel(title), 'baseline');
      await expectText(panel(title), 'enhanced');
      await expectText(panel(title), /^\d[\d.,]*\s?(%|ms|req)/);
    },
  );

  it('lists the experiments of every store', async () => {
    for (const experiment of ['Checkout recommender', 'Fraud threshold', 'Search reranking']) {
      await expectText(panel('Experiments'), experiment);
    }
  });

  it('keeps the chosen experiment in the address', () => {
    expect(page.url()).toContain('var-experiment=checkout-ranking');
  });

  it('is drawn in both themes, switched without a reload', async () => {
    await page.screenshot({ path: path.join(PICTURES, 'live-ab-dark.png'), fullPage: true, animations: 'disabled' });
    const background = () =>
      page.evaluate(() => getComputedStyle(document.querySelector('header') ?? document.body).backgroundColor);
    const dark = await background();
    await page.getByRole('button', { name: 'Light theme' }).click();
    expect(await background()).not.toBe(dark);
    await page.screenshot({ path: path.join(PICTURES, 'live-ab-light.png'), fullPage: true, animations: 'disabled' });
    expect(page.url()).toContain('theme=light');
  });

  it('says MODEL when Prometheus and InfluxDB are away, and LIVE when they are back', async () => {
    const comparison = panel('Checkout recommender');
    const { prometheus, influx } = stores();
    await Promise.all([prometheus.stop(), influx.stop()]);
    await expectText(comparison, 'MODEL', CHANGE_MS);
    await Promise.all([prometheus.start(), influx.start()]);
    await expectText(comparison, 'LIVE', CHANGE_MS);
  });

  it('says OPERATIONAL when PostgreSQL is away, and LIVE when it is back', async () => {
    const comparison = panel('Checkout recommender');
    const { mlflow } = stores();
    await mlflow.stop();
    await expectText(comparison, 'OPERATIONAL', CHANGE_MS);
    await mlflow.start();
    await expectText(comparison, 'LIVE', CHANGE_MS);
  });

  it('has written no error to the console', () => {
    expect(complaints).toEqual([]);
  });

  it('says so when its server is away, keeps the numbers, and recovers', async () => {
    const place = await panel('Checkout recommender').boundingBox();
    await page.context().setOffline(true);
    await expectText(page.getByRole('alert'), /server does not answer/);
    expect(await panel('Checkout recommender').boundingBox()).toEqual(place);
    await expectText(panel('Checkout recommender'), 'Wins');
    await page.context().setOffline(false);
    await page.getByRole('alert').waitFor({ state: 'detached', timeout: SOON_MS });
  });
});

describe('viewing the page', () => {
  let viewer: Page | undefined;
  beforeAll(async () => {
    viewer = await browser?.newPage({ viewport: { width: 1600, height: 1400 } });
    viewer?.setDefaultTimeout(SOON_MS);
  });
  afterAll(() => viewer?.close());
  describeViewing(() => {
    if (viewer === undefined || server === undefined) {
      throw new Error('the page has not started');
    }
    return { page: viewer, url: server.url, pictures: PICTURES };
  });
});
