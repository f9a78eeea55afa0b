/** Puts TLS in front of a store, as a reverse proxy would. */
import net, { type AddressInfo } from 'node:net';
import tls from 'node:tls';
import type { Signed } from './certificates';

export interface TlsProxy {
  port: number;
  close(): Promise<void>;
}

/** @param clientAuthority asks the client for a certificate of this authority */
export async function startTlsProxy(target: number, server: Signed, clientAuthority?: string): Promise<TlsProxy> {
  const sockets = new Set<net.Socket>();
  const isAsked = clientAuthority !== undefined;
  const proxy = tls.createServer(
    { ...server, ca: clientAuthority, requestCert: isAsked, rejectUnauthorized: isAsked },
    (socket) => {
      const store = net.connect(target, '127.0.0.1');
      for (const [one, other] of [
        [socket, store],
        [store, socket],
      ] as const) {
        sockets.add(one);
        one.on('error', () => other.destroy());
        one.on('close', () => {
          sockets.delete(one);
          other.destroy();
        });
      }
      socket.pipe(store).pipe(socket);
    },
  );
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  return {
    port: (proxy.address() as AddressInfo).port,
    async close() {
      sockets.forEach((socket) => socket.destroy());
      await new Promise((resolve) => proxy.close(resolve));
    },
  };
}
