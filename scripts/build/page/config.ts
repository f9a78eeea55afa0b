/** The Vite configuration of the standalone page. */
import path from 'node:path';
import type { InlineConfig, Plugin } from 'vite';
import { pageDir, root } from '../layout';
import type { Imports } from '../modules';
import { bundleIcons } from './icons';
import { loadLater } from './later';
import { leaveOut } from './left-out';
import { pickSelectors } from './selectors';
import { shareLibraries } from './shared-libraries';
import { trimTimeZones } from './time-zones';

/** Starts fetching the page's chunks while the entry still runs: the entry must set globals before they are evaluated. */
const preloadPage: Plugin = {
  name: 'preload-page',
  transformIndexHtml: {
    order: 'post',
    handler: (_html, { bundle = {} }) =>
      Object.values(bundle)
        .filter((output) => output.type === 'chunk' && output.isDynamicEntry && output.name === 'page')
        .map(({ fileName }) => ({
          tag: 'link',
          attrs: { rel: 'modulepreload', href: `/${fileName}`, crossorigin: true },
          injectTo: 'head',
        })),
  },
};

const host = (file: string): string => path.join(root, 'web/host', file);

/** @param imports what the modules that the page loads import of the libraries it shares with them */
export function pageConfig(imports: Imports): InlineConfig {
  return {
    root: path.join(root, 'web'),
    configFile: false,
    logLevel: 'warn',
    plugins: [shareLibraries(imports), bundleIcons, leaveOut, loadLater, pickSelectors, trimTimeZones, preloadPage],
    build: {
      outDir: pageDir,
      emptyOutDir: true,
      manifest: true,
      target: 'es2022',
      reportCompressedSize: false,
      chunkSizeWarningLimit: 9000,
      modulePreload: { polyfill: false },
      rollupOptions: {
        onwarn: (warning, warn) => {
          // A comment or directive in a dependency that Rollup cannot use; it drops just that.
          if (warning.code !== 'INVALID_ANNOTATION' && warning.code !== 'MODULE_LEVEL_DIRECTIVE') {
            warn(warning);
          }
        },
      },
    },
    resolve: {
      alias: [
        { find: '@grafana/plugin-compat/datasources', replacement: host('pluginCompat.ts') },
        // Nothing on this page edits code or draws maps.
        { find: /^(react-)?monaco-editor$/, replacement: host('unused.ts') },
        { find: /^react-dom\/server$/, replacement: host('markup.ts') },
        // The same functions as ES modules, of which a build takes those that are used.
        { find: /^lodash$/, replacement: 'lodash-es' },
      ],
      dedupe: [
        'react',
        'react-dom',
        'rxjs',
        '@emotion/css',
        '@emotion/react',
        '@grafana/data',
        '@grafana/ui',
        '@grafana/runtime',
        '@grafana/i18n',
        '@grafana/schema',
      ],
    },
  };
}
