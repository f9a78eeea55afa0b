/** Where the bundle's parts are, in the sources and in `dist/` (design §1). Paths are absolute. */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '../..');
export const distDir = path.join(root, 'dist');
export const pageDir = path.join(root, 'web/dist');
export const dashboardsDir = path.join(root, 'provisioning/dashboards');
export const backendEntry = path.join(root, 'pkg/main.ts');

/** One plugin of the bundle: its manifest, the module Grafana loads, and the folder in `dist/` that holds both. */
export interface PluginFolder {
  type: keyof typeof BUDGET_BYTES;
  manifest: string;
  module: string;
  images: string;
  outDir: string;
  /** What its module may weigh, gzipped. */
  budgetBytes: number;
}

/** Grafana loads a panel's module before it can draw the first one; the data source's brings its editors, with YAML. */
const BUDGET_BYTES = { panel: 80_000, app: 84_000, datasource: 84_000 };

const pluginIn = (type: keyof typeof BUDGET_BYTES, source: string, target: string): PluginFolder => ({
  type,
  manifest: path.join(root, source, 'plugin.json'),
  module: path.join(root, source, 'module.ts'),
  images: path.join(root, source, 'img'),
  outDir: path.join(distDir, target),
  budgetBytes: BUDGET_BYTES[type],
});

/** The bundle's plugins in the order they are built: the app, the data source, then each panel that has a module. */
export function listPlugins(): PluginFolder[] {
  const app: PluginFolder = {
    type: 'app',
    manifest: path.join(root, 'plugin.json'),
    module: path.join(root, 'src/module.tsx'),
    images: path.join(root, 'src/img'),
    outDir: distDir,
    budgetBytes: BUDGET_BYTES.app,
  };
  const panels = readdirSync(path.join(root, 'src/panels'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => pluginIn('panel', `src/panels/${entry.name}`, `panels/${entry.name}`));
  return [app, pluginIn('datasource', 'src/datasource', 'datasource'), ...panels].filter(({ module }) =>
    existsSync(module),
  );
}
