/** The browser of the tests: the distribution's Chromium, headless and silent. */
import { chromium, type Browser, type Page } from 'playwright-core';

export const CHROMIUM = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
export const SILENT = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** @throws Error when there is no Chromium at `CHROMIUM_PATH`, else /usr/bin/chromium */
export const launchChromium = (): Promise<Browser> => chromium.launch({ executablePath: CHROMIUM, args: SILENT });

/** Until nothing is asked any more, or `mostMs`: a page that goes on asking is never idle. */
export async function settle(page: Page, mostMs: number): Promise<void> {
  await Promise.race([page.waitForLoadState('networkidle', { timeout: 0 }), page.waitForTimeout(mostMs)]);
}
