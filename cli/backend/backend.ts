/** The data source's own backend, started for one command: what it answers here is what it answers in Grafana. */
import { access } from 'node:fs/promises';
import { z } from 'zod';
import { FailureError } from '../../src/contract/failure';
import type { Settings } from '../../src/contract/settings';
import {
  PluginClient,
  type ClientQuery,
  type DataSourceSettings,
  type PluginLog,
  type QueryAnswer,
} from '../../pkg/sdk/client';
import { backendExecutable } from '../../web/server/plugins';
import { PROJECT } from '../project';

export interface BackendStart {
  settings: Settings;
  secrets: Readonly<Record<string, string>>;
  /** Every line of the backend's log. */
  onLog?: (log: PluginLog) => void;
}

/** Longer than the backend's own limit on a query, so that its words come first. */
const CALL_LIMIT_MS = 90_000;

/** gRPC's number for a call that took too long. */
const DEADLINE_EXCEEDED = 4;

/** @throws FailureError in place of gRPC's own words about a call that took too long */
export async function inWords<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (cause) {
    if (typeof cause === 'object' && cause !== null && 'code' in cause && cause.code === DEADLINE_EXCEEDED) {
      throw new FailureError(
        {
          class: 'timeout',
          message: `The sources took longer than ${CALL_LIMIT_MS / 1000} s to answer.`,
          fix: 'See with `uplift check` which source is slow or away, or run it again.',
        },
        { cause },
      );
    }
    throw cause;
  }
}

const errorBodySchema = z.object({ message: z.string(), fix: z.string().optional() });

export class Backend {
  private constructor(
    private readonly client: PluginClient,
    private readonly settings: DataSourceSettings,
  ) {}

  /** @throws FailureError when there is no build, Error when the executable does not come up */
  static async start({ settings, secrets, onLog }: BackendStart): Promise<Backend> {
    const executable = backendExecutable(PROJECT.dist);
    try {
      await access(executable);
    } catch (cause) {
      throw new FailureError(
        {
          class: 'config',
          field: 'dist',
          message: 'The backend is not built for this machine.',
          fix: 'Run `npm run build` in the project’s folder.',
        },
        { cause },
      );
    }
    const client = await PluginClient.start({ executable, onLog });
    return new Backend(client, {
      id: 1,
      uid: 'uplift',
      name: 'Uplift',
      url: '',
      user: '',
      database: '',
      jsonData: settings,
      secrets,
      updatedMs: Date.now(),
      apiVersion: '',
    });
  }

  /** A resource's JSON, checked. @throws FailureError with the backend's own words when it refuses */
  async read<T>(path: string, schema: z.ZodType<T>): Promise<T> {
    const answer = await inWords(
      this.client.callResource({ settings: this.settings, path }, { timeoutMs: CALL_LIMIT_MS }),
    );
    const body: unknown = JSON.parse(answer.body.toString('utf8'));
    if (answer.status >= 400) {
      const { message, fix } = errorBodySchema.catch({ message: `${path}: status ${answer.status}` }).parse(body);
      throw new FailureError({
        class: 'server',
        field: path,
        message,
        fix: fix ?? 'The log has the details (--verbose).',
      });
    }
    return schema.parse(body);
  }

  /** Answers of several queries, by refId. */
  query(queries: readonly ClientQuery[]): Promise<Record<string, QueryAnswer>> {
    return inWords(this.client.queryData({ settings: this.settings, queries }, { timeoutMs: CALL_LIMIT_MS }));
  }

  async stop(): Promise<void> {
    await this.client.stop();
  }
}

/** Runs something with a backend and ends the backend, however it went. */
export async function withBackend<T>(start: BackendStart, work: (backend: Backend) => Promise<T>): Promise<T> {
  const backend = await Backend.start(start);
  try {
    return await work(backend);
  } finally {
    await backend.stop();
  }
}
