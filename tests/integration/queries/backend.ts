/** The real executable over the demo's real stores, asked as Grafana asks it. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Demo } from '../../../demo/demo';
import { PROJECT } from '../../../demo/stores/project';
import { PluginClient } from '../../../pkg/sdk/client';
import type { QueryAnswer } from '../../../pkg/sdk/client';
import type { DataFrame } from '../../../pkg/sdk/frame';
import { backendExecutable } from '../../../web/server/plugins';

const DAY = 86_400_000;

export interface Backend {
  ask(query: Record<string, unknown>, headers?: Record<string, string>): Promise<QueryAnswer>;
  /** The same, its frames as the bytes that Grafana gets. */
  askForBytes(query: Record<string, unknown>): Promise<QueryAnswer<Uint8Array>>;
  health(): ReturnType<PluginClient['checkHealth']>;
  resource(path: string): Promise<{ status: number; body: unknown }>;
  stop(): Promise<void>;
}

/** Starts `dist/`'s executable with the demo's settings; `change` edits them first. */
export async function startBackend(demo: Demo, jsonData: unknown = demo.settings.jsonData): Promise<Backend> {
  const executable = backendExecutable(join(PROJECT, 'dist'));
  if (!existsSync(executable)) {
    throw new Error('The backend is not built: run npm run build first.');
  }
  const client = await PluginClient.start({ executable });
  const settings = {
    id: 1,
    uid: 'uplift',
    name: 'Uplift',
    url: '',
    user: '',
    database: '',
    jsonData,
    secrets: { ...demo.settings.secrets },
    updatedMs: 1,
    apiVersion: '',
  };
  const callOf = (query: Record<string, unknown>, headers: Record<string, string>) => {
    const to = Date.now();
    const range = { from: to - DAY, to };
    return { settings, headers, queries: [{ refId: 'A', json: query, range, maxDataPoints: 500, intervalMs: 60_000 }] };
  };
  const only = <Answer>({ A: answer }: Record<string, Answer>): Answer => {
    if (!answer) {
      throw new Error('the backend gave no answer for refId A');
    }
    return answer;
  };
  return {
    ask: async (query, headers = {}) => only(await client.queryData(callOf(query, headers))),
    askForBytes: async (query) => only(await client.queryArrow(callOf(query, {}))),
    health: () => client.checkHealth({ settings }),
    async resource(path) {
      const { status, body } = await client.callResource({ settings, path });
      return { status, body: JSON.parse(body.toString('utf8')) as unknown };
    },
    async stop() {
      await client.stop();
    },
  };
}

/** A frame of an answer by name. */
export function frameNamed(answer: QueryAnswer, name: string): DataFrame {
  const frame = answer.frames.find((one) => one.name === name);
  if (!frame) {
    throw new Error(`no frame “${name}”: ${answer.error ?? answer.frames.map((one) => one.name).join(', ')}`);
  }
  return frame;
}

/** A frame's rows as objects, by field name. */
export function rowsOf(frame: DataFrame): Array<Record<string, string | number | boolean | null>> {
  const length = frame.fields[0]?.values.length ?? 0;
  return Array.from({ length }, (_, row) =>
    Object.fromEntries(frame.fields.map(({ name, values }) => [name, values[row] ?? null])),
  );
}
