/** The gallery's page on a free loopback port, built by Vite as it is asked for. */
import path from 'node:path';
import { createServer, type Plugin, type ViteDevServer } from 'vite';

const root = path.resolve(import.meta.dirname, '../..');

/** Where Grafana serves its fonts and icons, and where the packages keep them. */
const PUBLIC_FOLDERS: ReadonlyArray<readonly [string, string]> = [
  ['/public/fonts/inter/', path.join(root, 'node_modules/inter-ui/web')],
  ['/public/build/img/icons/', path.join(root, 'node_modules/@grafana/ui/dist/public/img/icons')],
];

const grafanaPublic: Plugin = {
  name: 'grafana-public-folders',
  configureServer(server) {
    server.middlewares.use((request, _response, next) => {
      for (const [prefix, folder] of PUBLIC_FOLDERS) {
        if (request.url?.startsWith(prefix) === true) {
          request.url = `/@fs${folder}/${request.url.slice(prefix.length)}`;
        }
      }
      next();
    });
  },
};

/** Starts the gallery; the caller closes it. Returns the server and the address of its page. */
export async function serveGallery(): Promise<{ server: ViteDevServer; address: string }> {
  const server = await createServer({
    root: import.meta.dirname,
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    cacheDir: path.join(root, '.cache/gallery'),
    plugins: [grafanaPublic],
    resolve: { alias: { '@grafana/plugin-compat/datasources': path.join(import.meta.dirname, 'plugin-compat.ts') } },
    optimizeDeps: {
      entries: ['main.tsx'],
      include: ['react', 'react-dom/client', 'react/jsx-dev-runtime', '@grafana/data', '@grafana/ui', '@emotion/css'],
    },
    server: { host: '127.0.0.1', port: 0, fs: { allow: [root] }, hmr: false, watch: null },
  });
  await server.listen();
  const address = server.httpServer?.address();
  if (address === null || address === undefined || typeof address === 'string') {
    await server.close();
    throw new Error('the gallery has no port');
  }
  return { server, address: `http://127.0.0.1:${address.port}/` };
}
