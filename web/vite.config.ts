import path from 'node:path';
import { defineConfig, type Plugin } from 'vite';

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

/**
 * Code editors of @grafana/ui: a tenth of the page's JavaScript, and nothing here is edited. Plugin modules may name
 * them, so they stay defined.
 */
const EDITORS = /@grafana\/ui\/dist\/esm\/components\/.*\/(DataLinkInput|QueryInput)\.mjs$/;

const leaveOutEditors: Plugin = {
  name: 'leave-out-editors',
  enforce: 'pre',
  load: (id) => {
    const [, component] = EDITORS.exec(id) ?? [];
    return component === undefined ? null : `export const ${component} = () => null;`;
  },
};

export default defineConfig({
  root: import.meta.dirname,
  plugins: [leaveOutEditors, preloadPage],
  build: {
    outDir: path.join(import.meta.dirname, 'dist'),
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
    alias: {
      '@grafana/plugin-compat/datasources': path.join(import.meta.dirname, 'host/pluginCompat.ts'),
      // Nothing on this page edits code or draws maps.
      'monaco-editor': path.join(import.meta.dirname, 'host/unused.ts'),
      'react-monaco-editor': path.join(import.meta.dirname, 'host/unused.ts'),
    },
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
});
