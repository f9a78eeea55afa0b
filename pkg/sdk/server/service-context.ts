import { status, type sendUnaryData, type ServerUnaryCall } from '@grpc/grpc-js';

import type { PluginContext } from '../generated/pluginv2';
import { readContext, type CallContext, type DataSourceSettings } from '../protocol/context';
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

/** The context of a call that is about one data source. @throws PublicError when it is not, or its JSON is broken. */
export function readSourceContext(wire: PluginContext | undefined): CallContext & { settings: DataSourceSettings } {
  let context: CallContext;
  try {
    context = readContext(wire);
  } catch (cause) {
    throw new PublicError("The data source's settings (jsonData) are not JSON.", 400, 'downstream', { cause });
  }
  const { settings } = context;
  if (settings) return { ...context, settings };
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
