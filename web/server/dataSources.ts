/** The data sources the page serves: as provisioned, and as the backend is told about them. */
import type { DataSourceSettings } from '../../pkg/sdk/client';

export interface PageDataSource {
  uid: string;
  name: string;
  /** As in Grafana's provisioning: `src/contract/settings.ts`. */
  jsonData: Readonly<Record<string, unknown>>;
  secureJsonData?: Readonly<Record<string, string>>;
}

/** Every call carries the settings; the backend keeps what it built for a `uid` until `updatedMs` changes. */
export class DataSources {
  private readonly byUid: Map<string, DataSourceSettings>;

  constructor(
    readonly list: readonly PageDataSource[],
    updatedMs: number,
  ) {
    this.byUid = new Map(
      list.map(({ uid, name, jsonData, secureJsonData = {} }, index) => [
        uid,
        {
          id: index + 1,
          uid,
          name,
          url: '',
          user: '',
          database: '',
          jsonData,
          secrets: secureJsonData,
          updatedMs,
          apiVersion: '',
        },
      ]),
    );
  }

  /** Another one after every change, for what was kept of the answers before it. */
  get revision(): string {
    return [...this.byUid.values()].map(({ updatedMs }) => updatedMs).join(' ');
  }

  settingsOf(uid: string): DataSourceSettings | undefined {
    return this.byUid.get(uid);
  }

  /** Changes what the next call carries. Secrets that are not named stay; an empty one is forgotten. */
  update(
    uid: string,
    jsonData: Readonly<Record<string, unknown>>,
    changedSecrets: Readonly<Record<string, string>>,
    now: number,
  ): void {
    const settings = this.byUid.get(uid);
    if (settings !== undefined) {
      const secrets = Object.entries({ ...settings.secrets, ...changedSecrets }).filter(([, value]) => value !== '');
      // Later than before, also within one millisecond: by it the backend sees that something changed.
      const updatedMs = Math.max(now, settings.updatedMs + 1);
      this.byUid.set(uid, { ...settings, jsonData, secrets: Object.fromEntries(secrets), updatedMs });
    }
  }

  /** The names to offer where an unknown uid was asked for. */
  get uids(): string {
    return [...this.byUid.keys()].map((uid) => `“${uid}”`).join(', ') || 'none';
  }
}
