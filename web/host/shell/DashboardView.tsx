/** One dashboard: loaded by its uid, drawn as a scene, its state kept in the URL. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { UrlSyncContextProvider, type SceneObject } from '@grafana/scenes';
import { Alert, LoadingPlaceholder, useStyles2 } from '@grafana/ui';
import { useEffect, useState } from 'react';
import { loadDashboard } from '../scene/dashboard';
import type { DashboardScene } from '../scene/DashboardScene';
import { buildScene } from '../scene/buildScene';
import type { SceneTemplateSrv } from '../runtime/templates';

interface Props {
  uid: string;
  /** How often a dashboard that says nothing refreshes. */
  refresh: string;
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

export function DashboardView({ uid, refresh, templates, isKiosk, onTitle }: Props) {
  const styles = useStyles2(getStyles);
  const [loaded, setLoaded] = useState<Loaded>({ state: 'loading' });
  useEffect(() => {
    let isCurrent = true;
    loadDashboard(uid).then(
      (dashboard) => {
        if (isCurrent) {
          const scene = buildScene(dashboard, refresh);
          templates.setScene(scene);
          // @grafana/runtime reads the dashboard's time range and variables from here for links.
          window.__grafanaSceneContext = scene;
          onTitle(dashboard.title);
          setLoaded({ state: 'ready', scene });
        }
      },
      (error: unknown) => {
        if (isCurrent) {
          setLoaded({ state: 'failed', message: error instanceof Error ? error.message : String(error) });
        }
      },
    );
    return () => {
      isCurrent = false;
      templates.setScene(undefined);
    };
  }, [uid, refresh, templates, onTitle]);

  switch (loaded.state) {
    case 'loading':
      return <LoadingPlaceholder text="" />;
    case 'failed':
      return <Alert title="The dashboard can’t be shown">{loaded.message}</Alert>;
    case 'ready': {
      const { scene } = loaded;
      return (
        <UrlSyncContextProvider scene={scene} updateUrlOnInit={false} createBrowserHistorySteps={false}>
          <div className={isKiosk ? styles.kiosk : styles.scene}>
            <scene.Component model={scene} />
          </div>
        </UrlSyncContextProvider>
      );
    }
  }
}

const getStyles = (theme: GrafanaTheme2) => ({
  scene: css({ display: 'flex', flexGrow: 1, minWidth: 0, padding: theme.spacing(1, 2, 2) }),
  kiosk: css({ display: 'flex', flexGrow: 1, minWidth: 0, padding: theme.spacing(1) }),
});
