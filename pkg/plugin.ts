/** The data source's backend, as the SDK asks for it. */
import { nameStore } from '../src/contract/failure';
import type { Settings } from '../src/contract/settings';
import { secretsSchema, storedSettingsSchema } from '../src/contract/settings';
import { SOURCE_LABELS } from '../src/calc/provenance';
import type { Instance } from './instance';
import { createInstance } from './instance';
import { metricsText, observeQuery } from './metrics';
import { answerQuery } from './queries/answer';
import type { SourceStatus } from './queries/status';
import { probeSources } from './queries/status';
import { answerResource } from './resources';
import type { BackendPlugin, DataSourceSettings, HealthResult, Logger, QueryDataResult } from './sdk/server';
import { PublicError } from './sdk/server';

export function createPlugin(logger: Logger): BackendPlugin<Instance> {
  return {
    createInstance: ({ uid, name, jsonData, secrets }) =>
      createInstance({
        uid,
        name,
        settings: readSettings({ name, jsonData }),
        secrets: secretsSchema.parse(secrets),
        logger: logger.child({ datasource: uid }),
      }),

    async queryData(instance, { context, queries, headers }, signal) {
      const present = instance.clock();
      const isAlert = headers.get('FromAlert') === 'true';
      const results = await Promise.all(
        queries.map(
          async ({ refId, queryType, json, range, intervalMs, maxDataPoints }): Promise<[string, QueryDataResult]> => {
            // A rule is evaluated as of an instant, the end of its range, which a test or a backtest puts into the past.
            const now = isAlert ? Math.min(present, range.to) : present;
            const began = performance.now();
            const result = await answerQuery(queryType, json, {
              instance,
              refId,
              range,
              intervalMs,
              maxDataPoints,
              now,
              isAlert,
              skipCache: headers.get('X-Cache-Skip') === 'true',
              // Grafana asks for a public dashboard as a user without a name.
              isAnonymous: !isAlert && context.user?.login === '',
              signal: AbortSignal.any([signal, AbortSignal.timeout(QUERY_LIMIT_MS)]),
            });
            observeQuery(queryType, result.status, performance.now() - began);
            return [refId, result];
          },
        ),
      );
      return Object.fromEntries(results);
    },

    checkHealth: async (instance) => summariseHealth(await probeSources(instance)),
    callResource: answerResource,
    collectMetrics: metricsText,
  };
}

const QUERY_LIMIT_MS = 60_000;

/** @throws PublicError naming the first setting at fault */
function readSettings({ name, jsonData }: Pick<DataSourceSettings, 'name' | 'jsonData'>): Settings {
  const parsed = storedSettingsSchema.safeParse(jsonData ?? {});
  if (parsed.success) {
    return parsed.data;
  }
  const [issue] = parsed.error.issues;
  throw new PublicError(
    `Settings of “${name}”, ${issue?.path.join('.') ?? 'jsonData'}: ${issue?.message ?? 'not valid'}. Correct it in the data source’s settings.`,
    400,
    'downstream',
  );
}

/** An error if a configured source fails, one line a source. */
function summariseHealth(statuses: readonly SourceStatus[]): HealthResult {
  const configured = statuses.filter(({ state }) => state !== 'off');
  if (configured.length === 0) {
    return {
      status: 'error',
      message: 'No source is configured: add the address of MLflow’s database, Prometheus or InfluxDB.',
    };
  }
  const lines = configured.map((status) => {
    const label = SOURCE_LABELS[status.source];
    switch (status.state) {
      case 'off':
        return `${label}: not configured`;
      case 'down':
        return `${nameStore(label, status.failure.message)} ${status.failure.fix}`;
      case 'ok':
      case 'stale':
      case 'empty':
        return `${label}: ok, ${status.probe.found}${status.probe.warnings.map((warning) => ` (warning: ${warning})`).join('')}`;
    }
  });
  const isFailing = configured.some(({ state }) => state === 'down');
  const message = lines.join('\n');
  return isFailing ? { status: 'error', message, details: { verboseMessage: message } } : { status: 'ok', message };
}
