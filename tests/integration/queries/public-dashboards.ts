/**
 * What an anonymous reader of a public dashboard is sent, over real stores, up and away: no host, no path, no statement, no
 * credential. `executedQueryString` is looked at apart: Grafana takes it out itself.
 */
import type { Demo } from '../../../demo/demo';
import { createPlugin } from '../../../pkg/plugin';
import type { Instance } from '../../../pkg/instance';
import type { QueryDataResult } from '../../../pkg/sdk/server';
import { CallHeaders } from '../../../pkg/sdk/protocol/headers';
import pino from 'pino';

const EXPERIMENT = 'checkout-ranking';
const DAY = 86_400_000;

const QUERIES: Array<Record<string, unknown>> = [
  { queryType: 'experiment', experiment: EXPERIMENT },
  { queryType: 'experiment', experiment: EXPERIMENT, format: 'timeseries' },
  { queryType: 'impact', experiment: EXPERIMENT },
  { queryType: 'overview' },
  { queryType: 'monitor', experiment: EXPERIMENT },
  { queryType: 'monitor', view: 'facts' },
  { queryType: 'monitor', view: 'alerts' },
  { queryType: 'status' },
  { queryType: 'annotations', experiment: EXPERIMENT },
  { queryType: 'prometheus', expr: 'sum(secret_series{job="hidden"})', instant: true },
  { queryType: 'prometheus', expr: 'sum(secret_series{' },
  { queryType: 'influx', query: 'SELECT secret_field FROM secret_measurement' },
  { queryType: 'influx', query: 'SELECT secret_field FORM secret_measurement' },
  { queryType: 'mlflow', rawSql: 'SELECT 1 AS one FROM runs LIMIT 1' },
  { queryType: 'mlflow', mode: 'builder', list: 'runs' },
  { queryType: 'mlflow', rawSql: 'SELECT secret_column FROM secret_table' },
];

/** Statements, and pieces of the ones above. */
const PRIVATE =
  /\bSELECT\b|\bFROM runs\b|sum by|increase\(|secret_|hidden|\/(tmp|var|home|work|root|usr)\/|\.ts:\d|node_modules|ECONN/;

/** To be called by a test file that runs the demo. */
export function publicDashboardsLeakNothing(demo: () => Demo): void {
  describe('a public dashboard', () => {
    const plugin = createPlugin(pino({ level: 'silent' }));
    const settingsOf = (jsonData: unknown) => ({
      id: 1,
      uid: 'uplift',
      name: 'Uplift',
      url: '',
      user: '',
      database: '',
      jsonData,
      secrets: { ...demo().settings.secrets },
      updatedMs: 1,
      apiVersion: '',
    });

    async function ask(instance: Instance): Promise<Readonly<Record<string, QueryDataResult>>> {
      const to = Date.now();
      const anonymous = { login: '', name: '', email: '', role: '' };
      return plugin.queryData(
        instance,
        {
          context: {
            orgId: 1,
            pluginId: 'modelops-uplift-datasource',
            pluginVersion: '',
            user: anonymous,
            settings: settingsOf({}),
          },
          headers: new CallHeaders({}),
          queries: QUERIES.map((json, index) => ({
            refId: `Q${String(index)}`,
            queryType: String(json.queryType),
            json,
            maxDataPoints: 200,
            intervalMs: 60_000,
            range: { from: to - DAY, to },
          })),
        },
        new AbortController().signal,
      );
    }

    /** All that leaves, but what Grafana takes out. */
    const sent = (result: QueryDataResult | undefined): string =>
      JSON.stringify(result, (key, value: unknown) => (key === 'executedQueryString' ? undefined : value));

    const privateNames = (): string[] => {
      const { mlflow, prometheus, influx } = demo().settings.jsonData;
      const addresses = [prometheus?.url, influx?.url].map((url) => new URL(url ?? '').host);
      return [
        '127.0.0.1',
        'localhost',
        'private.example',
        ...addresses,
        `:${String(mlflow?.port)}`,
        ...Object.values(demo().settings.secrets),
      ];
    };

    it.each([
      [
        'up',
        () => ({
          ...demo().settings.jsonData,
          mlflow: { ...demo().settings.jsonData.mlflow, uiUrl: 'https://private.example' },
        }),
      ],
      [
        'away',
        () => ({
          ...demo().settings.jsonData,
          mlflow: { ...demo().settings.jsonData.mlflow, host: '127.0.0.1', port: 1 },
          prometheus: { url: 'http://127.0.0.1:1' },
          influx: { url: 'http://127.0.0.1:2', database: 'x' },
        }),
      ],
    ])('is sent no host, path, statement or credential while the stores are %s', async (_, jsonData) => {
      const instance = plugin.createInstance(settingsOf(jsonData()));
      try {
        const results = await ask(instance);
        for (const [index, query] of QUERIES.entries()) {
          const text = sent(results[`Q${String(index)}`]);
          expect({ query, found: PRIVATE.exec(text)?.[0] }).toEqual({ query, found: undefined });
          expect({ query, found: privateNames().filter((name) => text.includes(name)) }).toEqual({ query, found: [] });
        }
      } finally {
        await instance.dispose();
      }
    });
  });
}
