import { act, render, screen } from '@testing-library/react';
import { EmbeddedScene, SceneCanvasText, SceneTimeRange, SceneVariableSet, CustomVariable } from '@grafana/scenes';
import { VariableHide } from '@grafana/schema';
import { LateControls } from './LateControls';

function makeControls() {
  const controls = new LateControls('30s');
  const shown = new CustomVariable({ name: 'model', label: 'Model', query: 'old,new', value: 'new', text: 'new' });
  const hidden = new CustomVariable({
    name: 'secret',
    query: 'x',
    value: 'x',
    text: 'x',
    hide: VariableHide.hideVariable,
  });
  const scene = new EmbeddedScene({
    $timeRange: new SceneTimeRange({ from: 'now-24h', to: 'now' }),
    $variables: new SceneVariableSet({ variables: [shown, hidden] }),
    controls: [controls],
    body: new SceneCanvasText({ text: '' }),
  });
  return { controls, scene };
}

it('says what the controls will, in their place, until they are drawn', async () => {
  const { controls, scene } = makeControls();
  const { container } = render(<scene.Component model={scene} />);
  const places = () => [...container.querySelectorAll('[data-late-control]')].map(({ textContent }) => textContent);
  expect(places()).toEqual(['Modelnew', 'Last 24 hours', '30s']);
  expect(screen.queryByRole('button')).toBeNull();

  act(() => controls.draw());
  expect(places()).toEqual([]);
  expect(screen.getByRole('button', { name: /Last 24 hours/ })).toBeTruthy();
  expect(screen.getByRole('combobox')).toBeTruthy();
  // Icons are fetched as they are drawn.
  await act(() => new Promise((resolve) => setTimeout(resolve)));
});

it('refreshes before its control is drawn', () => {
  jest.useFakeTimers();
  try {
    const { scene } = makeControls();
    const leave = scene.activate();
    const before = scene.state.$timeRange?.state.value.to.valueOf() ?? Number.NaN;
    const { unmount } = render(<scene.Component model={scene} />);
    act(() => jest.advanceTimersByTime(31_000));
    expect(scene.state.$timeRange?.state.value.to.valueOf()).toBeGreaterThan(before);
    unmount();
    leave();
  } finally {
    jest.useRealTimers();
  }
});
