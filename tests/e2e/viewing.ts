/** What a reader does with the page: look at one panel, save it, change the window, print, leave it open all day. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Download, Locator, Page, Response } from 'playwright-core';
import { settle } from './chromium';

/** Where the open page is and what it may be asked. */
export interface Viewed {
  page: Page;
  /** The page's own address, without a path. */
  url: string;
  /** Where pictures of the page are left to be looked at. */
  pictures: string;
}

const LIVE = '/d/uplift-live-ab?theme=dark&refresh=5s';
const SOON_MS = 90_000;
/** The page draws what it was answered. */
const DRAWN_MS = 2_000;

const panelIn = (page: Page, title: string): Locator => page.getByTestId(`data-testid Panel header ${title}`);
const menuOf = (page: Page, title: string): Locator =>
  page.getByRole('button', { name: `Menu for panel ${title}`, exact: true });

const isFocused = (locator: Locator): Promise<boolean> =>
  locator.evaluate((element) => element === document.activeElement);

async function openLive({ page, url }: Viewed): Promise<void> {
  await page.goto(`${url}${LIVE}`);
  await panelIn(page, 'Latency p95').getByText('enhanced').first().waitFor({ timeout: SOON_MS });
}

async function download(page: Page, title: string, item: string): Promise<Download> {
  await panelIn(page, title).hover();
  await menuOf(page, title).click();
  const started = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: item }).click();
  return started;
}

const contentOf = async (file: Download): Promise<Buffer> => readFileSync(await file.path());

/** The next answer to a query of that metric. */
const nextAnswerTo = (page: Page, metric: string): Promise<Response> =>
  page.waitForResponse((response) => {
    const asked = response.request().postData() ?? '';
    return response.url().includes('/api/ds/query') && asked.includes(metric);
  });

/** Runs axe in the page: the rules of WCAG 2.1, levels A and AA. */
async function violationsIn(page: Page): Promise<string[]> {
  const axe = createRequire(path.join(process.cwd(), 'package.json')).resolve('axe-core/axe.min.js');
  // The page's own `define` would take it for one of its modules.
  const source = readFileSync(axe, 'utf8');
  await page.evaluate(`{ const kept = window.define; delete window.define; ${source}; window.define = kept; }`);
  return page.evaluate<string[]>(`axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] })
    .then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ': ' + html.slice(0, 200))))`); // prettier-ignore
}

/** Watches what moves by itself from now on; a pointer or key excuses nothing, for there is none. */
const WATCH_SHIFTS = `window.shifts = [];
  new PerformanceObserver((list) => {
    // An age that grows by a digit moves its own sign by that; a panel that moves counts a hundred times as much.
    for (const { value, sources } of list.getEntries().filter((entry) => entry.value >= 0.001)) {
      const what = sources.map(({ node }) => (node?.textContent ?? '').slice(0, 60)).join(' | ');
      window.shifts.push(value.toFixed(4) + ' ' + what);
    }
  }).observe({ type: 'layout-shift', buffered: false });`;

/** Describes how the page is viewed; `viewed` is asked once the page is there. */
export function describeViewing(viewed: () => Viewed): void {
  describe('one panel', () => {
    it('is shown alone with the keyboard, kept in the address, and left with Escape', async () => {
      const { page } = viewed();
      await openLive(viewed());
      await panelIn(page, 'Latency p95').focus();
      await page.keyboard.press('Tab');
      // The panel's description comes first.
      await page.keyboard.press('Tab');
      expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe(
        'Menu for panel Latency p95',
      );
      await page.keyboard.press('Enter');
      const view = page.getByRole('menuitem', { name: 'View' });
      await view.waitFor();
      for (let key = 0; key < 4 && !(await isFocused(view)); key += 1) {
        await page.keyboard.press('Tab');
      }
      await page.keyboard.press('Enter');
      await page.waitForURL(/viewPanel=panel-\d+/);
      await panelIn(page, 'Requests').waitFor({ state: 'detached' });
      await page.reload();
      await panelIn(page, 'Latency p95').getByText('enhanced').first().waitFor({ timeout: SOON_MS });
      expect(await page.locator('[data-viz-panel-key]').count()).toBe(1);
      await page.keyboard.press('Escape');
      await panelIn(page, 'Requests').waitFor();
      expect(page.url()).not.toContain('viewPanel');
      expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('Latency p95');
    });

    it('is saved as a table: one row a time, one column a variant', async () => {
      const { page } = viewed();
      const file = await download(page, 'Latency p95', 'Download CSV');
      expect(file.suggestedFilename()).toMatch(/^latency-p95-\d{8}-\d{4}\.csv$/);
      const [header = '', ...rows] = (await contentOf(file)).toString('utf8').trim().split('\r\n');
      expect(header).toMatch(/^\uFEFF?time,.*baseline \(ms\),.*enhanced \(ms\)$/);
      expect(rows.length).toBeGreaterThan(50);
      expect(rows.every((row) => /^\d{4}-\d\d-\d\dT[\d:.]+Z,[\d.]*,[\d.]*$/.test(row))).toBe(true);
    });

    it('is saved as a picture of twice its size', async () => {
      const { page, pictures } = viewed();
      const box = await page.locator('[data-viz-panel-key]', { has: panelIn(page, 'Latency p95') }).boundingBox();
      const file = await download(page, 'Latency p95', 'Download PNG');
      expect(file.suggestedFilename()).toMatch(/^latency-p95-\d{8}-\d{4}\.png$/);
      await file.saveAs(path.join(pictures, 'panel.png'));
      const content = await contentOf(file);
      expect(content.subarray(1, 4).toString('latin1')).toBe('PNG');
      expect(Math.abs(content.readUInt32BE(16) - 2 * (box?.width ?? 0))).toBeLessThanOrEqual(2);
      // A blank picture of this size is a tenth of it.
      expect(content.length).toBeGreaterThan(15_000);
    });
  });

  describe('the window', () => {
    afterEach(() => viewed().page.setViewportSize({ width: 1600, height: 1400 }));

    it.each([1000, 390])('narrowed to %d px holds the whole grid', async (width) => {
      const { page, pictures } = viewed();
      await page.setViewportSize({ width, height: 1000 });
      await page.waitForFunction(
        (most) =>
          document.documentElement.scrollWidth <= most &&
          [...document.querySelectorAll('[data-viz-panel-key]')].every(
            (panel) => panel.getBoundingClientRect().right <= most,
          ),
        width,
        { timeout: SOON_MS },
      );
      await page.screenshot({ path: path.join(pictures, `live-ab-${width}.png`), animations: 'disabled' });
    });
  });

  it('shows the same time in all charts under one pointer', async () => {
    const { page } = viewed();
    await openLive(viewed());
    await panelIn(page, 'Latency p95')
      .locator('.u-over')
      .hover({ position: { x: 120, y: 40 } });
    const cursor = panelIn(page, 'Error rate').locator('.u-cursor-x:not(.u-off)');
    await cursor.waitFor({ state: 'attached' });
    const { width = 0 } = (await panelIn(page, 'Error rate').locator('.u-over').boundingBox()) ?? {};
    const at = await cursor.evaluate((element) => new DOMMatrix(getComputedStyle(element).transform).m41);
    expect(at).toBeGreaterThan(0);
    expect(at).toBeLessThan(width);
    await page.mouse.move(0, 0);
  });

  it('two refreshes move nothing and leave the focus where it was', async () => {
    const { page } = viewed();
    await openLive(viewed());
    await settle(page, 60_000);
    const legend = panelIn(page, 'Latency p95').getByRole('button', { name: /^enhanced/ });
    await legend.focus();
    await page.evaluate(WATCH_SHIFTS);
    for (const refresh of [1, 2]) {
      const answer = await nextAnswerTo(page, 'latency_p95_ms');
      expect([refresh, answer.status()]).toEqual([refresh, 200]);
    }
    await page.waitForTimeout(DRAWN_MS);
    expect(await page.evaluate<string[]>('window.shifts')).toEqual([]);
    expect(await isFocused(legend)).toBe(true);
  });

  it('a range of ten years is answered, in no more points than there are pixels', async () => {
    const { page, url } = viewed();
    const answered = nextAnswerTo(page, 'latency_p95_ms');
    await page.goto(`${url}/d/uplift-live-ab?from=now-10y&to=now&refresh=`);
    const response = await answered;
    expect(response.status()).toBe(200);
    const frames = (await response.body()).toString('utf8');
    expect(frames.length).toBeLessThan(500_000);
    await panelIn(page, 'Latency p95').getByText('enhanced').first().waitFor({ timeout: SOON_MS });
    expect(await page.getByRole('alert').count()).toBe(0);
  });

  it('lists dashboards and experiments, each experiment with its verdict and the way to it', async () => {
    const { page, url, pictures } = viewed();
    await page.goto(`${url}/dashboards?theme=light`);
    const row = page.getByRole('row', { name: /Fraud threshold/ });
    await row.waitFor({ timeout: SOON_MS });
    expect(await row.textContent()).toMatch(/Active.*day \d+, since/);
    expect(await page.getByRole('link', { name: 'Model monitoring' }).count()).toBeGreaterThan(0);
    await page.screenshot({ path: path.join(pictures, 'list.png'), animations: 'disabled' });
    await row.getByRole('link').click();
    await page.waitForURL(/uplift-live-ab.*var-experiment=/);
    await panelIn(page, 'Fraud threshold').waitFor({ timeout: SOON_MS });
    expect(page.url()).toContain('theme=light');
  });

  it('in kiosk mode has no bar, says so in the address, and is left with Escape', async () => {
    const { page } = viewed();
    await openLive(viewed());
    await page.getByRole('button', { name: 'Kiosk mode' }).click();
    await page.getByRole('banner').waitFor({ state: 'detached' });
    expect(page.url()).toContain('kiosk');
    await page.keyboard.press('Escape');
    await page.getByRole('banner').waitFor();
    expect(page.url()).not.toContain('kiosk');
  });

  it('printed, is light and without controls, and no panel is cut in two', async () => {
    const { page, pictures } = viewed();
    await openLive(viewed());
    await page.emulateMedia({ media: 'print' });
    await page.getByRole('banner').waitFor({ state: 'hidden' });
    const breaks = await page
      .locator('[data-tile]')
      .first()
      .evaluate((item) => getComputedStyle(item).breakInside);
    expect(breaks).toBe('avoid');
    const ground = await page.evaluate(() => getComputedStyle(document.querySelector('main section') ?? document.body).backgroundColor); // prettier-ignore
    expect(ground).toBe('rgb(255, 255, 255)');
    await page.pdf({ path: path.join(pictures, 'live-ab.pdf'), preferCSSPageSize: true, printBackground: true });
    await page.emulateMedia({ media: null });
    await page.getByRole('banner').waitFor();
  });

  it.each([
    ['the live dashboard, dark', '/d/uplift-live-ab?theme=dark&refresh='],
    ['the live dashboard, light', '/d/uplift-live-ab?theme=light&refresh='],
    ['the monitoring dashboard, light', '/d/uplift-model-monitoring?theme=light&refresh='],
    ['the list, dark', '/dashboards?theme=dark'],
  ])('keeps to WCAG 2.1 AA: %s', async (_name, address) => {
    const { page, url } = viewed();
    await page.goto(`${url}${address}`);
    await page.getByRole('button', { name: /^Data: |Kiosk mode/ }).first().waitFor({ timeout: SOON_MS });
    await settle(page, 60_000);
    expect(await violationsIn(page)).toEqual([]);
  }); // prettier-ignore
}
