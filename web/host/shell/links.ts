/** Addresses of the page's views. What one looked at last (the range, the refresh, the theme, the experiment) goes along. */

/** Parameters that mean the same on every dashboard. */
const KEPT = ['from', 'to', 'timezone', 'refresh', 'theme', 'var-datasource', 'var-experiment'];

/** The dashboard where an experiment's verdict stands. */
const VERDICT_DASHBOARD = 'uplift-live-ab';
const LIST_PATH = '/dashboards';

function kept(search: string, own: Readonly<Record<string, string>> = {}): string {
  const current = new URLSearchParams(search);
  const next = new URLSearchParams(KEPT.flatMap((name) => current.getAll(name).map((value) => [name, value])));
  for (const [name, value] of Object.entries(own)) {
    next.set(name, value);
  }
  return next.size === 0 ? '' : `?${next.toString()}`;
}

export const dashboardPath = (uid: string, search: string): string => `/d/${encodeURIComponent(uid)}${kept(search)}`;

export const listPath = (search: string): string => `${LIST_PATH}${kept(search)}`;

/** The verdict of one experiment. */
export const verdictPath = (experiment: string, dataSource: string, search: string): string =>
  `/d/${VERDICT_DASHBOARD}${kept(search, { 'var-datasource': dataSource, 'var-experiment': experiment })}`;
