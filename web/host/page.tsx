/** Opens the page: asks the server what there is, wires Grafana's runtime, and draws. */
import { getPluginImportUtils, LocationServiceProvider, locationService } from '@grafana/runtime';
import { GlobalStyles, PortalContainer } from '@grafana/ui';
import { createRoot } from 'react-dom/client';
import { z } from 'zod';
import { dashboardListingSchema, frontendSettingsSchema, type DashboardListing, type FrontendSettings } from '../wire';
import { importModule } from './amd/loader';
import type { ThemeName } from './boot';
import { wireRuntime } from './runtime/wire';
import { loadDashboard, type Dashboard } from './scene/dashboard';
import { firstPlugins } from './scene/sections';
import { App, askedDashboard } from './shell/App';
import { HistoryRouter } from './shell/HistoryRouter';
import { PageTheme } from './shell/theme';

async function ask<T>(path: string, schema: z.ZodType<T>): Promise<T> {
  const response = await fetch(path);
  if (!response.ok) {
    throw new Error(`${path} answered ${response.status} ${response.statusText}`);
  }
  return schema.parse(await response.json());
}

/** The dashboard that the address asks for, so that the page's first drawing shows it. */
async function loadAsked(dashboards: readonly DashboardListing[]): Promise<Dashboard | undefined> {
  const uid = askedDashboard(window.location.pathname, dashboards);
  // One that cannot be had is asked for again where it would be shown, which says why.
  return uid === undefined ? undefined : loadDashboard(uid).catch(() => undefined);
}

/** The modules that its first tiles are asked and drawn by. One that cannot be had is asked for again by its tile. */
async function loadModules(settings: FrontendSettings, dashboard: Dashboard): Promise<void> {
  const sources = Object.values(settings.datasources).map(({ meta }) => importModule(meta.module));
  const { importPanelPlugin } = getPluginImportUtils();
  await Promise.allSettled([...sources, ...[...firstPlugins(dashboard)].map(importPanelPlugin)]);
}

/** Draws the page into `#root`. @throws Error when the server does not answer */
export async function openPage(theme: ThemeName): Promise<void> {
  const [settings, dashboards] = await Promise.all([
    ask('/api/frontend/settings', frontendSettingsSchema),
    ask('/api/search', z.array(dashboardListingSchema)),
  ]);
  const [{ templates, events }, asked] = await Promise.all([wireRuntime(settings), loadAsked(dashboards)]);
  const early = new Map<string, Dashboard>();
  if (asked !== undefined) {
    await loadModules(settings, asked);
    early.set(asked.uid, asked);
  }
  const container = document.getElementById('root');
  if (container === null) {
    throw new Error('the page has no #root to draw into');
  }
  createRoot(container).render(
    <PageTheme initial={theme} events={events}>
      <LocationServiceProvider service={locationService}>
        <HistoryRouter>
          <GlobalStyles />
          <PortalContainer />
          <App {...{ settings, dashboards, early, templates, events }} />
        </HistoryRouter>
      </LocationServiceProvider>
    </PageTheme>,
  );
}
