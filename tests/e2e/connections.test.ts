/** Connections created, tested and updated in a real browser, against a real InfluxDB. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import axe from 'axe-core';
import type { Browser, Locator, Page } from 'playwright-core';
import { z } from 'zod';
import { startInflux, type RunningInflux } from '../../demo/stores/influx';
import { startPage, type RunningPage } from '../../web/server/start';
import { dashboardsDir, distDir, ensureBuilt } from './build';
import { launchChromium } from './chromium';

const PICTURES = path.join(process.cwd(), '.cache/e2e');
const READER = { user: 'reader', password: 'only-read' };
const DATABASE = 'ml_monitoring';

let influx: RunningInflux;
let server: RunningPage;
let browser: Browser;
let page: Page;
const complaints: string[] = [];

beforeAll(async () => {
  await ensureBuilt();
  mkdirSync(PICTURES, { recursive: true });
  [influx, browser] = await Promise.all([
    startInflux({ database: DATABASE, auth: { admin: { user: 'admin', password: 'may-all' }, reader: READER } }),
    launchChromium(),
  ]);
  await influx.write(`model_scoring,variant=a rows_scored=1 ${String(Math.floor(Date.now() / 1000) - 30)}`);
  const datasources = [{ uid: 'uplift', name: 'Uplift', jsonData: {} }];
  server = await startPage({ port: 0, datasources, distDir, dashboardsDir, hasEditableConnections: true });
  page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  page.setDefaultTimeout(90_000);
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(`${server.url}/connections?theme=dark`);
  await page.getByLabel('Use InfluxDB').waitFor();
});

afterAll(async () => {
  await browser.close();
  await server.stop();
  await influx.stop();
});

const section = (title: string): Locator =>
  page.locator('fieldset', { has: page.getByText(title, { exact: true }) }).first();
const save = async (): Promise<void> => {
  const health = page.waitForResponse((response) => response.url().endsWith('/health'));
  await page.getByRole('button', { name: 'Save & test' }).click();
  await health;
};
const shows = (words: string | RegExp): Promise<void> => page.getByText(words).first().waitFor();

/** Tests the connection as saved; what is said replaces what was said before. */
async function testInflux(): Promise<string> {
  const button = page.getByRole('button', { name: 'Test InfluxDB' });
  const answered = page.waitForResponse((response) => response.url().includes('/resources/sources'));
  await button.click();
  await answered;
  await page.locator('fieldset [aria-live] ol').waitFor();
  return page.locator('fieldset [aria-live]').first().innerText();
}

/** @param only a rule that is enough, e.g. where another theme has passed all of them */
async function violations(only?: string): Promise<unknown[]> {
  // Where there is an AMD loader, as plugin modules need one, axe would define itself there.
  await page.evaluate(
    `{ const loader = window.define; window.define = undefined; ${axe.source}; window.define = loader; }`,
  );
  const found: unknown = await page.evaluate(
    `axe.run(document.querySelector('main'), ${JSON.stringify(only === undefined ? {} : { runOnly: [only] })})`,
  );
  const result = z.object({
    violations: z.array(z.object({ id: z.string(), nodes: z.array(z.object({ html: z.string() })) })),
  });
  return result.parse(found).violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html.slice(0, 160))]);
}

describe('the InfluxDB connection', () => {
  it('is created: switched on, filled in, saved and tested', async () => {
    await page.getByLabel('Use InfluxDB').check({ force: true });
    await section('InfluxDB')
      .getByLabel(/^Address/)
      .fill(influx.url);
    await section('InfluxDB')
      .getByLabel(/^Database/)
      .fill(DATABASE);
    await section('InfluxDB').getByLabel(/^User/).fill(READER.user);
    await section('InfluxDB')
      .getByLabel(/^Password/)
      .fill(READER.password);
    expect(await page.getByRole('button', { name: 'Test InfluxDB' }).isDisabled()).toBe(true);
    await save();
    await shows('Every source answers');
    const words = await testInflux();
    expect(words).toMatch(/Reachable[\s\S]*Authenticated[\s\S]*Readable/);
    expect(words).toMatch(
      /InfluxDB answers[\s\S]*1 measurements, 1 variants[\s\S]*Newest sample[\s\S]*\d+ ms[\s\S]*1\.\d/,
    );
    expect(words).not.toContain('can write');
    await page.screenshot({ path: path.join(PICTURES, 'connections-created.png'), fullPage: true });
  });

  it('with a wrong password is told the cause and the fix', async () => {
    await section('InfluxDB').getByRole('button', { name: 'Reset' }).first().click();
    await section('InfluxDB')
      .getByLabel(/^Password/)
      .fill('wrong');
    await save();
    await shows('A source fails');
    const words = await testInflux();
    expect(words).toMatch(/Reachable[\s\S]*Not authenticated/);
    expect(words).toMatch(/InfluxDB refused the credentials\.[\s\S]*Check the user, password or token of influx/);
  });

  it('with a wrong database is told another cause and another fix', async () => {
    await section('InfluxDB').getByRole('button', { name: 'Reset' }).first().click();
    await section('InfluxDB')
      .getByLabel(/^Password/)
      .fill(READER.password);
    await section('InfluxDB')
      .getByLabel(/^Database/)
      .fill('nil');
    await save();
    const words = await testInflux();
    expect(words).toMatch(/Authenticated[\s\S]*Not readable/);
    expect(words).toMatch(/no database “nil”[\s\S]*Check influx\.database, and grant the user READ on it/);
  });

  it('is updated, and the next query goes by it', async () => {
    await section('InfluxDB')
      .getByLabel(/^Database/)
      .fill(DATABASE);
    await save();
    expect(await testInflux()).toContain('InfluxDB answers');
    const query = {
      refId: 'A',
      datasource: { uid: 'uplift' },
      queryType: 'influx',
      query: 'SHOW MEASUREMENTS',
      format: 'table',
    };
    const answer = await page.request.post(`${server.url}/api/ds/query`, {
      data: { from: 'now-1h', to: 'now', queries: [query] },
    });
    expect(await answer.text()).toContain('model_scoring');
  });

  it('keeps its password on the server', async () => {
    const answer = await page.request.get(`${server.url}/api/datasources/uid/uplift`);
    const text = await answer.text();
    expect(text).toContain('"influxPassword":true');
    expect(text).not.toContain(READER.password);
  });
});

test('a preset is chosen by keyboard and fills the mapping', async () => {
  await page.getByLabel(/^Serving system/).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.type('Istio');
  await page.getByRole('option', { name: /Istio/ }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByText('Labels and series in Prometheus').click();
  expect(await page.getByLabel('Variant label').getAttribute('placeholder')).toBe('destination_version');
});

test.each([
  ['dark', undefined],
  ['light', 'color-contrast'],
] as const)('axe finds nothing to object to, with everything open, %s', async (theme, only) => {
  await page.goto(`${server.url}/connections?theme=${theme}`);
  await page.getByLabel('Use MLflow').check({ force: true });
  await page.getByLabel('Use Prometheus').check({ force: true });
  await section('Prometheus')
    .getByLabel(/^Address/)
    .fill('nonsense');
  await page.getByRole('button', { name: 'Add experiment' }).click();
  const folded = page.locator('main button[aria-expanded="false"]', { hasNotText: 'Paste' });
  while ((await folded.count()) > 0) {
    await folded.first().click();
  }
  await section('Prometheus').getByRole('button', { name: 'Add header' }).click();
  await page.getByLabel('Skip verification').first().check({ force: true });
  expect(await violations(only)).toEqual([]);
  await page.screenshot({ path: path.join(PICTURES, `connections-${theme}.png`), fullPage: true });
  await page.getByRole('button', { name: 'Paste YAML or JSON' }).click();
  await page.getByLabel('Definitions').fill('id: [');
  expect(await violations('color-contrast')).toEqual([]);
});

test('on a phone’s width nothing is cut off', async () => {
  await page.setViewportSize({ width: 360, height: 800 });
  await page.goto(`${server.url}/connections?theme=light`);
  await page.getByLabel('Use Prometheus').check({ force: true });
  await page.getByRole('button', { name: 'Add experiment' }).click();
  const overflow: unknown = await page.evaluate(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  );
  await page.screenshot({ path: path.join(PICTURES, 'connections-narrow.png'), fullPage: true });
  expect(overflow).toBe(0);
});

test('nothing went wrong in the browser', () => {
  expect(complaints).toEqual([]);
});

test('a page that was not told so only reads', async () => {
  const reading = await startPage({
    port: 0,
    datasources: [{ uid: 'uplift', name: 'Uplift', jsonData: {} }],
    distDir,
    dashboardsDir,
  });
  try {
    const url = `${reading.url}/api/datasources/uid/uplift`;
    const statuses = await Promise.all([
      fetch(url),
      fetch(url, { method: 'PUT', headers: { 'content-type': 'application/json' }, body: '{"jsonData":{}}' }),
    ]);
    expect(statuses.map(({ status }) => status)).toEqual([404, 404]);
  } finally {
    await reading.stop();
  }
});

test('connections cannot be edited where others reach the page', async () => {
  const access = { kind: 'password', user: 'ann', password: 'long-enough-to-be-taken' } as const;
  const page = { port: 0, datasources: [], distDir, dashboardsDir, access, hasEditableConnections: true };
  await expect(startPage(page)).rejects.toThrow('Connections can be edited on loopback only');
});
