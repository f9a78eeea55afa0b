/**
 * What a page will ask for, said with the page: the browser fetches it while it still evaluates Grafana's libraries,
 * instead of afterwards.
 */
import type { BundledPlugin } from './plugins';

const module = (url: string): string => `<${url}>; rel=modulepreload; crossorigin`;
const script = (url: string): string => `<${url}>; rel=preload; as=script`;
const answer = (url: string): string => `<${url}>; rel=preload; as=fetch; crossorigin`;

const OWN_SCRIPT = /(?:src|href)="(\/assets\/[^"]+\.js)"/g;

/** The scripts that a document starts with. */
export const scriptsOf = (html: string): string[] =>
  [...html.matchAll(OWN_SCRIPT)].flatMap(([, url]) => (url === undefined ? [] : [url]));

/**
 * The `Link` header of the page, in the order of need: a browser opens six connections and no more.
 *
 * @param scripts the page's own
 * @param dashboard the one it will show, if any
 */
export function earlyLinks(
  scripts: readonly string[],
  plugins: readonly BundledPlugin[],
  dashboard: string | undefined,
  dataSource: string | undefined,
): string {
  const answers = ['/api/frontend/settings', '/api/search'];
  if (dashboard !== undefined) {
    answers.push(`/api/dashboards/uid/${encodeURIComponent(dashboard)}`);
    if (dataSource !== undefined) {
      // A dashboard's variables ask for the experiments before any of its panels can ask for anything.
      answers.push(`/api/datasources/uid/${encodeURIComponent(dataSource)}/resources/experiments`);
    }
  }
  const shown = dashboard === undefined ? [] : plugins.filter(({ meta }) => meta.type !== 'app');
  return [...scripts.map(module), ...answers.map(answer), ...shown.map(({ meta }) => script(meta.module))].join(', ');
}
