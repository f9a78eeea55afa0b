/** Requests as no browser and no tidy client sends them. */
import { once } from 'node:events';
import { request, type IncomingHttpHeaders } from 'node:http';
import { connect, type Socket } from 'node:net';

export interface RawAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface RawRequest {
  path: string;
  method?: string;
  /** Several values are several lines. */
  headers?: Record<string, string | string[]>;
  body?: string;
  /** The address of this machine it comes from. */
  localAddress?: string;
}

/** A request that no URL parser has tidied. */
export function ask(base: string, { body, ...options }: RawRequest): Promise<RawAnswer> {
  const { port } = new URL(base);
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, agent: false, ...options }, (response) => {
      let text = '';
      response
        .setEncoding('utf8')
        .on('data', (chunk: string) => (text += chunk))
        .on('error', reject)
        .on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }));
    })
      .on('error', reject)
      .end(body);
  });
}

/** A connection, and whether the server has ended it. */
export class RawConnection {
  #received = '';
  #isEnded = false;

  private constructor(readonly socket: Socket) {
    socket.setEncoding('latin1');
    socket.on('data', (text: string) => (this.#received += text));
    socket.on('error', () => (this.#isEnded = true));
    socket.on('close', () => (this.#isEnded = true));
  }

  static async open(base: string): Promise<RawConnection> {
    const { port } = new URL(base);
    const connection = new RawConnection(connect({ host: '127.0.0.1', port: Number(port) }));
    await Promise.race([once(connection.socket, 'connect'), once(connection.socket, 'close')]);
    return connection;
  }

  get isEnded(): boolean {
    return this.#isEnded;
  }

  get received(): string {
    return this.#received;
  }

  write(text: string): void {
    if (!this.#isEnded) {
      this.socket.write(text, 'latin1');
    }
  }

  /** Everything the server says until it ends the connection, or until `ms` are over. */
  async hear(ms = 60_000): Promise<string> {
    const deadline = Date.now() + ms;
    while (!this.#isEnded && Date.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return this.#received;
  }

  close(): void {
    this.socket.destroy();
  }
}
