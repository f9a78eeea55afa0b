/** The page, started with the settings of this run. */
import { FailureError } from '../../src/contract/failure';
import { startPage, type RunningPage } from '../../web/server/start';
import { PROJECT } from '../project';
import type { ReadSettings } from '../settings/read-settings';

export interface PagePlace {
  host: string;
  /** 0: any free one. */
  port: number;
}

/**
 * Starts the page with one data source, `uplift`, as the dashboards name it.
 * @throws FailureError when no source is configured; Error in words when the page cannot start
 */
export function servePage(
  { settings, secrets, page }: ReadSettings,
  { host, port }: PagePlace,
  logLevel: 'warn' | 'info' | 'silent',
): Promise<RunningPage> {
  if (!settings.mlflow && !settings.prometheus && !settings.influx && !settings.fallback.allowSimulated) {
    throw new FailureError({
      class: 'config',
      field: '.env',
      message: 'No source is configured, so the page would have nothing to show.',
      fix: 'Copy .env.example to .env and fill in an address, or run `uplift demo` to see it with traffic of its own.',
    });
  }
  return startPage({
    host,
    port,
    datasources: [{ uid: 'uplift', name: 'Uplift', jsonData: settings, secureJsonData: secrets }],
    distDir: PROJECT.dist,
    dashboardsDir: PROJECT.dashboards,
    refreshSeconds: page.refreshSeconds,
    logLevel,
  });
}
