/** The page, started with the settings of this run. */
import type { Access } from '../../web/server/access/access';
import type { LogLevel } from '../../web/server/log';
import { startPage, type RunningPage } from '../../web/server/start';
import { PROJECT } from '../project';
import { refuseNoSource, type ReadSettings } from '../settings/read-settings';
import type { PageSettings } from '../settings/settle';

/** Where the page listens and who may see it: as configured, or on loopback for this process alone. */
export type PagePlace = 'configured' | 'private';

/** How readers are known; a settled page has at most one way. */
function accessOf({ user, password, proxyHeader }: PageSettings): Access {
  if (password !== undefined) {
    return { kind: 'password', user, password };
  }
  return proxyHeader === undefined ? { kind: 'open' } : { kind: 'proxy', header: proxyHeader };
}

/**
 * Starts the page with one data source, `uplift`, as the dashboards name it.
 * @throws FailureError when no source is configured; Error in words when the page cannot start
 */
export function servePage(
  { settings, secrets, page }: ReadSettings,
  place: PagePlace,
  logLevel: LogLevel,
): Promise<RunningPage> {
  refuseNoSource(settings);
  const { host, port, trustedProxies, tls } = page;
  return startPage({
    ...(place === 'private'
      ? { host: '127.0.0.1', port: 0 }
      : { host, port, trustedProxies, tls, access: accessOf(page) }),
    datasources: [{ uid: 'uplift', name: 'Uplift', jsonData: settings, secureJsonData: secrets }],
    distDir: PROJECT.dist,
    dashboardsDir: PROJECT.dashboards,
    refreshSeconds: page.refreshSeconds,
    logLevel,
  });
}
