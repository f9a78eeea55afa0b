/** What go-plugin, the host's side of starting a plugin, asks beside Grafana's own services. */
import type { ServerWritableStream } from '@grpc/grpc-js';

import type { Empty, GRPCControllerServer, GRPCStdioServer } from '../generated/goplugin';
import {
  HealthCheckResponse_ServingStatus as ServingStatus,
  type HealthCheckResponse,
  type HealthServer,
} from '../generated/health';

/** Streams without an end of their own; they are ended when the process must, or nothing would ever drain. */
export class OpenStreams {
  readonly #streams = new Set<{ end(): unknown }>();

  hold<Request, Response>(stream: ServerWritableStream<Request, Response>): void {
    this.#streams.add(stream);
    stream.on('cancelled', () => this.#streams.delete(stream));
  }

  endAll(): void {
    for (const stream of this.#streams) stream.end();
    this.#streams.clear();
  }
}

const SERVING: HealthCheckResponse = { status: ServingStatus.SERVING };

export function createHealthService(streams: OpenStreams): HealthServer {
  return {
    check: (_call, callback) => callback(null, SERVING),
    watch(call) {
      streams.hold(call);
      call.write(SERVING);
    },
  };
}

/** Nothing is ever sent: stdout stays silent and the log goes to stderr, which the host reads itself. */
export function createStdioService(streams: OpenStreams): GRPCStdioServer {
  return { streamStdio: (call) => streams.hold(call) };
}

export function createControllerService(onShutdown: () => void): GRPCControllerServer {
  return {
    shutdown(_call, callback) {
      const answer: Empty = {};
      callback(null, answer);
      onShutdown();
    },
  };
}
