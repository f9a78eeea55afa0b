import { createServer } from 'node:net';

/** A TCP port on loopback that nothing listens on, picked by the operating system. Another process may still take it first. */
export function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => {
        if (address === null || typeof address === 'string') reject(new Error('the probe got no TCP port'));
        else resolve(address.port);
      });
    });
  });
}
