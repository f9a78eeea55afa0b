/** `uplift report`, `render` and `serve` over the demo's real stores, as a user runs them. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { writeCommandLineSettings } from '../../demo/command-line';
import { startDemo, type Demo } from '../../demo/demo';
import { startPage, type RunningPage } from '../../web/server/start';
import { dashboardsDir, distDir, ensureBuilt } from '../e2e/build';
import { PageClient, readMetric, type Question } from '../bench/page-client';
import { readPdf, readPng } from './pictures';
import { uplift } from './uplift';

const DASHBOARD = 'uplift-live-ab';

let demo: Demo;
let page: RunningPage;
let folder: string;
let settings: string;

beforeAll(async () => {
  await ensureBuilt();
  demo = await startDemo({ scrapeSeconds: 5, flushSeconds: 5 });
  folder = await mkdtemp(path.join(tmpdir(), 'uplift-pictures-'));
  settings = await writeCommandLineSettings(demo, path.join(folder, 'settings'));
  const { jsonData, secrets } = demo.settings;
  page = await startPage({
    port: 0,
    datasources: [{ uid: 'uplift', name: 'Uplift', jsonData, secureJsonData: secrets }],
    distDir,
    dashboardsDir,
  });
});

afterAll(async () => {
  await page.stop();
  await demo.stop();
  await rm(folder, { recursive: true, force: true });
});

const figure = z.number().nullable();
const seedSchema = z.strictObject({
  live: z.strictObject({
    data_source: z.string(),
    active_experiments: figure,
    baseline_accuracy: figure,
    enhanced_accuracy: figure,
    total_requests_24h: figure,
    avg_response_time_ms: figure,
    error_rate: figure,
    net_business_value: figure,
  }),
  business: z.strictObject({
    data_source: z.string(),
    annual_revenue_increase: figure,
    annual_cost_increase: figure,
    annual_risk_reduction: figure,
    net_annual_value: figure,
    roi_percentage: figure,
    payback_days: figure,
  }),
});

describe('uplift report', () => {
  test('--json prints one object with the seed’s keys, whose numbers lie near the demo’s truth', async () => {
    const { code, stdout } = await uplift(['report', '--json', '--experiment', 'checkout-ranking'], {
      envFile: settings,
    });
    const { live, business } = seedSchema.parse(JSON.parse(stdout));
    expect(live.data_source).toBe('REAL_PRODUCTION_DATA');
    expect(live.active_experiments).toBe(3);
    expect(Math.abs((live.baseline_accuracy ?? NaN) - 78.2)).toBeLessThan(1);
    expect(Math.abs((live.enhanced_accuracy ?? NaN) - 81.8)).toBeLessThan(1);
    expect(live.total_requests_24h).toBeGreaterThan(10_000);
    expect(live.error_rate).toBeGreaterThan(0);
    expect(business.net_annual_value).toBeCloseTo(
      (business.annual_revenue_increase ?? NaN) -
        (business.annual_cost_increase ?? NaN) +
        (business.annual_risk_reduction ?? NaN),
      0,
    );
    expect(code).toBe(0);
  });

  test('flags change the money, and nothing else', async () => {
    const [before, after] = await Promise.all(
      [[], ['--infrastructure', '106000']].map(async (flags) =>
        seedSchema.parse(
          JSON.parse(
            (await uplift(['report', '--experiment', 'checkout-ranking', ...flags], { envFile: settings })).stdout,
          ),
        ),
      ),
    );
    const roi = (report: typeof before) =>
      ((report?.business.roi_percentage ?? NaN) / 100 + 1) * (report === after ? 106_000 : 53_000);
    expect(roi(after) / roi(before)).toBeCloseTo(1, 1);
    expect(after?.live.baseline_accuracy).toBeCloseTo(before?.live.baseline_accuracy ?? NaN, 0);
  });

  test('--markdown is a report of the winner, and of an unsound test as unsound', async () => {
    const [winner, unsound] = await Promise.all(
      ['checkout-ranking', 'search-rerank'].map((id) =>
        uplift(['report', '--markdown', '--experiment', id], { envFile: settings }),
      ),
    );
    expect(winner?.stdout).toMatch(/^# Checkout recommender\n\n> \*\*enhanced wins/);
    expect(winner?.stdout).toMatch(/\| Accuracy.*\*\*Wins\*\*/);
    expect(winner?.stdout).toContain('🔴 LIVE');
    expect(unsound?.stdout).toContain('not compared');
    expect(unsound?.stdout).toMatch(/\| SRM \| \*\*failed\*\*/);
    expect(unsound?.stdout).not.toContain('**Wins**');
    expect([winner?.code, unsound?.code]).toEqual([0, 0]);
  });

  test('an experiment that is not known: exit code 1, and the ones that are', async () => {
    const { code, stdout, stderr } = await uplift(['report', '--markdown', '--experiment', 'nope'], {
      envFile: settings,
    });
    expect(stderr).toMatch(/“nope” is not known.*checkout-ranking/);
    expect(stdout).toBe('');
    expect(code).toBe(1);
  });
});

describe('uplift render', () => {
  const render = (args: readonly string[], out: string) =>
    uplift(['render', ...args, '--url', page.url, '--out', path.join(folder, out)]);

  test('a dashboard as PNG at 3× and as PDF with selectable text, in both themes, from one browser', async () => {
    const { code, stdout, stderr } = await render(
      [DASHBOARD, '--theme', 'light,dark', '--format', 'png,pdf', '--density', '3'],
      'all',
    );
    expect(stderr).toBe('');
    expect(code).toBe(0);
    const files = ['dark.pdf', 'dark.png', 'light.pdf', 'light.png'].map((end) => `${DASHBOARD}-${end}`);
    expect((await readdir(path.join(folder, 'all'))).sort()).toEqual(files);
    expect(
      stdout
        .trim()
        .split('\n')
        .map((line) => path.basename(line))
        .sort(),
    ).toEqual(files);
    const png = await readPng(path.join(folder, 'all', `${DASHBOARD}-light.png`));
    expect(png.width).toBe(4800);
    expect(png.height).toBeGreaterThan(2400);
    const pdf = await readPdf(path.join(folder, 'all', `${DASHBOARD}-light.pdf`));
    expect(pdf.pages).toBe(1);
    expect(pdf.texts).toBeGreaterThan(100);
    expect(pdf.maps).toBeGreaterThan(0);
  });

  test('panels alone, exactly as large as asked for', async () => {
    const { code } = await render([DASHBOARD, '--panel', '1', '2', '--size', '900x420', '--density', '1'], 'panels');
    expect(code).toBe(0);
    for (const id of [1, 2]) {
      expect(await readPng(path.join(folder, 'panels', `${DASHBOARD}-panel-${id}-light.png`))).toEqual({
        width: 900,
        height: 420,
      });
    }
  });

  test('a range of ten years ends, and takes its picture', async () => {
    const { code, stdout } = await render([DASHBOARD, '--from', 'now-10y', '--density', '1'], 'decade.png');
    expect(stdout.trim()).toBe(path.join(folder, 'decade.png'));
    expect(code).toBe(0);
  });

  test('a host without fonts: text is drawn in the page’s own', async () => {
    const fonts = path.join(folder, 'no-fonts.conf');
    await writeFile(fonts, '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig></fontconfig>');
    const out = path.join(folder, 'no-fonts.pdf');
    const { code, stderr } = await uplift(['render', DASHBOARD, '--panel', '1', '--url', page.url, '--out', out], {
      environment: { FONTCONFIG_FILE: fonts },
    });
    expect(stderr).toBe('');
    expect(code).toBe(0);
    const pdf = await readPdf(out);
    expect(pdf.texts).toBeGreaterThan(20);
    // Headings too: those are the ones that Chromium leaves out.
    expect(pdf.fonts).toEqual(expect.arrayContaining(['Inter-Regular', 'Inter-Medium']));
  });

  test('starts a page of its own where none is named', async () => {
    const { code, stderr } = await uplift(
      ['render', DASHBOARD, '--density', '1', '--out', path.join(folder, 'own.png')],
      { envFile: settings },
    );
    expect(stderr).toBe('');
    expect(code).toBe(0);
    await readPng(path.join(folder, 'own.png'));
  });

  test.each([
    ['no Chromium', ['--chromium', '/no/such'], /not a program that can be run.*\n.*CHROMIUM_PATH/],
    ['a dashboard that is not there', ['nope'], /no dashboard “nope”.*\n.*uplift-live-ab/],
    ['a panel that is not there', [DASHBOARD, '--panel', '99'], /has no panel 99.*\n.*1 \(/],
    ['several pictures into one file', [DASHBOARD, '--theme', 'light,dark', '--out', 'x.png'], /is one file/],
  ])('%s: exit code 1, and the fix', async (_, args, words) => {
    const { code, stderr } = await uplift(['render', '--url', page.url, ...args]);
    expect(stderr).toMatch(words);
    expect(code).toBe(1);
  });

  test('an experiment that is gone: the picture says so, and so does the exit code', async () => {
    const { code, stdout, stderr } = await render(
      [DASHBOARD, '--var', 'experiment=gone', '--density', '1'],
      'gone.png',
    );
    expect(stdout.trim()).toBe(path.join(folder, 'gone.png'));
    expect(stderr).toMatch(/\d+ panels show an error instead of data/);
    expect(code).toBe(1);
  });

  test('no page where --url points', async () => {
    const { code, stderr } = await uplift(['render', '--url', 'http://127.0.0.1:1']);
    expect(stderr).toContain('No page answers at http://127.0.0.1:1.');
    expect(code).toBe(1);
  });

  test('SIGTERM in the middle: exit code 1, every file that is there is whole', async () => {
    const out = path.join(folder, 'interrupted');
    const panels = Array.from({ length: 9 }, (_, index) => String(index + 1));
    const { code, stderr } = await uplift(
      ['render', DASHBOARD, '--panel', ...panels, '--format', 'png,pdf', '--url', page.url, '--out', out],
      {
        kill: { signal: 'SIGTERM', after: /\n/ },
      },
    );
    expect(stderr).toContain('Interrupted');
    expect(code).toBe(1);
    const files = await readdir(out);
    expect(files.length).toBeGreaterThan(0);
    expect(files.length).toBeLessThan(2 * panels.length);
    expect(files.filter((file) => file.includes('unfinished'))).toEqual([]);
    for (const file of files) {
      await (file.endsWith('.png') ? readPng(path.join(out, file)) : readPdf(path.join(out, file)));
    }
  });
});

describe('uplift serve', () => {
  test('says where the page is, serves until SIGTERM, and ends with exit code 0', async () => {
    const { code, stdout } = await uplift(['serve', '--port', '0'], {
      envFile: settings,
      kill: { signal: 'SIGTERM', after: /\n/ },
    });
    expect(stdout).toMatch(/^http:\/\/localhost:\d+ /);
    expect(code).toBe(0);
  });

  test('beyond this machine it wants a password, and says so', async () => {
    const { code, stderr } = await uplift(['serve', '--host', '0.0.0.0'], { envFile: settings });
    expect(stderr).toMatch(/open to everyone who reaches “0\.0\.0\.0”\. Set DASHBOARD_PASSWORD/);
    expect(code).toBe(1);
  });

  test('a port that is taken is named', async () => {
    const { code, stderr } = await uplift(['serve', '--port', new URL(page.url).port], { envFile: settings });
    expect(stderr).toMatch(/Port \d+ is taken/);
    expect(code).toBe(1);
  });

  test.each([['serve'], ['report'], ['report', '--markdown']])(
    'without any source %s %s says so instead of showing an empty answer',
    async (...command) => {
      const { code, stdout, stderr } = await uplift(command, { settings: {} });
      expect(stderr).toContain('No source is configured');
      expect(stdout).toBe('');
      expect(code).toBe(1);
    },
  );
});

describe('a page that many read', () => {
  /** What a dashboard asks on every refresh, up to now. */
  async function questionsOf(file: string): Promise<Question[]> {
    const schema = z.object({ panels: z.array(z.object({ targets: z.array(z.looseObject({})).default([]) })) });
    const { panels } = schema.parse(JSON.parse(await readFile(path.join(dashboardsDir, file), 'utf8')));
    const now = Date.now();
    return panels
      .flatMap(({ targets }) => targets)
      .map((target) => ({
        from: String(now - 86_400_000),
        to: String(now),
        queries: [{ ...target, datasource: { uid: 'uplift' }, experiment: 'checkout-ranking' }],
      }));
  }

  const asked = () => readMetric(page.url, 'uplift_page_answers_total{origin="asked"}');
  const storeQuestions = () => readMetric(page.url, 'uplift_upstream_requests_total');

  test('fifty readers for five seconds cost the stores what one does', async () => {
    const questions = await questionsOf('live-ab.json');
    const [cold, coldAsked] = [await storeQuestions(), await asked()];
    const one = new PageClient(page.url, questions);
    expect((await one.refresh()).errors).toEqual([]);
    one.close();
    const [before, beforeAsked] = [await storeQuestions(), await asked()];
    expect(before).toBeGreaterThan(cold);
    expect(beforeAsked - coldAsked).toBe(questions.length);

    const began = Date.now();
    const end = began + 5_000;
    const readers = Array.from({ length: 50 }, () => new PageClient(page.url, questions));
    const read = async (reader: PageClient) => {
      const errors: string[] = [];
      while (Date.now() < end) {
        errors.push(...(await reader.refresh()).errors);
      }
      reader.close();
      return errors;
    };
    expect((await Promise.all(readers.map(read))).flat()).toEqual([]);
    // Five seconds reach into two refreshes of thirty seconds at most; a busy machine takes longer over the last ones.
    const refreshes = Math.ceil((Date.now() - began) / 30_000);
    expect((await asked()) - beforeAsked).toBeLessThanOrEqual(refreshes * questions.length);
    expect((await storeQuestions()) - before).toBeLessThanOrEqual(refreshes * 1.5 * (before - cold));
  });

  test('is watched by the demo’s Prometheus, so that its own dashboard has data', async () => {
    await demo.watchPage(page.url);
    const client = { method: 'POST', headers: { 'content-type': 'application/json', 'x-cache-skip': 'true' } };
    const expr = 'sum by (origin) (rate(uplift_page_answers_total[1m]))';
    const queries = [{ refId: 'A', datasource: { uid: 'uplift' }, queryType: 'prometheus', expr, instant: true }];
    const body = JSON.stringify({ from: 'now-5m', to: 'now', queries });
    let found = '';
    for (const deadline = Date.now() + 120_000; Date.now() < deadline && !found.includes('shared');) {
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      found = await (await fetch(`${page.url}/api/ds/query`, { ...client, body })).text();
    }
    expect(found).toContain('"origin":"shared"');
  });
});
