import { LoadingState, type PanelData } from '@grafana/data';
import {
  EmbeddedScene,
  SceneDataNode,
  SceneGridItem,
  SceneGridLayout,
  SceneTimeRange,
  VizPanel,
} from '@grafana/scenes';
import { drawLateTiles, LateTile } from './LateTile';

const timeRange = new SceneTimeRange({}).state.value;
const answer = (state: LoadingState): PanelData => ({ state, series: [], timeRange });

/** One tile on the screen and two below it. */
function makeDashboard() {
  const data = new SceneDataNode({ data: answer(LoadingState.Loading) });
  const late = [1, 2].map((key) => new LateTile(new VizPanel({ key: `late-${key}` })));
  const bodies = [new VizPanel({ key: 'first', $data: data }), ...late];
  const children = bodies.map((body, y) => new SceneGridItem({ x: 0, y, width: 1, height: 1, body }));
  const scene = new EmbeddedScene({ body: new SceneGridLayout({ children }) });
  const drawn = () => late.filter(({ state }) => !state.isWaiting).length;
  return { scene, data, drawn };
}

const frames = (count: number) => jest.advanceTimersByTime(count * 17);

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

it('draws the tiles below the screen one a frame, after the first answer on it has been drawn', () => {
  const { scene, data, drawn } = makeDashboard();
  drawLateTiles(scene);
  frames(10);
  expect(drawn()).toBe(0);

  data.setState({ data: answer(LoadingState.Done) });
  frames(1);
  expect(drawn()).toBe(0);
  frames(1);
  expect(drawn()).toBe(1);
  frames(1);
  expect(drawn()).toBe(2);
});

it('takes an error for an answer', () => {
  const { scene, data, drawn } = makeDashboard();
  drawLateTiles(scene);
  data.setState({ data: answer(LoadingState.Error) });
  frames(5);
  expect(drawn()).toBe(2);
});

it('does not wait for ever for a screen that nobody answers', () => {
  const { scene, drawn } = makeDashboard();
  drawLateTiles(scene);
  jest.advanceTimersByTime(1_400);
  expect(drawn()).toBe(0);
  jest.advanceTimersByTime(400);
  expect(drawn()).toBe(2);
});

it('draws nothing more once the dashboard has been left', () => {
  const { scene, data, drawn } = makeDashboard();
  const leave = drawLateTiles(scene);
  data.setState({ data: answer(LoadingState.Done) });
  leave();
  data.setState({ data: answer(LoadingState.Done) });
  jest.advanceTimersByTime(5_000);
  expect(drawn()).toBe(0);
});
