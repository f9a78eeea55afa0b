/** Bundles each plugin's `module.ts` into the AMD `module.js` that Grafana, and the standalone page, load. */
import path from 'node:path';
import { build, type InlineConfig } from 'vite';
import { removeCompressed, writeCompressed } from './compressed';
import { root, type PluginFolder } from './layout';

/** What the host provides: one copy of each in the browser. The list is create-plugin's, plus React's JSX runtime. */
const PROVIDED_BY_HOST = [
  'lodash',
  'moment',
  'react',
  'react/jsx-runtime',
  'react-dom',
  'react-router',
  'rxjs',
  'rxjs/operators',
  'i18next',
  '@emotion/css',
  '@emotion/react',
  /^@grafana\/(data|ui|runtime)(\/|$)/,
];

const moduleFile = ({ outDir }: PluginFolder): string => path.join(outDir, 'module.js');

/** The Vite configuration of one module; `watch` keeps rebuilding it as its sources change. */
export function moduleConfig(plugin: PluginFolder, watch = false): InlineConfig {
  return {
    root,
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    plugins: [{ name: 'drop-compressed', buildStart: () => removeCompressed(moduleFile(plugin)) }],
    define: { 'process.env.NODE_ENV': JSON.stringify('production') },
    build: {
      outDir: plugin.outDir,
      // The executable and the other plugins share dist/.
      emptyOutDir: false,
      target: 'es2022',
      sourcemap: true,
      reportCompressedSize: false,
      watch: watch ? {} : null,
      modulePreload: false,
      rollupOptions: {
        input: plugin.module,
        preserveEntrySignatures: 'strict',
        external: PROVIDED_BY_HOST,
        onwarn: (warning, warn) => {
          // A comment in a dependency that Rollup cannot use; it drops the comment and nothing else.
          if (warning.code !== 'INVALID_ANNOTATION') {
            warn(warning);
          }
        },
        output: {
          format: 'amd',
          entryFileNames: 'module.js',
          // A nested plugin would look for a chunk in its own folder (facts/grafana.md).
          inlineDynamicImports: true,
          // Grafana hands CommonJS packages over bare, ES namespaces with a `default`.
          interop: 'compat',
        },
      },
    },
  };
}

/** Names imported, by the library they come from; `*` for a whole namespace. */
export type Imports = ReadonlyMap<string, ReadonlySet<string>>;

export interface BuiltModule {
  file: string;
  gzippedBytes: number;
  /** What the module leaves to its host. */
  imports: Imports;
}

/** Builds one module. @throws Error when it outgrows its budget. */
export async function buildModule(plugin: PluginFolder): Promise<BuiltModule> {
  const imports = importsOf(await build(moduleConfig(plugin)));
  const file = moduleFile(plugin);
  const gzippedBytes = await writeCompressed(file);
  if (gzippedBytes > plugin.budgetBytes) {
    throw new Error(`${path.relative(root, file)} is ${gzippedBytes} B gzipped; the budget is ${plugin.budgetBytes} B`);
  }
  return { file, gzippedBytes, imports };
}

function importsOf(built: Awaited<ReturnType<typeof build>>): Imports {
  const outputs = [built].flat().flatMap((result) => ('output' in result ? result.output : []));
  const chunks = outputs.filter((output) => output.type === 'chunk');
  return mergeImports(
    chunks.map(
      ({ importedBindings }) =>
        new Map(Object.entries(importedBindings).map(([library, names]) => [library, new Set(names)])),
    ),
  );
}

/** What any of them imports. */
export function mergeImports(all: readonly Imports[]): Imports {
  const merged = new Map<string, ReadonlySet<string>>();
  for (const [library, names] of all.flatMap((imports) => [...imports])) {
    merged.set(library, new Set([...(merged.get(library) ?? []), ...names]));
  }
  return merged;
}
