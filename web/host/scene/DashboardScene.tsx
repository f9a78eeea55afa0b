/** A dashboard on the page: its controls, and beneath them the whole grid or, when the address names one, a single panel. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import {
  SceneObjectBase,
  SceneObjectUrlSyncConfig,
  sceneGraph,
  VizPanel,
  type SceneComponentProps,
  type SceneObjectState,
  type SceneObjectUrlValues,
} from '@grafana/scenes';
import { Button, EmptyState, useStyles2 } from '@grafana/ui';
import { useEffect } from 'react';
import type { LateControls } from './LateControls';
import type { TileGrid } from './TileGrid';

interface DashboardSceneState extends SceneObjectState {
  title: string;
  controls: LateControls;
  body: TileGrid;
  /** Key of the only panel shown; in the address as `viewPanel`. */
  viewPanel?: string;
}

export class DashboardScene extends SceneObjectBase<DashboardSceneState> {
  static Component = DashboardSceneView;
  protected override _urlSync = new SceneObjectUrlSyncConfig(this, { keys: ['viewPanel'] });

  getUrlState(): SceneObjectUrlValues {
    return { viewPanel: this.state.viewPanel };
  }

  updateFromUrl({ viewPanel }: SceneObjectUrlValues): void {
    const key = typeof viewPanel === 'string' && viewPanel !== '' ? viewPanel : undefined;
    // Grafana's links name a panel by its number alone.
    this.setState({ viewPanel: key !== undefined && /^\d+$/.test(key) ? `panel-${key}` : key });
  }

  showAlone(panel: VizPanel): void {
    this.setState({ viewPanel: panel.state.key });
  }

  /** Shows the grid again, with the focus on the panel one comes from. */
  showAll(): void {
    const { viewPanel } = this.state;
    this.setState({ viewPanel: undefined });
    requestAnimationFrame(() => {
      const panel = document.querySelector(`[data-viz-panel-key="${viewPanel ?? ''}"]`);
      panel?.scrollIntoView({ block: 'nearest' });
      panel?.querySelector<HTMLElement>('section')?.focus();
    });
  }
}

/** The panel alone; it fills what is left of the window. */
function LonePanel({ scene, panelKey }: { scene: DashboardScene; panelKey: string }) {
  const styles = useStyles2(getStyles);
  const panel = sceneGraph.findObject(scene, (object) => object instanceof VizPanel && object.state.key === panelKey);
  useEffect(() => {
    const leave = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented) {
        scene.showAll();
      }
    };
    document.addEventListener('keydown', leave);
    return () => document.removeEventListener('keydown', leave);
  }, [scene]);
  return (
    <>
      <Button className={styles.back} variant="secondary" size="sm" icon="arrow-left" onClick={() => scene.showAll()}>
        Back to dashboard
      </Button>
      {panel instanceof VizPanel ? (
        <div className={styles.alone}>
          <panel.Component model={panel} />
        </div>
      ) : (
        <EmptyState variant="not-found" message="This dashboard has no such panel" />
      )}
    </>
  );
}

function DashboardSceneView({ model }: SceneComponentProps<DashboardScene>) {
  const { controls, body, viewPanel } = model.useState();
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.scene}>
      <controls.Component model={controls} />
      {viewPanel === undefined ? (
        <div className={styles.body} data-print="grid">
          <body.Component model={body} />
        </div>
      ) : (
        <LonePanel scene={model} panelKey={viewPanel} />
      )}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  // Without a least width of its own, so that the grid follows a window that narrows.
  scene: css({ display: 'flex', flexDirection: 'column', flexGrow: 1, minWidth: 0, gap: theme.spacing(2) }),
  body: css({ minWidth: 0, flexGrow: 1 }),
  back: css({ alignSelf: 'flex-start', '@media print': { display: 'none' } }),
  alone: css({ position: 'relative', display: 'flex', flexGrow: 1, minHeight: 360 }),
});
