/**
 * A tile below the first ones. Its place is kept from the start, so that nothing moves; it is drawn, and asks for its data,
 * once one of the first has an answer: drawn all together, each would wait for the slowest.
 */
import { css } from '@emotion/css';
import { LoadingState, type GrafanaTheme2 } from '@grafana/data';
import {
  sceneGraph,
  SceneObjectBase,
  VizPanel,
  type SceneComponentProps,
  type SceneDataProvider,
  type SceneObject,
  type SceneObjectState,
} from '@grafana/scenes';
import { useStyles2 } from '@grafana/ui';
import { Subscription } from 'rxjs';

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

/** Where none of the first tiles answers, the others wait no longer than this. */
const LONGEST_WAIT_MS = 1_000;

const isAnswered = ({ data }: SceneDataProvider['state']): boolean =>
  data?.state === LoadingState.Done || data?.state === LoadingState.Error;

/**
 * A behaviour of the dashboard: draws its late tiles, one a frame, from the moment one of the first tiles has its answer.
 * @returns what calls it off
 */
export function drawLateTiles(dashboard: SceneObject): () => void {
  const waiting = sceneGraph.findDescendents(dashboard, LateTile);
  const first = sceneGraph.findDescendents(dashboard, VizPanel).filter(({ parent }) => !(parent instanceof LateTile));
  const answers = new Subscription();
  let frame: number | undefined;
  const drawNext = () => {
    waiting.shift()?.draw();
    frame = waiting.length > 0 ? requestAnimationFrame(drawNext) : undefined;
  };
  const begin = () => {
    clearTimeout(limit);
    answers.unsubscribe();
    // The next frame draws the answer; the one after it has time for more.
    frame ??= requestAnimationFrame(() => (frame = requestAnimationFrame(drawNext)));
  };
  const limit = setTimeout(begin, LONGEST_WAIT_MS);
  for (const { state } of first) {
    answers.add(state.$data?.subscribeToState((data: SceneDataProvider['state']) => isAnswered(data) && begin()));
  }
  return () => {
    clearTimeout(limit);
    answers.unsubscribe();
    cancelAnimationFrame(frame ?? 0);
  };
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
