import { createServer } from 'node:net';
import { once } from 'node:events';
import { findFreePort, isPortFree } from './port';

test('a port is free until something listens on it', async () => {
  const port = await findFreePort();
  expect(await isPortFree('127.0.0.1', port)).toBe(true);
  const taker = createServer().listen(port, '127.0.0.1');
  await once(taker, 'listening');
  expect(await isPortFree('127.0.0.1', port)).toBe(false);
  taker.close();
});
