/**
 * What a page will ask for, said with the page: the browser fetches it while it still evaluates Grafana's libraries,
 * instead of afterwards.
 */
import type { BundledPlugin } from './plugins';

const script = (url: string): string => `<${url}>; rel=preload; as=script`;
const answer = (url: string): string => `<${url}>; rel=preload; as=fetch; crossorigin`;

/** The `Link` header of the page, for the dashboard it will show; undefined where it shows none. */
export function earlyLinks(
  plugins: readonly BundledPlugin[],
  dashboard: string | undefined,
  dataSource: string | undefined,
): string {
  const modules = plugins.filter(({ meta }) => meta.type !== 'app').map(({ meta }) => script(meta.module));
  // A dashboard's variables ask for the experiments before any of its panels can ask for anything.
  const experiments =
    dataSource === undefined
      ? []
      : [answer(`/api/datasources/uid/${encodeURIComponent(dataSource)}/resources/experiments`)];
  const dashboards =
    dashboard === undefined
      ? []
      : [...modules, answer(`/api/dashboards/uid/${encodeURIComponent(dashboard)}`), ...experiments];
  return [answer('/api/frontend/settings'), answer('/api/search'), ...dashboards].join(', ');
}
