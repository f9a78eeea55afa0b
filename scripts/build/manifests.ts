/** Writes what lies beside the modules in `dist/`: manifests, images, the dashboards and the bundle's documents. */
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { PAGES, pageOf, readmeOf } from './documents';
import { dashboardsDir, distDir, root, type PluginFolder } from './layout';

const manifestSchema = z.looseObject({
  id: z.string(),
  type: z.enum(['app', 'datasource', 'panel']),
  includes: z.array(z.looseObject({ type: z.string(), name: z.string() })).optional(),
});
const dashboardSchema = z.object({ uid: z.string(), title: z.string() });
const packageSchema = z.object({ version: z.string() });

async function readJson<T>(file: string, schema: z.ZodType<T>): Promise<T> {
  return schema.parse(JSON.parse(await readFile(file, 'utf8')));
}

/** The version every manifest carries, from package.json. */
export async function bundleVersion(): Promise<string> {
  return (await readJson(path.join(root, 'package.json'), packageSchema)).version;
}

/** Dashboards as `includes` of the data source, which offers them for import on its Dashboards tab. */
async function dashboardIncludes() {
  const files = (await readdir(dashboardsDir)).filter((file) => file.endsWith('.json')).sort();
  return Promise.all(
    files.map(async (file) => {
      const { title } = await readJson(path.join(dashboardsDir, file), dashboardSchema);
      return { file, include: { type: 'dashboard', name: title, path: `dashboards/${file}` } };
    }),
  );
}

/** Writes the manifest, images and (for the data source) dashboards of one plugin. */
export async function writeManifest(plugin: PluginFolder, version: string, today: string): Promise<void> {
  const text = (await readFile(plugin.manifest, 'utf8')).replaceAll('%VERSION%', version).replaceAll('%TODAY%', today);
  const manifest = manifestSchema.parse(JSON.parse(text));
  await mkdir(plugin.outDir, { recursive: true });
  if (manifest.type === 'datasource') {
    const dashboards = await dashboardIncludes();
    manifest.includes = [...(manifest.includes ?? []), ...dashboards.map(({ include }) => include)];
    for (const { file, include } of dashboards) {
      await cp(path.join(dashboardsDir, file), path.join(plugin.outDir, include.path));
    }
  }
  await writeFile(path.join(plugin.outDir, 'plugin.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  await cp(plugin.images, path.join(plugin.outDir, 'img'), { recursive: true });
}

/** README, CHANGELOG and LICENSE, those there are, which Grafana shows on the plugin's page. */
async function writeRootDocuments(): Promise<void> {
  for (const name of ['CHANGELOG.md', 'LICENSE'].filter((file) => existsSync(path.join(root, file)))) {
    await cp(path.join(root, name), path.join(distDir, name));
  }
  const readme = path.join(root, 'README.md');
  if (existsSync(readme)) {
    await writeFile(path.join(distDir, 'README.md'), readmeOf(await readFile(readme, 'utf8')));
  }
}

/** Writes what Grafana shows on the plugin's page, and the pages that panels and alert rules link to. */
export async function writeDocuments(): Promise<void> {
  await writeRootDocuments();
  const folder = path.join(distDir, 'docs');
  // An earlier build's are not what this one writes.
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const name of PAGES) {
    const markdown = await readFile(path.join(root, 'docs', `${name}.md`), 'utf8');
    await writeFile(path.join(folder, `${name}.html`), pageOf(markdown));
  }
}
