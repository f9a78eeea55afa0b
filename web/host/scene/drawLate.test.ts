import { LoadingState, type PanelData } from '@grafana/data';
import { EmbeddedScene, SceneDataNode, SceneTimeRange, VizPanel } from '@grafana/scenes';
import { drawLate } from './drawLate';
import { LateTile } from './LateTile';
import { Tile, TileGrid, TileSection } from './TileGrid';

const timeRange = new SceneTimeRange({}).state.value;
const answer = (state: LoadingState): PanelData => ({ state, series: [], timeRange });

/** One of the first tiles and two below it. */
function makeDashboard() {
  const data = new SceneDataNode({ data: answer(LoadingState.Loading) });
  const late = [1, 2].map((key) => new LateTile(new VizPanel({ key: `late-${key}` })));
  const bodies = [new VizPanel({ key: 'first', $data: data }), ...late];
  const tiles = bodies.map((body, y) => new Tile({ place: { x: 0, y, w: 1, h: 1 }, body }));
  const sections = [new TileSection({ isCollapsed: false, tiles })];
  const scene = new EmbeddedScene({ body: new TileGrid({ sections }) });
  const drawn = () => late.filter(({ state }) => !state.isWaiting).length;
  return { scene, data, drawn };
}

const frames = (count: number) => jest.advanceTimersByTime(count * 17);

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

it('draws the tiles below one a frame, after the first answer has been drawn', () => {
  const { scene, data, drawn } = makeDashboard();
  drawLate(scene);
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
  drawLate(scene);
  data.setState({ data: answer(LoadingState.Error) });
  frames(5);
  expect(drawn()).toBe(2);
});

it('does not wait for ever for first tiles that nobody answers', () => {
  const { scene, drawn } = makeDashboard();
  drawLate(scene);
  jest.advanceTimersByTime(900);
  expect(drawn()).toBe(0);
  jest.advanceTimersByTime(400);
  expect(drawn()).toBe(2);
});

it('draws nothing more once the dashboard has been left', () => {
  const { scene, data, drawn } = makeDashboard();
  const leave = drawLate(scene);
  data.setState({ data: answer(LoadingState.Done) });
  leave();
  data.setState({ data: answer(LoadingState.Done) });
  jest.advanceTimersByTime(5_000);
  expect(drawn()).toBe(0);
});
