/** Files: the page itself, plugin modules, and Grafana's fonts and icons under the paths its libraries ask for. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import fastifyStatic, { type FastifyStaticOptions } from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { firstPanels, HOME_UID } from './dashboards';
import { earlyLinks, scriptsOf, type FirstShown } from './early';
import type { BundledPlugin } from './plugins';
import { PROJECT_ROOT } from './project';

const require = createRequire(import.meta.url);
const packageFolder = (name: string): string => path.dirname(require.resolve(`${name}/package.json`));

/** A plugin's folder also holds the backend's executable, which nobody may download. */
const PLUGIN_FILE = /\.(?:js|map|json|svg|png|html)$/;

/** Addresses the page's own router understands; each is answered with the page. */
const PAGE_ROUTES = ['/', '/dashboards', '/connections', '/d/:uid', '/d/:uid/:slug'];

/** Icons that Grafana's own build adds and its packages leave out. */
const ownIcons = path.join(PROJECT_ROOT, 'web/icons');

const paramsSchema = z.object({ uid: z.string().optional() });

const ONE_YEAR_MS = 365 * 86_400_000;

/** Files of which the build made compressed copies; a cache on the way keeps them apart. */
const COMPRESSED: Partial<FastifyStaticOptions> = {
  preCompressed: true,
  setHeaders: (response) => {
    response.setHeader('vary', 'accept-encoding');
  },
};

export interface Assets {
  pageDir: string;
  dashboardsDir: string;
  plugins: readonly BundledPlugin[];
  /** The one dashboards ask first. */
  dataSource: string | undefined;
}

export async function registerAssets(
  app: FastifyInstance,
  { pageDir, dashboardsDir, plugins, dataSource }: Assets,
): Promise<void> {
  const serve = (prefix: string, root: string | string[], options: Partial<FastifyStaticOptions> = {}) =>
    app.register(fastifyStatic, { prefix, root, decorateReply: false, index: false, ...options });

  for (const { meta, folder } of plugins) {
    await serve(`${meta.baseUrl}/`, folder, { ...COMPRESSED, allowedPath: (file) => PLUGIN_FILE.test(file) });
  }
  const icons = [path.join(packageFolder('@grafana/ui'), 'dist/public/img/icons'), ownIcons];
  await serve('/public/build/img/icons/', icons, { maxAge: ONE_YEAR_MS });
  await serve('/public/fonts/inter/', path.join(packageFolder('inter-ui'), 'web'), { maxAge: ONE_YEAR_MS });
  // Names of these files change with their content.
  await serve('/assets/', path.join(pageDir, 'assets'), { ...COMPRESSED, maxAge: ONE_YEAR_MS, immutable: true });
  await app.register(fastifyStatic, { root: pageDir, serve: false });
  const scripts = scriptsOf(await readFile(path.join(pageDir, 'index.html'), 'utf8'));
  const showing = async (dashboard: string | undefined): Promise<FirstShown | undefined> => {
    if (dashboard === undefined) {
      return undefined;
    }
    try {
      return { dashboard, panels: await firstPanels(dashboardsDir, dashboard) };
    } catch (error) {
      // The page itself will ask for the dashboard, and say why there is none.
      app.log.debug({ err: error }, 'what a page shows first is not known');
      return { dashboard, panels: [] };
    }
  };
  for (const route of PAGE_ROUTES) {
    app.get(route, async (request, reply) => {
      const { uid } = paramsSchema.parse(request.params);
      const shown = await showing(uid ?? (route === '/' ? HOME_UID : undefined));
      return reply
        .header('link', earlyLinks(scripts, plugins, dataSource, shown))
        .sendFile('index.html', { cacheControl: false });
    });
  }
}
