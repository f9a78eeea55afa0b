/** The real executable, asked as Grafana's config editor asks it: a data source a call, or one that is updated. */
import { join } from 'node:path';
import { z } from 'zod';
import { PROJECT } from '../../../demo/stores/project';
import { PluginClient } from '../../../pkg/sdk/client';
import { sourceStatusSchema, type SourceStatus } from '../../../src/contract/resources';
import type { SettingsInput } from '../../../src/contract/settings';
import { backendExecutable } from '../../../web/server/plugins';

export interface Stored {
  uid: string;
  jsonData: SettingsInput;
  secrets?: Record<string, string>;
  /** Grafana raises it with every save. */
  updatedMs?: number;
}

export class TestedPlugin {
  #made = 0;

  private constructor(readonly client: PluginClient) {}

  /** @throws Error when `dist/` holds no executable that starts */
  static async start(): Promise<TestedPlugin> {
    return new TestedPlugin(await PluginClient.start({ executable: backendExecutable(join(PROJECT, 'dist')) }));
  }

  settings({ uid, jsonData, secrets = {}, updatedMs = 1 }: Stored) {
    return {
      id: 1,
      uid,
      name: 'Uplift',
      url: '',
      user: '',
      database: '',
      jsonData,
      secrets,
      updatedMs,
      apiVersion: '',
    };
  }

  /** The connection test of one source of a data source just made. */
  async test(
    source: SourceStatus['source'],
    jsonData: SettingsInput,
    secrets: Record<string, string> = {},
  ): Promise<SourceStatus> {
    this.#made++;
    const settings = this.settings({ uid: `tested-${String(this.#made)}`, jsonData, secrets });
    const { status, body } = await this.client.callResource({ settings, path: `sources?source=${source}` });
    const text = body.toString('utf8');
    if (status !== 200) {
      throw new Error(text);
    }
    const [found] = z.tuple([sourceStatusSchema]).parse(JSON.parse(text));
    return found;
  }

  /** One read-only statement in MLflow's PostgreSQL; its first value. */
  async askMlflow(stored: Stored, statement: string): Promise<string | number | boolean | null> {
    const { A } = await this.client.queryData({
      settings: this.settings(stored),
      headers: {},
      queries: [
        {
          refId: 'A',
          json: { queryType: 'mlflow', mode: 'sql', rawSql: statement, format: 'table' },
          range: { from: 0, to: 1 },
          maxDataPoints: 10,
          intervalMs: 1000,
        },
      ],
    });
    if (A?.error !== null) {
      throw new Error(A?.error ?? 'no answer');
    }
    const value = A.frames[0]?.fields[0]?.values[0];
    return value === undefined ? null : value;
  }
}
