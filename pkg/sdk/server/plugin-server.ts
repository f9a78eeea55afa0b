import { Server, ServerCredentials } from '@grpc/grpc-js';

import { GRPCControllerService, GRPCStdioService } from '../generated/goplugin';
import { HealthService } from '../generated/health';
import { DataService, DiagnosticsService, ResourceService } from '../generated/pluginv2';
import { MAX_ANSWER_BYTES, MAX_REQUEST_BYTES } from '../protocol/limits';
import { createDataService } from './data-service';
import { createDiagnosticsService } from './diagnostics-service';
import { OpenStreams, createControllerService, createHealthService, createStdioService } from './host-services';
import { Instances } from './instances';
import type { Logger } from './logger';
import type { BackendPlugin, PluginInstance } from './plugin';
import { createResourceService } from './resource-service';
import { RunningCalls } from './running-calls';
import type { ServiceContext } from './service-context';

/** How long a process that must end waits, in ms; together below the 2 s after which go-plugin kills. */
const GRACE_MS = 1200;
const ABORT_MS = 200;
const DISPOSE_MS = 300;

export interface PluginServer {
  /** Listens on a free loopback port. @returns the port. */
  listen(): Promise<number>;
  /** Takes no new calls, lets running ones end (those that don't are aborted), disposes of the instances. */
  close(): Promise<void>;
}

/**
 * The gRPC side of a plugin, without anything of the process around it (see `serve`).
 * @param onShutdown called after the host's Shutdown was answered.
 */
export function createPluginServer<Instance extends PluginInstance>(
  plugin: BackendPlugin<Instance>,
  logger: Logger,
  onShutdown: () => void,
): PluginServer {
  const server = new Server({
    'grpc.max_receive_message_length': MAX_REQUEST_BYTES,
    'grpc.max_send_message_length': MAX_ANSWER_BYTES,
    // Bookkeeping for a debugger that nobody connects.
    'grpc.enable_channelz': 0,
  });
  const streams = new OpenStreams();
  const context: ServiceContext<Instance> = {
    plugin,
    instances: new Instances((settings) => plugin.createInstance(settings), logger),
    calls: new RunningCalls(),
    logger,
  };
  server.addService(DataService, createDataService(context));
  server.addService(DiagnosticsService, createDiagnosticsService(context));
  server.addService(ResourceService, createResourceService(context));
  server.addService(HealthService, createHealthService(streams));
  server.addService(GRPCStdioService, createStdioService(streams));
  server.addService(GRPCControllerService, createControllerService(onShutdown));

  return {
    listen: () =>
      new Promise((resolve, reject) => {
        server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) => {
          if (error) reject(error);
          else resolve(port);
        });
      }),
    async close() {
      streams.endAll();
      const drained = new Promise<void>((resolve) => server.tryShutdown(() => resolve()));
      await context.calls.settle(GRACE_MS, ABORT_MS);
      await Promise.race([Promise.all([drained, context.instances.disposeAll()]), wait(DISPOSE_MS)]);
      server.forceShutdown();
    },
  };
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
