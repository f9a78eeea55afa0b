/** The bundle in `dist/`: which plugins it holds, and what the browser needs to know of each. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { WirePluginMeta } from '../wire';

export const DATA_SOURCE_TYPE = 'modelops-uplift-datasource';

const manifestSchema = z.looseObject({
  id: z.string(),
  name: z.string(),
  type: z.enum(['app', 'datasource', 'panel']),
  metrics: z.boolean().default(false),
  annotations: z.boolean().default(false),
  alerting: z.boolean().default(false),
  info: z.looseObject({
    description: z.string().default(''),
    version: z.string(),
    updated: z.string(),
    logos: z.object({ small: z.string(), large: z.string() }),
  }),
});

export interface BundledPlugin {
  /** The folder that holds its `module.js`. */
  folder: string;
  meta: WirePluginMeta;
}

/** Plugins of the bundle, the app first. @throws Error when `distDir` holds no build */
export async function readBundle(distDir: string): Promise<BundledPlugin[]> {
  const files = await readdir(distDir, { recursive: true }).catch(() => []);
  const manifests = files.filter((file) => path.basename(file) === 'plugin.json').sort();
  if (!manifests.includes('plugin.json')) {
    throw new Error(`There is no build in ${distDir}; run \`npm run build\` first.`);
  }
  const plugins = await Promise.all(manifests.map((manifest) => readPlugin(path.join(distDir, manifest))));
  return plugins.sort((a, b) => a.folder.length - b.folder.length);
}

async function readPlugin(manifestFile: string): Promise<BundledPlugin> {
  const manifest = manifestSchema.parse(JSON.parse(await readFile(manifestFile, 'utf8')));
  const { id, name, type, metrics, annotations, alerting, info } = manifest;
  const baseUrl = `/public/plugins/${id}`;
  const meta: WirePluginMeta = {
    id,
    name,
    type,
    module: `${baseUrl}/module.js`,
    baseUrl,
    metrics,
    annotations,
    alerting,
    info: {
      author: { name: 'Uplift' },
      description: info.description,
      links: [],
      logos: { small: `${baseUrl}/${info.logos.small}`, large: `${baseUrl}/${info.logos.large}` },
      screenshots: [],
      updated: info.updated,
      version: info.version,
    },
  };
  return { folder: path.dirname(manifestFile), meta };
}

const GO_PLATFORMS: Partial<Record<NodeJS.Platform, string>> = { linux: 'linux', darwin: 'darwin', win32: 'windows' };
const GO_ARCHITECTURES: Record<string, string> = { x64: 'amd64', arm64: 'arm64' };

/** The backend's executable for this machine. */
export function backendExecutable(distDir: string): string {
  const platform = GO_PLATFORMS[process.platform] ?? process.platform;
  const suffix = platform === 'windows' ? '.exe' : '';
  const name = `gpx_uplift_${platform}_${GO_ARCHITECTURES[process.arch] ?? process.arch}${suffix}`;
  return path.join(distDir, 'datasource', name);
}
