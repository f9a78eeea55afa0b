/** The provisioned dashboards: valid, of our own panels, bound to no data source in particular, and the same in the package. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { querySchema } from '../../src/contract/query';

const project = path.resolve(__dirname, '../..');
const folder = path.join(project, 'provisioning/dashboards');
const packaged = path.join(project, 'dist/datasource');
const DATASOURCE = 'modelops-uplift-datasource';

const referenceSchema = z.object({ type: z.string(), uid: z.string() });
const panelSchema = z.looseObject({
  id: z.number(),
  type: z.string(),
  title: z.string(),
  datasource: referenceSchema.optional(),
  targets: z.array(z.looseObject({ refId: z.string(), datasource: referenceSchema.optional() })).default([]),
});
const dashboardSchema = z.looseObject({
  uid: z.string(),
  title: z.string(),
  schemaVersion: z.number(),
  panels: z.array(panelSchema).min(1),
  templating: z.object({
    list: z.array(z.looseObject({ name: z.string(), type: z.string(), query: z.unknown() })),
  }),
});
const idSchema = z.looseObject({ id: z.string() });
const readJson = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));

const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
const dashboards = files.map((name) => [name, dashboardSchema.parse(readJson(path.join(folder, name)))] as const);
const ourPanels = readdirSync(path.join(project, 'src/panels'))
  .map((name) => path.join(project, 'src/panels', name, 'plugin.json'))
  .filter((file) => existsSync(file))
  .map((file) => idSchema.parse(readJson(file)).id);

/** Every `datasource` anywhere in a dashboard: panels, targets, variables, annotations. */
function datasourcesIn(value: unknown): unknown[] {
  if (Array.isArray(value)) {
    const items: unknown[] = value;
    return items.flatMap(datasourcesIn);
  }
  return typeof value === 'object' && value !== null
    ? Object.entries<unknown>({ ...value }).flatMap(([key, inner]) =>
        key === 'datasource' ? [inner] : datasourcesIn(inner),
      )
    : [];
}

it('each has a uid and a title of its own', () => {
  for (const field of ['uid', 'title'] as const) {
    const values = dashboards.map(([, dashboard]) => dashboard[field]);
    expect(new Set(values).size).toBe(values.length);
  }
});

describe.each(dashboards)('%s', (name, dashboard) => {
  it('takes its data source from a variable, and names none', () => {
    const [variable] = dashboard.templating.list;
    expect([variable?.name, variable?.type, variable?.query]).toEqual(['datasource', 'datasource', DATASOURCE]);
    const fixed = datasourcesIn(dashboard).filter((reference) => {
      const parsed = referenceSchema.safeParse(reference);
      return !(parsed.success && ['${datasource}', '-- Grafana --'].includes(parsed.data.uid));
    });
    expect(fixed).toEqual([]);
  });

  it('shows nothing but our panels, each under an id of its own', () => {
    expect(ourPanels.length).toBeGreaterThan(2);
    expect(dashboard.panels.filter(({ type }) => !ourPanels.includes(type)).map(({ title }) => title)).toEqual([]);
    const ids = dashboard.panels.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('asks what the data source answers', () => {
    for (const { title, targets } of dashboard.panels) {
      expect([title, targets.length > 0]).toEqual([title, true]);
      for (const target of targets) {
        expect([title, querySchema.safeParse(target).error]).toEqual([title, undefined]);
      }
    }
  });

  (existsSync(packaged) ? it : it.skip)('is the same in the package, among the data source’s includes', () => {
    expect(readFileSync(path.join(packaged, 'dashboards', name), 'utf8')).toBe(
      readFileSync(path.join(folder, name), 'utf8'),
    );
    const { includes } = z
      .object({ includes: z.array(z.object({ type: z.string(), name: z.string(), path: z.string() })) })
      .parse(readJson(path.join(packaged, 'plugin.json')));
    expect(includes).toContainEqual({ type: 'dashboard', name: dashboard.title, path: `dashboards/${name}` });
  });
});
