/** Labels, experiment names and Markdown that would like to be scripts, in a real browser: they are shown as they are. */
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { z } from 'zod';
import { EMPTY_VECTOR, matrixBody } from '../../pkg/sources/recorded-server';
import { startPage, type RunningPage } from '../../web/server/start';
import { dashboardsDir, distDir, ensureBuilt } from './build';
import { launchChromium, settle } from './chromium';

/** Each runs `got(…)` if it ever becomes markup. */
const payload = (where: string) => `<img src=x onerror="got('${where}')"><script>got('${where}')</script>`;
const MARKDOWN = [
  payload('markdown'),
  '[a link](javascript:got("link"))',
  '<a href="javascript:got(`anchor`)">an anchor</a>',
  '![x](x" onerror="got(`image`))',
  '<svg onload="got(`svg`)"></svg><iframe srcdoc="<script>parent.got(`frame`)</script>"></iframe>',
].join('\n\n');

const EXPERIMENT = 'hostile';
const experiments = [
  {
    id: EXPERIMENT,
    name: payload('experiment'),
    owner: payload('owner'),
    control: 'baseline',
    variants: [{ name: 'baseline' }, { name: payload('variant') }],
    start: new Date(Date.now() - 14 * 86_400_000).toISOString(),
  },
];

const LABELS_PANEL = {
  id: 90,
  type: 'modelops-uplift-trend-panel',
  title: 'Labels',
  description: MARKDOWN,
  gridPos: { x: 0, y: 0, w: 24, h: 8 },
  datasource: { type: 'modelops-uplift-datasource', uid: 'labels' },
  targets: [{ refId: 'A', queryType: 'prometheus', expr: 'up', format: 'timeseries' }],
  options: {},
  fieldConfig: { defaults: {}, overrides: [] },
};

/** A machine that does thirty other things takes half a minute to draw a dashboard of this size. */
const DRAWN_MS = 120_000;
const TEST_MS = 240_000;

let prometheus: Server;
let folder: string;
let server: RunningPage;
let browser: Browser;
let page: Page;
const taken: string[] = [];
const violations: string[] = [];

/**
 * A Prometheus whose one series has a label that is markup. It answers each question in its own shape: one that does not
 * is taken for down after two of them, and the panel then waits for the next refresh.
 */
async function startHostilePrometheus(): Promise<string> {
  prometheus = createServer(({ url = '' }, response) => {
    const end = Math.floor(Date.now() / 1000);
    const points = Array.from({ length: 60 }, (__, index): [number, number] => [end - 60 * (60 - index), index]);
    const bodies: Readonly<Record<string, string>> = {
      '/api/v1/query_range': matrixBody([[{ model: payload('label') }, points]]),
      '/api/v1/query': EMPTY_VECTOR,
    };
    response
      .setHeader('content-type', 'application/json')
      .end(bodies[url] ?? JSON.stringify({ status: 'success', data: [] }));
  });
  prometheus.listen(0, '127.0.0.1');
  await once(prometheus, 'listening');
  const { port } = z.object({ port: z.number() }).parse(prometheus.address());
  return `http://127.0.0.1:${port}`;
}

async function writeDashboard(): Promise<void> {
  const text = await readFile(path.join(dashboardsDir, 'live-ab.json'), 'utf8');
  const dashboard = z.looseObject({ panels: z.array(z.looseObject({})) }).parse(JSON.parse(text));
  const hostile = { ...dashboard, title: payload('title'), panels: [LABELS_PANEL, ...dashboard.panels] };
  await writeFile(path.join(folder, 'live-ab.json'), JSON.stringify(hostile));
}

beforeAll(async () => {
  await ensureBuilt();
  folder = await mkdtemp(path.join(tmpdir(), 'uplift-hostile-'));
  await writeDashboard();
  const url = await startHostilePrometheus();
  const fallback = { allowSimulated: true };
  server = await startPage({
    port: 0,
    datasources: [
      // Simulated figures: what matters is that the names are shown.
      { uid: 'uplift', name: 'Uplift', jsonData: { prometheus: { url: 'http://127.0.0.1:9' }, experiments, fallback } },
      { uid: 'labels', name: 'Uplift, labels', jsonData: { prometheus: { url } } },
    ],
    distDir,
    dashboardsDir: folder,
    logLevel: 'silent',
  });
  browser = await launchChromium();
  page = await browser.newPage({ viewport: { width: 1600, height: 2400 } });
  await page.exposeFunction('got', (where: string) => taken.push(where));
  page.on('dialog', (dialog) => {
    taken.push(dialog.message());
    void dialog.dismiss();
  });
  page.on('console', (message) => {
    if (/Content.Security.Policy/i.test(message.text())) {
      violations.push(message.text());
    }
  });
}, TEST_MS);

afterAll(async () => {
  await browser.close();
  await server.stop();
  prometheus.close();
  await rm(folder, { recursive: true, force: true });
});

const RUNNING =
  '[onerror], [onload], iframe[src], iframe[srcdoc], a[href^="javascript:"], script:not([src]):not([type])';
/** Elements that only a payload could have made; Markdown may hold pictures, names may not. */
const countMade = (where: 'names' | 'markdown'): Promise<number> =>
  page.locator(where === 'names' ? `img[src="x"], ${RUNNING}` : RUNNING).count();

async function expectHarmless(where: 'names' | 'markdown' = 'names'): Promise<void> {
  expect(await countMade(where)).toBe(0);
  expect(taken).toEqual([]);
  expect(violations).toEqual([]);
}

const attached = (text: string): Promise<void> =>
  page.getByText(text).first().waitFor({ state: 'attached', timeout: DRAWN_MS });
const isShown = (where: string): Promise<void> => attached(`onerror="got('${where}')"`);

it(
  'XSS through experiment names, variants and the dashboard’s title: shown as text',
  async () => {
    await page.goto(`${server.url}/d/uplift-live-ab`);
    for (const where of ['experiment', 'variant', 'title']) {
      await isShown(where);
    }
    await expectHarmless();
  },
  TEST_MS,
);

it(
  'XSS through labels: shown as text in the legend',
  async () => {
    await isShown('label');
    await page.mouse.move(800, 250);
    await expectHarmless();
  },
  TEST_MS,
);

it(
  'XSS through Markdown: a panel’s description is shown without what it would run',
  async () => {
    const header = page.getByTestId('data-testid Panel header Labels');
    await header.hover();
    await header.getByTestId('icon-info-circle').hover();
    await page.getByText('a link').waitFor({ timeout: DRAWN_MS });
    await expectHarmless('markdown');
  },
  TEST_MS,
);

it.each([
  [
    'a variable',
    `onerror="got('variable')"`,
    `/d/uplift-live-ab?var-experiment=${encodeURIComponent(payload('variable'))}`,
  ],
  // Without its script: the server has no route for a part of more than a hundred characters.
  ['a dashboard', 'There is no dashboard “<img src', `/d/${encodeURIComponent(`<img src=x onerror="got('uid')">`)}`],
  [
    'a theme',
    `onerror="got('title')"`,
    `/d/uplift-live-ab?theme=${encodeURIComponent(payload('theme'))}&refresh=${encodeURIComponent('<b>')}`,
  ],
])(
  'XSS through %s in the address',
  async (_, words, address) => {
    await page.goto(`${server.url}${address}`);
    await attached(words);
    await settle(page, 5_000);
    await expectHarmless();
  },
  TEST_MS,
);

it(
  'a payload that does become markup would be noticed',
  async () => {
    await page.evaluate((html) => document.body.insertAdjacentHTML('beforeend', html), payload('proof'));
    for (const deadline = Date.now() + DRAWN_MS; violations.length === 0 && Date.now() < deadline;) {
      await page.waitForTimeout(50);
    }
    expect(await countMade('names')).toBeGreaterThan(0);
    expect(await countMade('markdown')).toBeGreaterThan(0);
    expect(violations.length).toBeGreaterThan(0);
    // Markup alone is not enough either: the policy lets no inline script run.
    expect(taken).toEqual([]);
  },
  TEST_MS,
);
