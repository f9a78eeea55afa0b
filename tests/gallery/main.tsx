/** The gallery page: `?case=<name>&width=<px>&height=<px>&theme=dark|light`. */
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

async function draw(root: HTMLElement, query: URLSearchParams): Promise<void> {
  const name = query.get('case');
  if (name === null) {
    return;
  }
  const picture = CASES[name];
  if (picture === undefined) {
    throw new Error(`no case “${name}”; there are ${Object.keys(CASES).join(', ')}`);
  }
  initRegistries();
  const theme = createTheme({ colors: { mode: query.get('theme') === 'light' ? 'light' : 'dark' } });
  document.body.classList.add(theme.isDark ? 'theme-dark' : 'theme-light');
  const reactRoot = createRoot(root);
  const plugin = await importPanel(picture.panel);
  const size = { width: Number(query.get('width') ?? 1200), height: Number(query.get('height') ?? picture.height) };
  const show = (shown: GalleryCase) => {
    flushSync(() => reactRoot.render(<FramedPanel plugin={plugin} picture={shown} {...size} theme={theme} />));
  };
  show(picture);
  // For the bench, which times a pan: the range moves by that many ms.
  window.addEventListener('gallery-pan', (event) => {
    const by = event instanceof CustomEvent ? Number(event.detail) : 0;
    show({ ...picture, range: { from: NOW - DAY + by, to: NOW + by } });
  });
}

const root = document.getElementById('root');
if (root === null) {
  throw new Error('the page has no #root');
}
await draw(root, new URLSearchParams(location.search));
// For `shoot.ts`, which takes the pictures by name.
document.body.dataset['cases'] = JSON.stringify(Object.keys(CASES));
