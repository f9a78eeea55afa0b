/** The gallery page: `?case=<name>&width=<px>&height=<px>&theme=dark|light`. */
import { createTheme, PanelPlugin } from '@grafana/data';
import { createRoot } from 'react-dom/client';
import { CASES } from './cases';
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
  createRoot(root).render(
    <FramedPanel
      plugin={await importPanel(picture.panel)}
      picture={picture}
      width={Number(query.get('width') ?? 1200)}
      height={Number(query.get('height') ?? picture.height)}
      theme={theme}
    />,
  );
}

const root = document.getElementById('root');
if (root === null) {
  throw new Error('the page has no #root');
}
await draw(root, new URLSearchParams(location.search));
// For `shoot.ts`, which takes the pictures by name.
document.body.dataset['cases'] = JSON.stringify(Object.keys(CASES));
