import { status, type sendUnaryData, type ServerUnaryCall } from '@grpc/grpc-js';

import type { CallContext, DataSourceSettings } from '../protocol/context';
import type { Instances } from './instances';
import type { Logger } from './logger';
import type { BackendPlugin, PluginInstance } from './plugin';
import { PublicError } from './public-error';
import type { RunningCalls } from './running-calls';

/** What the gRPC services share. */
export interface ServiceContext<Instance extends PluginInstance> {
  plugin: BackendPlugin<Instance>;
  instances: Instances<Instance>;
  calls: RunningCalls;
  logger: Logger;
}

/** @throws PublicError when the call is not about a data source. */
export function requireSettings(context: CallContext): DataSourceSettings {
  if (context.settings) return context.settings;
  throw new PublicError(
    'The request carries no data source settings (pluginContext.dataSourceInstanceSettings).',
    400,
    'downstream',
  );
}

/**
 * A unary gRPC handler made of an async function. Answers are the handler's to give, errors included: whatever still
 * escapes is a bug, logged and answered as INTERNAL, and the process stays up.
 */
export function unary<Instance extends PluginInstance, Request, Response>(
  { calls, logger }: ServiceContext<Instance>,
  answer: (request: Request, signal: AbortSignal) => Promise<Response>,
) {
  return (call: ServerUnaryCall<Request, Response>, callback: sendUnaryData<Response>): void => {
    calls
      .run(call, (signal) => answer(call.request, signal))
      .then(
        (response) => callback(null, response),
        (error: unknown) => {
          logger.error({ error, method: call.getPath() }, 'a call failed');
          callback({ code: status.INTERNAL, details: 'internal error; the log of the plugin says more' });
        },
      );
  };
}
