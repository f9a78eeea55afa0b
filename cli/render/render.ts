/** Takes pictures of a running page: one browser, one load for every dashboard and theme, any number of pictures of it. */
import path from 'node:path';
import { errors, type Browser, type Page } from 'playwright-core';
import { FailureError } from '../../src/contract/failure';
import { captionOf } from './caption';
import type { ListedDashboard, PageApi, PageDashboard } from './page-api';
import { FORMATS, type PictureFormat, type RenderRequest, type Theme } from './request';
import { contentHeight, countFailed, Rest, showAlone, writeCaption } from './stage';
import { writeWholeFile } from './whole-file';

export interface Picture {
  file: string;
  /** Panels in it that show an error instead of data. */
  failedPanels: number;
}

export interface RenderContext {
  browser: Browser;
  api: PageApi;
  signal: AbortSignal;
  onPicture: (picture: Picture) => void;
}

const DASHBOARD_WIDTH = 1600;
const PANEL_SIZE = { width: 1000, height: 500 };
/** Low, so that a short dashboard is not padded: a page is at least as high as its viewport. */
const FIRST_HEIGHT = 400;
const AT_ONCE = 2;

/**
 * Takes every picture asked for.
 * @throws FailureError naming a dashboard or panel that is not there, or one that does not come to rest
 */
export async function renderPictures(request: RenderRequest, context: RenderContext): Promise<void> {
  const listed = await findDashboards(request, context.api);
  const dashboards = await Promise.all(listed.map((one) => context.api.dashboard(one)));
  refuseUnknownPanels(request, dashboards);
  const loads = dashboards.flatMap((dashboard) => request.themes.map((theme) => ({ dashboard, theme })));
  const single = loads.length * Math.max(1, request.panels.length) * request.formats.length === 1;
  if (isFile(request.out) && !single) {
    throw new FailureError({
      class: 'config',
      field: '--out',
      message: `${request.out} is one file, but several pictures were asked for.`,
      fix: 'Give --out a folder.',
    });
  }
  const queue = [...loads];
  const work = async () => {
    for (let next = queue.shift(); next !== undefined && !context.signal.aborted; next = queue.shift()) {
      await renderLoad(request, next, context);
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, loads.length) }, work));
}

async function findDashboards({ dashboards }: RenderRequest, api: PageApi): Promise<ListedDashboard[]> {
  const listed = await api.dashboards();
  if (dashboards.length === 0) {
    return listed;
  }
  return dashboards.map((uid) => {
    const found = listed.find((candidate) => candidate.uid === uid);
    if (!found) {
      throw new FailureError({
        class: 'config',
        field: 'dashboard',
        message: `There is no dashboard “${uid}”.`,
        fix: `Name one of: ${listed.map((one) => one.uid).join(', ')}.`,
      });
    }
    return found;
  });
}

function refuseUnknownPanels({ panels }: RenderRequest, dashboards: readonly PageDashboard[]): void {
  for (const { uid, panels: there } of dashboards) {
    const unknown = panels.find((id) => !there.some((panel) => panel.id === id));
    if (unknown !== undefined) {
      throw new FailureError({
        class: 'config',
        field: '--panel',
        message: `Dashboard “${uid}” has no panel ${unknown}.`,
        fix: `It has ${there.map(({ id, title }) => `${id} (${title || 'untitled'})`).join(', ')}.`,
      });
    }
  }
}

interface Load {
  dashboard: PageDashboard;
  theme: Theme;
}

async function renderLoad(
  request: RenderRequest,
  load: Load,
  { browser, api, signal, onPicture }: RenderContext,
): Promise<void> {
  const { dashboard, theme } = load;
  // From the start as wide as the picture: a grid does not shrink with its window.
  const width = request.size?.width ?? (request.panels.length > 0 ? PANEL_SIZE.width : DASHBOARD_WIDTH);
  const page = await browser.newPage({
    viewport: { width, height: FIRST_HEIGHT },
    deviceScaleFactor: request.density,
    colorScheme: theme,
    reducedMotion: 'reduce',
    ...(request.timeZone !== null && { timezoneId: request.timeZone }),
    ...(api.credentials !== null && { httpCredentials: api.credentials }),
  });
  const rest = new Rest(page);
  try {
    await page.goto(api.address(`/d/${encodeURIComponent(dashboard.uid)}`, queryOf(request, theme)));
    await rest.wait();
    const timeZone = request.timeZone ?? hostTimeZone();
    const provenance = await api.provenance(new URL(page.url()).searchParams.get('var-experiment'));
    const shots = request.panels.length > 0 ? request.panels : [null];
    for (const id of shots) {
      await writeCaption(page, captionOf({ dashboard, address: page.url(), provenance, now: Date.now(), timeZone }));
      if (id !== null) {
        await showAlone(page, id, { width, height: request.size?.height ?? PANEL_SIZE.height });
      }
      await rest.wait();
      const failedPanels = await countFailed(page);
      for (const format of request.formats) {
        const content = await shoot(
          page,
          format,
          id === null ? (request.size?.height ?? null) : (page.viewportSize()?.height ?? null),
        );
        const file = fileOf(request, load, id, format);
        await writeWholeFile(file, content, signal);
        onPicture({ file, failedPanels });
      }
    }
  } catch (cause) {
    if (cause instanceof errors.TimeoutError) {
      throw new FailureError(
        {
          class: 'timeout',
          field: 'dashboard',
          message: `Dashboard “${dashboard.uid}” did not come to rest within a minute.`,
          fix: 'Shorten the range (--from), or see with `uplift check` which source is slow.',
        },
        { cause },
      );
    }
    throw cause;
  } finally {
    await page.close();
  }
}

const hostTimeZone = () => new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** No refresh: a picture is of one moment. */
function queryOf({ from, to, variables }: RenderRequest, theme: Theme): Array<[string, string]> {
  return [
    ['kiosk', ''],
    ['theme', theme],
    ['refresh', ''],
    ...(from === null ? [] : [['from', from] satisfies [string, string]]),
    ...(to === null ? [] : [['to', to] satisfies [string, string]]),
    ...[...variables].map(([name, value]): [string, string] => [`var-${name}`, value]),
  ];
}

/** `height` px; null for all there is. */
async function shoot(page: Page, format: PictureFormat, height: number | null): Promise<Uint8Array> {
  const { width } = page.viewportSize() ?? { width: DASHBOARD_WIDTH };
  const shown = height ?? (await contentHeight(page));
  switch (format) {
    case 'png':
      await page.setViewportSize({ width, height: shown });
      return page.screenshot({ animations: 'disabled', caret: 'hide' });
    case 'pdf':
      // As on the screen: print styles would change what was just looked at.
      await page.emulateMedia({ media: 'screen' });
      return page.pdf({ width: `${width}px`, height: `${shown + 1}px`, printBackground: true, pageRanges: '1' });
  }
}

const isFile = (out: string) => FORMATS.some((format) => out.toLowerCase().endsWith(`.${format}`));

function fileOf(
  { out }: RenderRequest,
  { dashboard, theme }: Load,
  panel: number | null,
  format: PictureFormat,
): string {
  if (isFile(out)) {
    return out;
  }
  const name = [dashboard.uid.replace(/[^\w.-]/g, '_'), ...(panel === null ? [] : [`panel-${panel}`]), theme].join('-');
  return path.join(out, `${name}.${format}`);
}
