/** The ways on from a panel without numbers. Each is offered only where this user of this host can take it. */
import { OrgRole, type PanelData } from '@grafana/data';
import { config } from '@grafana/runtime';
import type { DataQuery } from '@grafana/schema';
import type { StateAction } from './StateMessage';

function exploreLink(uid: string, queries: readonly DataQuery[]): string {
  const panes = JSON.stringify({ a: { datasource: uid, queries, range: { from: 'now-24h', to: 'now' } } });
  return `${config.appSubUrl}/explore?schemaVersion=1&panes=${encodeURIComponent(panes)}`;
}

/** The user's role in the enum of @grafana/data; a host that names none gives the least. */
function roleOf(name: string): OrgRole {
  return Object.values(OrgRole).find((role: string) => role === name) ?? OrgRole.Viewer;
}

/** Check the data source's mapping, and ask the same query in Explore. The standalone page has neither. */
export function stateActions({ request }: Pick<PanelData, 'request'>): StateAction[] {
  const queries = request?.targets ?? [];
  const uid = queries[0]?.datasource?.uid;
  if (uid === undefined) {
    return [];
  }
  const role = roleOf(config.bootData.user.orgRole);
  const actions: StateAction[] = [];
  if (role === OrgRole.Admin) {
    actions.push({
      kind: 'link',
      label: 'Check mapping',
      href: `${config.appSubUrl}/connections/datasources/edit/${uid}`,
    });
  }
  if (config.exploreEnabled && role !== OrgRole.Viewer && role !== OrgRole.None) {
    actions.push({ kind: 'link', label: 'Open in Explore', href: exploreLink(uid, queries) });
  }
  return actions;
}
