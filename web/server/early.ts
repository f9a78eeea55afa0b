/**
 * What a page will ask for, said with the page: the browser fetches it while it still evaluates Grafana's libraries,
 * instead of afterwards.
 */
import type { BundledPlugin } from './plugins';

const ownScript = (url: string): string => `<${url}>; rel=modulepreload; crossorigin`;
const pluginScript = (url: string): string => `<${url}>; rel=preload; as=script`;
const answer = (url: string): string => `<${url}>; rel=preload; as=fetch; crossorigin`;

const OWN_SCRIPT = /(?:src|href)="(\/assets\/[^"]+\.js)"/g;

/** The scripts that a document starts with. */
export const scriptsOf = (html: string): string[] =>
  [...html.matchAll(OWN_SCRIPT)].flatMap(([, url]) => (url === undefined ? [] : [url]));

/** What a page shows first: a dashboard, and the plugins of its panels at the top. */
export interface FirstShown {
  dashboard: string;
  panels: readonly string[];
}

/**
 * The `Link` header of the page, in the order of need: a browser opens six connections and no more.
 *
 * @param scripts the page's own
 * @param dataSource the one dashboards ask first
 */
export function earlyLinks(
  scripts: readonly string[],
  plugins: readonly BundledPlugin[],
  dataSource: string | undefined,
  shown: FirstShown | undefined,
): string {
  const answers = ['/api/frontend/settings', '/api/search'];
  if (shown !== undefined) {
    answers.push(`/api/dashboards/uid/${encodeURIComponent(shown.dashboard)}`);
    if (dataSource !== undefined) {
      // A dashboard's variables ask for the experiments before any of its panels can ask for anything.
      answers.push(`/api/datasources/uid/${encodeURIComponent(dataSource)}/resources/experiments`);
    }
  }
  // The other panels' modules are for later: parsing them now would take the time of what is shown first.
  const modules = plugins.filter(
    ({ meta }) => shown !== undefined && (meta.type === 'datasource' || shown.panels.includes(meta.id)),
  );
  return [
    ...scripts.map(ownScript),
    ...answers.map(answer),
    ...modules.map(({ meta }) => pluginScript(meta.module)),
  ].join(', ');
}
