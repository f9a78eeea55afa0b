import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import pino from 'pino';
import { createPlugin } from './plugin';
import { CallHeaders } from './sdk/protocol/headers';

/** A Prometheus that takes every question and answers none. */
async function startMutePrometheus() {
  const server = http.createServer((request) => void request.resume());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { server, url: `http://127.0.0.1:${String(port)}` };
}

describe('a query whose caller gives up', () => {
  it('is given up at the store, too, and is no defect in the log', async () => {
    const { server, url } = await startMutePrometheus();
    const lines: string[] = [];
    const plugin = createPlugin(pino({ level: 'error' }, { write: (line) => lines.push(line) }));
    const settings = { id: 1, uid: 'u', name: 'U', url: '', user: '', database: '', jsonData: { prometheus: { url } }, secrets: {}, updatedMs: 1, apiVersion: '' }; // prettier-ignore
    const instance = plugin.createInstance(settings);
    const caller = new AbortController();
    try {
      const asked = once(server, 'request');
      const answer = plugin.queryData(
        instance,
        {
          context: { orgId: 1, pluginId: '', pluginVersion: '', user: null, settings },
          headers: new CallHeaders(),
          queries: [
            {
              refId: 'A',
              queryType: 'prometheus',
              json: { expr: 'up', instant: true },
              maxDataPoints: 100,
              intervalMs: 1000,
              range: { from: 0, to: 60_000 },
            },
          ],
        },
        caller.signal,
      );
      const [request] = (await asked) as [http.IncomingMessage];
      const hungUp = once(request.socket, 'close');
      caller.abort(new DOMException('the caller cancelled', 'AbortError'));

      expect((await answer).A).toMatchObject({
        status: 504,
        error: expect.stringContaining('the caller cancelled') as string,
      });
      await hungUp;
      expect(lines).toEqual([]);
    } finally {
      server.closeAllConnections();
      server.close();
      await instance.dispose();
    }
  });
});
