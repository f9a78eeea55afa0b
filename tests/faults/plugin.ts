/** The real executable, asked with many settings: each data source is one uid, so that none inherits what another kept. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from '../../demo/stores/project';
import type { QueryAnswer } from '../../pkg/sdk/client';
import { PluginClient } from '../../pkg/sdk/client';
import type { Secrets, SettingsInput } from '../../src/contract/settings';
import { backendExecutable } from '../../web/server/plugins';

const DAY_MS = 86_400_000;

export interface DataSource {
  uid: string;
  jsonData: SettingsInput;
  secrets: Secrets;
}

export type Query = Record<string, unknown>;

export interface Plugin {
  ask(dataSource: DataSource, query: Query, headers?: Record<string, string>): Promise<QueryAnswer>;
  /** Lets go of what the plugin holds for a data source: its connections count against the store's limit. */
  forget(dataSource: DataSource): Promise<void>;
  isRunning(): boolean;
  stop(): Promise<void>;
}

/** Header of a query that an alert rule sends. */
export const FROM_ALERT = { FromAlert: 'true' };
/** Header of a query that wants nothing from the cache. */
export const SKIP_CACHE = { 'X-Cache-Skip': 'true' };

export async function startPlugin(): Promise<Plugin> {
  const executable = backendExecutable(join(PROJECT, 'dist'));
  if (!existsSync(executable)) {
    throw new Error('The backend is not built: run npm run build first.');
  }
  const client = await PluginClient.start({ executable });
  let isRunning = true;
  void client.exited.then(() => {
    isRunning = false;
  });
  const ask = async (
    { uid, jsonData, secrets }: DataSource,
    query: Query,
    headers: Record<string, string>,
    updatedMs: number,
  ): Promise<QueryAnswer> => {
    const to = Date.now();
    const answers = await client.queryData({
      settings: {
        id: 1,
        uid,
        name: uid,
        url: '',
        user: '',
        database: '',
        jsonData,
        secrets: { ...secrets },
        updatedMs,
        apiVersion: '',
      },
      headers,
      queries: [{ refId: 'A', json: query, range: { from: to - DAY_MS, to }, maxDataPoints: 500, intervalMs: 60_000 }],
    });
    const answer = answers.A;
    if (!answer) {
      throw new Error('the backend gave no answer for refId A');
    }
    return answer;
  };
  return {
    ask: (dataSource, query, headers = {}) => ask(dataSource, query, headers, 1),
    async forget({ uid }) {
      await ask({ uid, jsonData: {}, secrets: {} }, { queryType: 'status' }, {}, 2);
    },
    isRunning: () => isRunning,
    async stop() {
      await client.stop();
    },
  };
}
