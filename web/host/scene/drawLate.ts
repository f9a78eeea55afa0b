/**
 * When a dashboard draws what is not drawn at first, its controls and the tiles below the first ones: once one of the first
 * has an answer. Drawn all together, each would wait for the slowest.
 */
import { LoadingState } from '@grafana/data';
import { sceneGraph, VizPanel, type SceneDataProvider, type SceneObject } from '@grafana/scenes';
import { Subscription } from 'rxjs';
import { LateControls } from './LateControls';
import { LateTile } from './LateTile';

/** Where none of the first tiles answers, the others wait no longer than this. */
const LONGEST_WAIT_MS = 1_000;

const isAnswered = ({ data }: SceneDataProvider['state']): boolean =>
  data?.state === LoadingState.Done || data?.state === LoadingState.Error;

/**
 * A behaviour of the dashboard: draws what waits, one a frame, from the moment one of the first tiles has its answer.
 * @returns what calls it off
 */
export function drawLate(dashboard: SceneObject): () => void {
  const waiting = [
    ...sceneGraph.findDescendents(dashboard, LateControls),
    ...sceneGraph.findDescendents(dashboard, LateTile),
  ];
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
