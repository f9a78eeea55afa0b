/** A TCP proxy before a real store, which makes the store seem down, slow, cut off or out of its mind. */
import { randomBytes } from 'node:crypto';
import { connect, createServer, type Server, type Socket } from 'node:net';

/**
 * `up`: bytes pass. `down`: nothing listens. `slow`: the store's answers come too late. `reset`: the connection breaks
 * while the answer is on its way. `garbled`: what comes back is noise.
 */
export type Fault = 'up' | 'down' | 'slow' | 'reset' | 'garbled';

export interface ProxyTarget {
  host: string;
  port: number;
}

const NOISE_BYTES = 512;

export class FaultProxy {
  readonly #sockets = new Set<Socket>();
  #server: Server | null = null;
  #fault: Fault;
  #port = 0;

  private constructor(
    private readonly target: ProxyTarget,
    fault: Fault,
    private readonly delayMs: number,
  ) {
    this.#fault = fault;
  }

  /** @param delayMs how late a slow store's answers come */
  static async start(target: ProxyTarget, fault: Fault = 'up', delayMs = 60_000): Promise<FaultProxy> {
    const proxy = new FaultProxy(target, fault, delayMs);
    await proxy.#listen();
    if (fault === 'down') {
      await proxy.#close();
    }
    return proxy;
  }

  /** Stays the same however often the store goes and comes. */
  get port(): number {
    return this.#port;
  }

  /** Connections that are open break off, as they do when a server dies or a network changes. */
  async become(fault: Fault): Promise<void> {
    this.#fault = fault;
    this.#breakAll();
    if (fault === 'down') {
      await this.#close();
    } else if (this.#server === null) {
      await this.#listen();
    }
  }

  async stop(): Promise<void> {
    this.#breakAll();
    await this.#close();
  }

  async #listen(): Promise<void> {
    const server = createServer((socket) => this.#serve(socket));
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.#port, '127.0.0.1', resolve);
    });
    const address = server.address();
    if (address === null || typeof address === 'string') {
      throw new Error('the proxy got no TCP port');
    }
    this.#port = address.port;
    this.#server = server;
  }

  async #close(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    if (server) {
      this.#breakAll();
      await new Promise((resolve) => server.close(resolve));
    }
  }

  #breakAll(): void {
    for (const socket of this.#sockets) {
      socket.destroy();
    }
    this.#sockets.clear();
  }

  #hold(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
    // A broken connection is what this is for; both ends are closed on 'close'.
    socket.on('error', () => socket.destroy());
  }

  #serve(client: Socket): void {
    this.#hold(client);
    const fault = this.#fault;
    const store = connect(this.target);
    this.#hold(store);
    client.pipe(store);
    client.on('close', () => store.destroy());
    switch (fault) {
      case 'up':
      case 'down':
        store.pipe(client);
        store.on('close', () => client.destroy());
        break;
      case 'slow':
        store.on('data', (data: Buffer) => {
          const timer = setTimeout(() => client.write(data), this.delayMs);
          client.on('close', () => clearTimeout(timer));
        });
        break;
      case 'reset':
        store.on('data', (data: Buffer) => {
          client.write(data.subarray(0, data.length >> 1), () => client.resetAndDestroy());
        });
        break;
      case 'garbled':
        store.once('data', () => client.end(randomBytes(NOISE_BYTES)));
        break;
    }
  }
}
