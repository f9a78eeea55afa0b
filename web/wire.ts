/** What the page's server tells its browser side, in the shapes Grafana itself uses. */
import { z } from 'zod';

const pluginInfoSchema = z.object({
  author: z.object({ name: z.string() }),
  description: z.string(),
  links: z.array(z.object({ name: z.string(), url: z.string() })),
  logos: z.object({ large: z.string(), small: z.string() }),
  screenshots: z.array(z.object({ name: z.string(), path: z.string() })),
  updated: z.string(),
  version: z.string(),
});

/** A plugin and where its `module.js` is: Grafana's `PluginMeta`. */
export const pluginMetaSchema = z.object({
  id: z.string(),
  name: z.string(),
  type: z.enum(['app', 'datasource', 'panel']),
  info: pluginInfoSchema,
  module: z.string(),
  baseUrl: z.string(),
  /** What a data source can do; false for panels and the app. */
  metrics: z.boolean(),
  annotations: z.boolean(),
  alerting: z.boolean(),
});
export type WirePluginMeta = z.infer<typeof pluginMetaSchema>;

export const dataSourceSettingsSchema = z.object({
  id: z.number(),
  uid: z.string(),
  name: z.string(),
  type: z.string(),
  access: z.literal('proxy'),
  readOnly: z.literal(true),
  isDefault: z.boolean(),
  /** What the front end needs, and no more: hosts and users stay on the server. */
  jsonData: z.record(z.string(), z.unknown()),
  meta: pluginMetaSchema,
});
export type WireDataSourceSettings = z.infer<typeof dataSourceSettingsSchema>;

/** `GET /api/frontend/settings`. */
export const frontendSettingsSchema = z.object({
  datasources: z.record(z.string(), dataSourceSettingsSchema),
  defaultDatasource: z.string(),
  panels: z.record(z.string(), pluginMetaSchema),
  /** How often a dashboard that says nothing refreshes, e.g. `30s`. */
  refresh: z.string(),
  /** Connections may be changed, for as long as the page runs. */
  hasEditableConnections: z.boolean().default(false),
});
export type FrontendSettings = z.infer<typeof frontendSettingsSchema>;

/** `GET /api/datasources/uid/:uid`, where connections may be changed. Secrets are named, never told. */
export const editableDataSourceSchema = z.object({
  id: z.number(),
  uid: z.string(),
  name: z.string(),
  type: z.string(),
  version: z.number(),
  jsonData: z.record(z.string(), z.unknown()),
  secureJsonFields: z.record(z.string(), z.boolean()),
});
export type EditableDataSource = z.infer<typeof editableDataSourceSchema>;

/** One entry of `GET /api/search`: the dashboards this page can show. */
export const dashboardListingSchema = z.object({ uid: z.string(), title: z.string(), description: z.string() });
export type DashboardListing = z.infer<typeof dashboardListingSchema>;
