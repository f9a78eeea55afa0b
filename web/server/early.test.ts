import { earlyLinks, scriptsOf } from './early';
import type { BundledPlugin } from './plugins';

const plugin = (id: string, type: BundledPlugin['meta']['type']): BundledPlugin => ({
  folder: id,
  meta: {
    id,
    name: id,
    type,
    module: `/public/plugins/${id}/module.js`,
    baseUrl: `/public/plugins/${id}`,
    metrics: false,
    annotations: false,
    alerting: false,
    info: { author: { name: '' }, description: '', links: [], logos: { small: '', large: '' }, screenshots: [], updated: '', version: '' }, // prettier-ignore
  },
});

const plugins = [
  plugin('app', 'app'),
  plugin('source', 'datasource'),
  plugin('table', 'panel'),
  plugin('chart', 'panel'),
];
const addresses = (links: string) => [...links.matchAll(/<([^>]+)>/g)].map(([, address]) => address);

it('the page’s scripts come first, then what it asks for, then the modules of what it shows first', () => {
  const links = earlyLinks(['/assets/page.js'], plugins, 'my source', { dashboard: 'live', panels: ['table'] });
  expect(addresses(links)).toEqual([
    '/assets/page.js',
    '/api/frontend/settings',
    '/api/search',
    '/api/dashboards/uid/live',
    '/api/datasources/uid/my%20source/resources/experiments',
    '/public/plugins/source/module.js',
    '/public/plugins/table/module.js',
  ]);
});

it('a list of dashboards needs no module', () => {
  expect(addresses(earlyLinks(['/assets/page.js'], plugins, 'source', undefined))).toEqual([
    '/assets/page.js',
    '/api/frontend/settings',
    '/api/search',
  ]);
});

it('the scripts of a document are those it loads and those it announces', () => {
  const html = `<link rel="icon" href="/logo.svg"><script type="module" src="/assets/index-1.js"></script>
    <link rel="modulepreload" href="/assets/page-2.js" crossorigin><link rel="stylesheet" href="/assets/page.css">`;
  expect(scriptsOf(html)).toEqual(['/assets/index-1.js', '/assets/page-2.js']);
});
