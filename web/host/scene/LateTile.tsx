/** A tile below the first ones. Its place is kept from the start, so that nothing moves; it asks for its data once drawn. */
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { SceneObjectBase, type SceneComponentProps, type SceneObjectState, type VizPanel } from '@grafana/scenes';
import { useStyles2 } from '@grafana/ui';

interface LateTileState extends SceneObjectState {
  panel: VizPanel;
  isWaiting: boolean;
}

export class LateTile extends SceneObjectBase<LateTileState> {
  static Component = LateTileView;

  constructor(panel: VizPanel) {
    super({ panel, isWaiting: true });
  }

  draw(): void {
    this.setState({ isWaiting: false });
  }
}

function LateTileView({ model }: SceneComponentProps<LateTile>) {
  const { panel, isWaiting } = model.useState();
  const styles = useStyles2(getStyles);
  return isWaiting ? <div className={styles.waiting} data-late-tile /> : <panel.Component model={panel} />;
}

const getStyles = (theme: GrafanaTheme2) => ({
  waiting: css({
    width: '100%',
    height: '100%',
    background: theme.components.panel.background,
    border: `1px solid ${theme.components.panel.borderColor}`,
    borderRadius: theme.shape.radius.default,
  }),
});
