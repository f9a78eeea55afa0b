/** Opens the page: asks the server what there is, wires Grafana's runtime, and draws. */
import { LocationServiceProvider, locationService } from '@grafana/runtime';
import { GlobalStyles, PortalContainer } from '@grafana/ui';
import { createRoot } from 'react-dom/client';
import { z } from 'zod';
import { dashboardListingSchema, frontendSettingsSchema } from '../wire';
import type { ThemeName } from './boot';
import { wireRuntime } from './runtime/wire';
import { App } from './shell/App';
import { HistoryRouter } from './shell/HistoryRouter';
import { PageTheme } from './shell/theme';

async function ask<T>(path: string, schema: z.ZodType<T>): Promise<T> {
  const response = await fetch(path);
  if (!response.ok) {
    throw new Error(`${path} answered ${response.status} ${response.statusText}`);
  }
  return schema.parse(await response.json());
}

/** Draws the page into `#root`. @throws Error when the server does not answer */
export async function openPage(theme: ThemeName): Promise<void> {
  const [settings, dashboards] = await Promise.all([
    ask('/api/frontend/settings', frontendSettingsSchema),
    ask('/api/search', z.array(dashboardListingSchema)),
  ]);
  const { templates, events } = await wireRuntime(settings);
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
          <App settings={settings} dashboards={dashboards} templates={templates} events={events} />
        </HistoryRouter>
      </LocationServiceProvider>
    </PageTheme>,
  );
}
