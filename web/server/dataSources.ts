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
  private readonly byUid: ReadonlyMap<string, DataSourceSettings>;

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

  settingsOf(uid: string): DataSourceSettings | undefined {
    return this.byUid.get(uid);
  }

  /** The names to offer where an unknown uid was asked for. */
  get uids(): string {
    return [...this.byUid.keys()].map((uid) => `“${uid}”`).join(', ') || 'none';
  }
}
