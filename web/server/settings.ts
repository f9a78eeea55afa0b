/** `GET /api/frontend/settings`: the data sources and panels, in Grafana's shape, free of hosts and users. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { FrontendSettings, WireDataSourceSettings } from '../wire';
import type { DataSources, PageDataSource } from './dataSources';
import { DATA_SOURCE_TYPE, type BundledPlugin } from './plugins';

/** The one setting the front end reads: which language InfluxDB is asked in, for quoting. */
const influxSchema = z.object({ influx: z.object({ dialect: z.string() }) });

function publicSettings(jsonData: PageDataSource['jsonData']): Record<string, unknown> {
  const parsed = influxSchema.safeParse(jsonData);
  return parsed.success ? parsed.data : {};
}

/** @throws Error when the bundle has no data source plugin */
export function frontendSettings(
  plugins: readonly BundledPlugin[],
  dataSources: DataSources,
  refreshSeconds: number,
  hasEditableConnections: boolean,
): FrontendSettings {
  const meta = plugins.find((plugin) => plugin.meta.id === DATA_SOURCE_TYPE)?.meta;
  if (meta === undefined) {
    throw new Error(`The build holds no plugin ${DATA_SOURCE_TYPE}; run \`npm run build\` again.`);
  }
  const list = dataSources.list.map(({ uid, name, jsonData }, index): WireDataSourceSettings => ({
    id: index + 1,
    uid,
    name,
    type: DATA_SOURCE_TYPE,
    access: 'proxy',
    readOnly: true,
    isDefault: index === 0,
    jsonData: publicSettings(jsonData),
    meta,
  }));
  const panels = plugins.map((plugin) => plugin.meta).filter(({ type }) => type === 'panel');
  return {
    datasources: Object.fromEntries(list.map((settings) => [settings.name, settings])),
    defaultDatasource: list[0]?.name ?? '',
    panels: Object.fromEntries(panels.map((panel) => [panel.id, panel])),
    refresh: `${refreshSeconds}s`,
    hasEditableConnections,
  };
}

export function registerSettings(app: FastifyInstance, settings: FrontendSettings): void {
  app.get('/api/frontend/settings', () => settings);
}
