/** What must be on `window` before any of Grafana's libraries is evaluated: they read it as they load. */
import type { BootData } from '@grafana/data';
import { version } from '@grafana/runtime/package.json';

export type ThemeName = 'dark' | 'light';

const THEME_KEY = 'uplift.theme';

/** The theme asked for in the URL, else the one chosen before, else the system's. */
export function preferredTheme(): ThemeName {
  const asked = new URLSearchParams(window.location.search).get('theme') ?? localStorage.getItem(THEME_KEY);
  if (asked === 'dark' || asked === 'light') {
    return asked;
  }
  return window.matchMedia('(prefers-color-scheme: light)').matches ? 'light' : 'dark';
}

/** Keeps the choice for the next visit. */
export const rememberTheme = (theme: ThemeName) => localStorage.setItem(THEME_KEY, theme);

type PageBootData = Pick<BootData, 'navTree' | 'assets'> & {
  user: Partial<BootData['user']>;
  settings: Record<string, unknown>;
};

declare global {
  interface Window {
    __grafana_public_path__?: string;
    __zod_globalConfig?: { jitless: boolean };
  }
}

/** Sets the globals Grafana's libraries expect, for an anonymous viewer. */
export function setBootData(theme: ThemeName): void {
  const bootData: PageBootData = {
    assets: { dark: '', light: '' },
    navTree: [],
    user: {
      isSignedIn: false,
      theme,
      timezone: 'browser',
      weekStart: 'monday',
      language: 'en-US',
      permissions: {},
    },
    settings: {
      featureToggles: {},
      appSubUrl: '',
      buildInfo: { version, commit: '', env: 'production' },
      namespace: 'default',
      datasources: {},
      panels: {},
      defaultDatasource: '',
      minRefreshInterval: '5s',
      feedbackLinksEnabled: false,
    },
  };
  Object.assign(window, { grafanaBootData: bootData });
  window.__grafana_public_path__ = '/public/';
  // The page's content security policy forbids `eval`, which zod would try.
  window.__zod_globalConfig = { jitless: true };
}
