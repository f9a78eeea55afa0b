/**
 * The gallery page: `?case=<name>&width=<px>&height=<px>&theme=dark|light`. What comes behind a `#` in the same words is drawn
 * in its place: Grafana's packages load once for many pictures. `data-shown` of the body then holds those words.
 */
import { createTheme, PanelPlugin } from '@grafana/data';
import { createRoot } from 'react-dom/client';
import { flushSync } from 'react-dom';
import { CASES } from './cases';
import { DAY, NOW } from './fixtures/clock';
import type { GalleryCase } from './gallery-case';
import { FramedPanel, initRegistries } from './host';

async function importPanel(panel: string): Promise<PanelPlugin> {
  const module: unknown = await import(`../../src/panels/${panel}/module.ts`);
  if (typeof module === 'object' && module !== null && 'plugin' in module && module.plugin instanceof PanelPlugin) {
    return module.plugin;
  }
  throw new Error(`src/panels/${panel}/module.ts exports no plugin`);
}

/** Draws what the query asks for; returns how to take it away again. */
async function draw(root: HTMLElement, query: URLSearchParams): Promise<() => void> {
  const name = query.get('case');
  if (name === null) {
    return () => undefined;
  }
  const picture = CASES[name];
  if (picture === undefined) {
    throw new Error(`no case “${name}”; there are ${Object.keys(CASES).join(', ')}`);
  }
  const theme = createTheme({ colors: { mode: query.get('theme') === 'light' ? 'light' : 'dark' } });
  document.body.classList.toggle('theme-dark', theme.isDark);
  document.body.classList.toggle('theme-light', theme.isLight);
  const reactRoot = createRoot(root);
  const plugin = await importPanel(picture.panel);
  const size = { width: Number(query.get('width') ?? 1200), height: Number(query.get('height') ?? picture.height) };
  const show = (shown: GalleryCase) => {
    flushSync(() => reactRoot.render(<FramedPanel plugin={plugin} picture={shown} {...size} theme={theme} />));
  };
  show(picture);
  // For the bench, which times a pan: the range moves by that many ms.
  const pan = (event: Event) => {
    const by = event instanceof CustomEvent ? Number(event.detail) : 0;
    show({ ...picture, range: { from: NOW - DAY + by, to: NOW + by } });
  };
  window.addEventListener('gallery-pan', pan);
  return () => {
    window.removeEventListener('gallery-pan', pan);
    reactRoot.unmount();
  };
}

const root = document.getElementById('root');
if (root === null) {
  throw new Error('the page has no #root');
}
initRegistries();
let leave = await draw(root, new URLSearchParams(location.search));
window.addEventListener('hashchange', () => {
  const words = location.hash.slice(1);
  leave();
  void draw(root, new URLSearchParams(words)).then((next) => {
    leave = next;
    document.body.dataset['shown'] = words;
  });
});
// For `shoot.ts`, which takes the pictures by name.
document.body.dataset['cases'] = JSON.stringify(Object.keys(CASES));
