/** A dashboard's JSON model, as far as this page draws it; what it does not know it leaves alone. */
import { VariableRefresh, VariableSort } from '@grafana/data';
import { DashboardCursorSync, VariableHide } from '@grafana/schema';
import { z } from 'zod';

const dataSourceRefSchema = z.looseObject({ uid: z.string().optional(), type: z.string().optional() });

const variableValueSchema = z.union([z.string(), z.array(z.string())]);
const currentSchema = z.looseObject({ value: variableValueSchema.optional(), text: variableValueSchema.optional() });

const variableCommon = {
  name: z.string(),
  label: z.string().optional(),
  description: z.string().nullish(),
  hide: z.enum(VariableHide).default(VariableHide.dontHide),
  skipUrlSync: z.boolean().default(false),
  current: currentSchema.prefault({}),
  multi: z.boolean().default(false),
  includeAll: z.boolean().default(false),
  allValue: z.string().nullish(),
};

export const dashboardVariableSchema = z.discriminatedUnion('type', [
  z.looseObject({
    ...variableCommon,
    type: z.literal('query'),
    query: z.union([z.string(), z.looseObject({ refId: z.string() })]),
    datasource: dataSourceRefSchema.nullish(),
    sort: z.enum(VariableSort).default(VariableSort.disabled),
    refresh: z.enum(VariableRefresh).default(VariableRefresh.onDashboardLoad),
    regex: z.string().default(''),
  }),
  z.looseObject({ ...variableCommon, type: z.literal('custom'), query: z.string() }),
  z.looseObject({ ...variableCommon, type: z.literal('datasource'), query: z.string(), regex: z.string().default('') }),
  z.looseObject({ ...variableCommon, type: z.literal('constant'), query: z.string() }),
  z.looseObject({ ...variableCommon, type: z.literal('textbox'), query: z.string().default('') }),
  z.looseObject({ ...variableCommon, type: z.literal('interval'), query: z.string() }),
]);
export type DashboardVariable = z.infer<typeof dashboardVariableSchema>;

const gridPositionSchema = z.object({ x: z.number(), y: z.number(), w: z.number(), h: z.number() });

const fieldConfigSchema = z
  .object({
    defaults: z.looseObject({}).default({}),
    overrides: z
      .array(
        z.object({
          matcher: z.looseObject({ id: z.string() }),
          properties: z.array(z.looseObject({ id: z.string() })),
        }),
      )
      .default([]),
  })
  .prefault({});

export const dashboardPanelSchema = z.looseObject({
  id: z.number(),
  type: z.string(),
  title: z.string().default(''),
  description: z.string().optional(),
  gridPos: gridPositionSchema,
  datasource: dataSourceRefSchema.nullish(),
  targets: z.array(z.looseObject({ refId: z.string() })).default([]),
  options: z.looseObject({}).default({}),
  fieldConfig: fieldConfigSchema,
  transformations: z.array(z.looseObject({ id: z.string(), options: z.unknown() })).default([]),
  transparent: z.boolean().default(false),
  pluginVersion: z.string().optional(),
  maxDataPoints: z.number().nullish(),
  interval: z.string().nullish(),
});
export type DashboardPanel = z.infer<typeof dashboardPanelSchema>;

const rowSchema = z.looseObject({
  id: z.number(),
  type: z.literal('row'),
  title: z.string().default(''),
  gridPos: gridPositionSchema,
  collapsed: z.boolean().default(false),
  panels: z.array(dashboardPanelSchema).default([]),
});
export type DashboardRow = z.infer<typeof rowSchema>;

const annotationSchema = z.looseObject({
  name: z.string(),
  enable: z.boolean().default(true),
  iconColor: z.string().default('blue'),
  builtIn: z.number().optional(),
  datasource: dataSourceRefSchema.nullish(),
});
export type DashboardAnnotation = z.infer<typeof annotationSchema>;

export const dashboardSchema = z.looseObject({
  uid: z.string(),
  title: z.string(),
  description: z.string().optional(),
  time: z.object({ from: z.string(), to: z.string() }).default({ from: 'now-24h', to: 'now' }),
  timezone: z.string().default('browser'),
  refresh: z.union([z.string(), z.literal(false)]).optional(),
  graphTooltip: z.enum(DashboardCursorSync).default(DashboardCursorSync.Off),
  templating: z.object({ list: z.array(dashboardVariableSchema).default([]) }).prefault({}),
  annotations: z.object({ list: z.array(annotationSchema).default([]) }).prefault({}),
  panels: z.array(z.union([rowSchema, dashboardPanelSchema])).default([]),
});
export type Dashboard = z.infer<typeof dashboardSchema>;

export const isRow = (panel: DashboardPanel | DashboardRow): panel is DashboardRow => panel.type === 'row';

/** The dashboard with that uid. @throws Error in words when there is none, or it is not a dashboard */
export async function loadDashboard(uid: string): Promise<Dashboard> {
  const response = await fetch(`/api/dashboards/uid/${encodeURIComponent(uid)}`);
  if (response.status === 404) {
    throw new Error(`There is no dashboard “${uid}” here.`);
  }
  if (!response.ok) {
    throw new Error(`The dashboard “${uid}” could not be read: ${response.status} ${response.statusText}.`);
  }
  return z.object({ dashboard: dashboardSchema }).parse(await response.json()).dashboard;
}
