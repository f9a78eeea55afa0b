/** Sets the page up for a picture: a caption above, controls away, and one panel alone where one is wanted. */
import { errors, type Page } from 'playwright-core';
import type { Caption } from './caption';
import type { Size } from './request';

const REST_LIMIT_MS = 60_000;
const QUIET_MS = 250;
const POLL_MS = 50;
const PANEL = '[data-viz-panel-key]';
const LOADING = '[aria-label="Panel loading bar"], [data-testid="data-testid Loading indicator"], [data-late-tile]';
const FAILED = '[data-testid="data-testid Panel status error"]';

/** Tones from the theme the page draws in; quiet, so that the panels stay what one looks at. */
const CAPTION_STYLE = `
  #uplift-caption { display: flex; justify-content: space-between; align-items: flex-end; gap: 24px; padding: 12px 16px 4px; }
  #uplift-caption > div:last-child { text-align: right; }
  #uplift-caption h1 { font-size: 20px; line-height: 26px; font-weight: 500; margin: 0; }
  #uplift-caption p { font-size: 12px; line-height: 18px; margin: 0; opacity: 0.75; font-variant-numeric: tabular-nums; }
  #uplift-caption p strong { font-weight: 600; }
  * { caret-color: transparent !important; }
  .uplift-away { display: none !important; }
  .uplift-alone { grid-area: 1 / 1 / auto / -1 !important; }
`;

/** Tells when a page has come to rest: everything asked for has arrived, and stayed so for a moment. */
export class Rest {
  private pending = 0;
  private changedAt = performance.now();

  constructor(private readonly page: Page) {
    const change = (by: number) => {
      this.pending += by;
      this.changedAt = performance.now();
    };
    page.on('request', () => change(1));
    page.on('requestfinished', () => change(-1));
    page.on('requestfailed', () => change(-1));
  }

  /**
   * Waits until the panels have their data, drawn with their fonts.
   * @throws Error (playwright's TimeoutError) when that takes longer than a minute
   */
  async wait(): Promise<void> {
    const { page } = this;
    const deadline = performance.now() + REST_LIMIT_MS;
    await page.locator(PANEL).first().waitFor({ state: 'attached', timeout: REST_LIMIT_MS });
    // A size that just changed is noticed, and asked about, within two frames.
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    this.changedAt = performance.now();
    while (
      this.pending > 0 ||
      performance.now() - this.changedAt < QUIET_MS ||
      (await page.locator(LOADING).count()) > 0
    ) {
      if (performance.now() > deadline) {
        throw new errors.TimeoutError(`not at rest after ${REST_LIMIT_MS} ms`);
      }
      await page.waitForTimeout(POLL_MS);
    }
    await settleFonts(page);
  }
}

/**
 * Waits until text is drawn in its fonts. On a host without any font of its own Chromium gives up the faces it had to draw
 * before they arrived, and draws nothing in their place: those are declared once more.
 */
async function settleFonts(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready;
    if (![...document.fonts].some(({ status }) => status === 'error')) {
      return;
    }
    const faces = [...document.styleSheets]
      .flatMap(({ cssRules }) => [...cssRules])
      .filter((rule) => rule instanceof CSSFontFaceRule);
    const again = document.createElement('style');
    again.textContent = faces.map(({ cssText }) => cssText).join('\n');
    document.head.append(again);
    await Promise.allSettled(
      [...document.fonts].filter(({ status }) => status === 'unloaded').map((face) => face.load()),
    );
    await document.fonts.ready;
  });
}

/** How many panels show that they could not get their data. */
export const countFailed = (page: Page): Promise<number> => page.locator(FAILED).count();

/** Puts the caption above the panels and takes the controls away. Called again, it replaces the caption. */
export async function writeCaption(page: Page, caption: Caption): Promise<void> {
  if ((await page.locator('#uplift-caption').count()) === 0) {
    await page.addStyleTag({ content: CAPTION_STYLE });
  }
  await page.evaluate(
    ([{ title, subject, level, sources, taken }, panelSelector]) => {
      document.getElementById('uplift-caption')?.remove();
      const main = document.querySelector('main');
      const panel = document.querySelector(panelSelector);
      if (main === null || panel === null) {
        return;
      }
      for (
        let inner = panel;
        inner.parentElement !== null && inner.parentElement !== main;
        inner = inner.parentElement
      ) {
        if (inner.closest('[data-tiles]') === null) {
          inner.previousElementSibling?.classList.add('uplift-away');
        }
      }
      const caption = document.createElement('header');
      caption.id = 'uplift-caption';
      // textContent throughout: titles and names come from stores and are never markup.
      const heading = document.createElement('h1');
      heading.textContent = title;
      const about = document.createElement('p');
      about.textContent = subject;
      const left = document.createElement('div');
      left.append(heading, about);
      const state = document.createElement('p');
      const word = document.createElement('strong');
      word.textContent = level;
      state.append(word, sources === '' ? '' : ` · ${sources}`);
      const time = document.createElement('p');
      time.textContent = taken;
      const right = document.createElement('div');
      right.append(state, time);
      caption.append(left, right);
      main.prepend(caption);
    },
    [caption, PANEL] as const,
  );
}

const CAPTION_MARGIN = 12;

/** Leaves one panel on the page, as wide as the page and as high as there is room below the caption. */
export async function showAlone(page: Page, id: number, size: Size & { height: number }): Promise<void> {
  await page.setViewportSize(size);
  await page.evaluate(
    ([panelId, height, margin]) => {
      const panel = document.querySelector(`[data-viz-panel-key="panel-${panelId}"]`);
      const item = panel?.closest<HTMLElement>('[data-tile]');
      const grid = item?.parentElement;
      if (!item || !grid) {
        return;
      }
      for (const other of document.querySelectorAll('[data-tile], [data-tiles] > *')) {
        other.classList.toggle('uplift-away', !other.contains(item));
      }
      const above = grid.getBoundingClientRect().top + window.scrollY;
      item.classList.add('uplift-alone');
      item.style.setProperty('height', `${height - above - margin}px`, 'important');
      grid.style.setProperty('height', `${height - above - margin}px`, 'important');
    },
    [id, size.height, CAPTION_MARGIN] as const,
  );
}

/** The height of everything on the page, px. */
export const contentHeight = (page: Page): Promise<number> =>
  page.evaluate(() =>
    Math.ceil(document.querySelector('main')?.getBoundingClientRect().bottom ?? document.body.scrollHeight),
  );
