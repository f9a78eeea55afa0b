import { act, fireEvent, render, screen } from '@testing-library/react';
import { buildScene } from './buildScene';
import { dashboardSchema } from './dashboard';
import { LateTile } from './LateTile';

const panel = (id: number, y: number, x = 0) => ({ id, type: 'a-panel', gridPos: { x, y, w: 12, h: 4 } });
const row = (id: number, y: number, title: string, more: object = {}) => ({
  id,
  type: 'row',
  title,
  gridPos: { x: 0, y, w: 24, h: 1 },
  ...more,
});

const sectionsOf = (panels: object[]) =>
  buildScene(dashboardSchema.parse({ uid: 'one', title: 'One', panels }), '30s').state.body.state.sections;

const inWords = (panels: object[]) =>
  sectionsOf(panels).map(({ state: { title, isCollapsed, tiles } }) => {
    const bodies = tiles.map(({ state: { body } }) =>
      body instanceof LateTile ? `${String(body.state.panel.state.key)} later` : String(body.state.key),
    );
    return `${title ?? 'no row'}${isCollapsed ? ', folded' : ''}: ${bodies.join(', ')}`;
  });

it('draws the first row of tiles at once and the others later', () => {
  expect(inWords([panel(1, 0), panel(2, 0, 12), panel(3, 4)])).toEqual(['no row: panel-1, panel-2, panel-3 later']);
});

it('keeps what follows an open row in it, and what a folded row holds in that', () => {
  const panels = [
    panel(1, 0),
    row(2, 4, 'Quality'),
    panel(3, 5),
    row(4, 9, 'Cost', { collapsed: true, panels: [panel(5, 10)] }),
  ];
  expect(inWords(panels)).toEqual(['no row: panel-1', 'Quality: panel-3 later', 'Cost, folded: panel-5 later']);
});

it('what follows a folded row is not in it, and is the first to be drawn where nothing stands above', () => {
  const panels = [row(1, 0, 'Cost', { collapsed: true, panels: [panel(2, 1)] }), panel(3, 1)];
  expect(inWords(panels)).toEqual(['Cost, folded: panel-2 later', 'no row: panel-3']);
});

it('a row unfolds and folds at its button', async () => {
  const [, section] = sectionsOf([panel(1, 0), row(2, 4, 'Cost', { collapsed: true, panels: [panel(3, 5)] })]);
  if (section === undefined) {
    throw new Error('the row is missing');
  }
  const { container } = render(<section.Component model={section} />);
  const tiles = () => container.querySelectorAll('[data-tile]').length;
  const button = screen.getByRole('button', { name: /Cost.*1 panel/, expanded: false });
  expect(tiles()).toBe(0);
  fireEvent.click(button);
  expect(screen.getByRole('button', { expanded: true })).toBe(button);
  expect(tiles()).toBe(1);
  fireEvent.click(button);
  expect(tiles()).toBe(0);
  // Icons are fetched as they are drawn.
  await act(() => new Promise((resolve) => setTimeout(resolve)));
});
