/** The page: which view the address asks for, in the frame of top bar and connection banner. */
import { css } from '@emotion/css';
import { Global } from '@emotion/react';
import type { EventBus, GrafanaTheme2 } from '@grafana/data';
import { locationService } from '@grafana/runtime';
import { ErrorBoundaryAlert, useStyles2 } from '@grafana/ui';
import { useEffect, useState } from 'react';
import { matchPath, useLocation } from 'react-router-dom';
import type { DashboardListing, FrontendSettings } from '../../wire';
import type { SceneTemplateSrv } from '../runtime/templates';
import type { Dashboard } from '../scene/dashboard';
import { ConnectionBanner } from './ConnectionBanner';
import { ConnectionsView } from './ConnectionsView';
import { DashboardList } from './DashboardList';
import { DashboardView } from './DashboardView';
import { Notices } from './Notices';
import { PrintStyle } from './PrintStyle';
import { TopBar } from './TopBar';

interface Props {
  settings: FrontendSettings;
  dashboards: readonly DashboardListing[];
  /** The dashboard the page opens with, by its uid. */
  early: Map<string, Dashboard>;
  templates: SceneTemplateSrv;
  events: EventBus;
}

const LIST_TITLE = 'Dashboards and experiments';
const CONNECTIONS = { title: 'Connections', path: '/connections' };

/** The dashboard in the path, else (at the root) the first one; undefined where the list is asked for. */
export function askedDashboard(pathname: string, dashboards: readonly DashboardListing[]): string | undefined {
  const asked = matchPath('/d/:uid/*', pathname)?.params.uid;
  return asked ?? (pathname === '/' ? dashboards[0]?.uid : undefined);
}

/** A panel shown alone takes the key first: it goes back to its dashboard. */
function leaveKioskOnEscape(): () => void {
  const leave = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && !locationService.getSearch().has('viewPanel')) {
      locationService.partial({ kiosk: null });
    }
  };
  document.addEventListener('keydown', leave, { capture: true });
  return () => document.removeEventListener('keydown', leave, { capture: true });
}

export function App({ settings, dashboards, early, templates, events }: Props) {
  const styles = useStyles2(getStyles);
  const { pathname, search } = useLocation();
  const [loadedTitle, setLoadedTitle] = useState<string>();
  const uid = askedDashboard(pathname, dashboards);
  const isKiosk = new URLSearchParams(search).has('kiosk');
  const listed = dashboards.find((dashboard) => dashboard.uid === uid)?.title;
  const isConnections = settings.hasEditableConnections && pathname === CONNECTIONS.path;
  const title = isConnections ? CONNECTIONS.title : uid === undefined ? LIST_TITLE : (listed ?? loadedTitle ?? uid);
  useEffect(() => {
    document.title = `${title} · Uplift`;
  }, [title]);
  useEffect(() => (isKiosk ? leaveKioskOnEscape() : undefined), [isKiosk]);
  return (
    <div className={styles.page}>
      <Global styles={{ body: { margin: 0 } }} />
      <PrintStyle />
      {!isKiosk && (
        <TopBar
          title={title}
          dashboards={dashboards}
          search={search}
          connections={settings.hasEditableConnections ? CONNECTIONS.path : undefined}
        />
      )}
      <ConnectionBanner />
      <Notices events={events} />
      <main className={styles.main}>
        <ErrorBoundaryAlert style="page">
          {isConnections ? (
            <div className={styles.list}>
              <ConnectionsView settings={settings} />
            </div>
          ) : uid === undefined ? (
            <DashboardList dashboards={dashboards} search={search} />
          ) : (
            <DashboardView
              key={uid}
              uid={uid}
              refresh={settings.refresh}
              early={early}
              templates={templates}
              isKiosk={isKiosk}
              onTitle={setLoadedTitle}
            />
          )}
        </ErrorBoundaryAlert>
      </main>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  page: css({
    display: 'flex',
    flexDirection: 'column',
    minHeight: '100vh',
    background: theme.colors.background.canvas,
  }),
  main: css({ display: 'flex', flexDirection: 'column', flexGrow: 1, minWidth: 0 }),
  list: css({ padding: theme.spacing(3), maxWidth: theme.breakpoints.values.md }),
});
