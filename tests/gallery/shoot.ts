/**
 * Takes pictures of panels: `npx tsx tests/gallery/shoot.ts <case> <width>[x<height>] <theme> [--out folder] [--hover selector] [--focus selector] [--keys list]`.
 * `<case>` may be `all` or end in `*`; each may be a list with commas. Files are named `<case>-<width>-<theme>.png`.
 */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { Command } from 'commander';
import { chromium, type Page } from 'playwright-core';
import { z } from 'zod';
import { NOW } from './fixtures/clock';
import { serveGallery } from './server';

const program = new Command('shoot')
  .argument('<case>')
  .argument('[width]', 'px, also as a list; <width>x<height> overrides the height', '1200')
  .argument('[theme]', 'dark, light or dark,light', 'dark')
  .option('--out <folder>', 'where the pictures go', '.cache/gallery-pictures')
  .option('--hover <selector>', 'rests the mouse there first')
  .option('--focus <selector>', 'gives it the keyboard focus first')
  .option('--keys <list>', 'pressed one after the other where the focus is, e.g. ArrowRight,ArrowRight')
  .option('--scale <factor>', 'device pixels a pixel', '2')
  .parse();
const options = z
  .object({
    out: z.string(),
    hover: z.string().optional(),
    focus: z.string().optional(),
    keys: z.string().optional(),
    scale: z.coerce.number(),
  })
  .parse(program.opts());
const [wanted = '', widths = '', themes = ''] = program.args.concat(['1200', 'dark'].slice(program.args.length - 1));

/** The cases a pattern names; the page knows them all, for Grafana's packages load in a browser only. */
async function namesOf(page: Page, address: string, pattern: string): Promise<string[]> {
  await page.goto(address, { timeout: 120_000 });
  await page.waitForFunction(() => document.body.dataset['cases'] !== undefined, undefined, { timeout: 120_000 });
  const all = z.array(z.string()).parse(JSON.parse((await page.evaluate(() => document.body.dataset['cases'])) ?? ''));
  const isWanted = (name: string) =>
    pattern
      .split(',')
      .some((one) => one === 'all' || (one.endsWith('*') ? name.startsWith(one.slice(0, -1)) : name === one));
  const names = all.filter(isWanted);
  if (names.length === 0) {
    throw new Error(`no case “${pattern}”; there are ${all.join(', ')}`);
  }
  return names;
}

async function shoot(page: Page, name: string, size: string, theme: string): Promise<string> {
  const [width = '1200', height] = size.split('x');
  const query = new URLSearchParams({ case: name, width, theme, ...(height === undefined ? {} : { height }) });
  await page.setViewportSize({ width: Math.max(Number(width) + 16, 200), height: 900 });
  const words = query.toString();
  await page.evaluate((hash) => (location.hash = hash), words);
  await page.waitForFunction((shown) => document.body.dataset['shown'] === shown, words, { timeout: 120_000 });
  const shot = page.locator('#shot');
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await page.waitForTimeout(300);
  if (options.hover !== undefined) {
    await page.locator(options.hover).first().hover();
  }
  if (options.focus !== undefined) {
    await page.locator(options.focus).first().focus();
  }
  for (const key of options.keys?.split(',') ?? []) {
    await page.keyboard.press(key);
  }
  const isPointed = options.hover !== undefined || options.focus !== undefined;
  const file = path.join(options.out, `${name}-${size}-${theme}${isPointed ? '-tooltip' : ''}.png`);
  if (isPointed) {
    await page.waitForTimeout(500);
    await page.screenshot({ path: file });
  } else {
    await shot.screenshot({ path: file });
  }
  return file;
}

await mkdir(options.out, { recursive: true });
const { server, address } = await serveGallery();
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'], // prettier-ignore
});
try {
  const page = await browser.newPage({ deviceScaleFactor: options.scale, timezoneId: 'UTC' });
  await page.clock.setFixedTime(NOW);
  page.on('pageerror', (error) => console.error(`page: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') {
      console.error(`console: ${message.text()}`);
    }
  });
  for (const name of await namesOf(page, address, wanted)) {
    for (const size of widths.split(',')) {
      for (const theme of themes.split(',')) {
        console.log(await shoot(page, name, size, theme));
      }
    }
  }
} finally {
  await browser.close();
  await server.close();
}
