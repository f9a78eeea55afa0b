/** One dashboard: loaded by its uid, drawn as a scene, its state kept in the URL. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { UrlSyncContextProvider, type SceneObject } from '@grafana/scenes';
import { Alert, LoadingPlaceholder, useStyles2 } from '@grafana/ui';
import { useEffect, useLayoutEffect, useState } from 'react';
import { loadDashboard, type Dashboard } from '../scene/dashboard';
import type { DashboardScene } from '../scene/DashboardScene';
import { buildScene } from '../scene/buildScene';
import type { SceneTemplateSrv } from '../runtime/templates';

interface Props {
  uid: string;
  /** How often a dashboard that says nothing refreshes. */
  refresh: string;
  /** Dashboards that are here already, by uid; each is taken once, for it may change. */
  early: Map<string, Dashboard>;
  templates: SceneTemplateSrv;
  isKiosk: boolean;
  onTitle: (title: string) => void;
}

type Loaded = { state: 'loading' } | { state: 'failed'; message: string } | { state: 'ready'; scene: DashboardScene };

declare global {
  interface Window {
    __grafanaSceneContext?: SceneObject;
  }
}

function take(early: Map<string, Dashboard>, uid: string): Dashboard | undefined {
  const dashboard = early.get(uid);
  early.delete(uid);
  return dashboard;
}

export function DashboardView({ uid, refresh, early, templates, isKiosk, onTitle }: Props) {
  const styles = useStyles2(getStyles);
  const [loaded, setLoaded] = useState<Loaded>(() => {
    const dashboard = take(early, uid);
    return dashboard === undefined ? { state: 'loading' } : { state: 'ready', scene: buildScene(dashboard, refresh) };
  });
  const isLoading = loaded.state === 'loading';
  useEffect(() => {
    if (!isLoading) {
      return;
    }
    let isCurrent = true;
    const show = (next: Loaded) => isCurrent && setLoaded(next);
    loadDashboard(uid).then(
      (dashboard) => show({ state: 'ready', scene: buildScene(dashboard, refresh) }),
      (error: unknown) => show({ state: 'failed', message: error instanceof Error ? error.message : String(error) }),
    );
    return () => {
      isCurrent = false;
    };
  }, [uid, refresh, isLoading]);

  const scene = loaded.state === 'ready' ? loaded.scene : undefined;
  // Before the scene's own effects, which ask for data.
  useLayoutEffect(() => {
    if (scene === undefined) {
      return;
    }
    templates.setScene(scene);
    // @grafana/runtime reads the dashboard's time range and variables from here for links.
    window.__grafanaSceneContext = scene;
    onTitle(scene.state.title);
    return () => templates.setScene(undefined);
  }, [scene, templates, onTitle]);

  switch (loaded.state) {
    case 'loading':
      return <LoadingPlaceholder text="" />;
    case 'failed':
      return <Alert title="The dashboard can’t be shown">{loaded.message}</Alert>;
    case 'ready':
      return (
        <UrlSyncContextProvider scene={loaded.scene} updateUrlOnInit={false} createBrowserHistorySteps={false}>
          <div className={isKiosk ? styles.kiosk : styles.scene}>
            <loaded.scene.Component model={loaded.scene} />
          </div>
        </UrlSyncContextProvider>
      );
  }
}

const getStyles = (theme: GrafanaTheme2) => ({
  scene: css({ display: 'flex', flexGrow: 1, minWidth: 0, padding: theme.spacing(1, 2, 2) }),
  kiosk: css({ display: 'flex', flexGrow: 1, minWidth: 0, padding: theme.spacing(1) }),
});
