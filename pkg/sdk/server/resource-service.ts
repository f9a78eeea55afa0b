import type { ServerWritableStream } from '@grpc/grpc-js';

import type { CallResourceRequest, CallResourceResponse, ResourceServer, StringList } from '../generated/pluginv2';
import { CallHeaders } from '../protocol/headers';
import type { PluginInstance, ResourceResult } from './plugin';
import { toPublicError } from './public-error';
import { readSourceContext, type ServiceContext } from './service-context';

function encodeResult({ status, headers = {}, body }: ResourceResult): CallResourceResponse {
  const wireHeaders: Record<string, StringList> = {};
  for (const [name, value] of Object.entries(headers)) {
    wireHeaders[name] = { values: typeof value === 'string' ? [value] : [...value] };
  }
  return { code: status, headers: wireHeaders, body: Buffer.from(body) };
}

function readHeaders(wire: Record<string, StringList>): CallHeaders {
  return new CallHeaders(Object.fromEntries(Object.entries(wire).map(([name, list]) => [name, list.values])));
}

export function createResourceService<Instance extends PluginInstance>(
  context: ServiceContext<Instance>,
): ResourceServer {
  const { plugin, instances, calls, logger } = context;

  async function answer(wire: CallResourceRequest, signal: AbortSignal): Promise<CallResourceResponse> {
    try {
      const { path, method, url, body } = wire;
      const callContext = readSourceContext(wire.pluginContext);
      const request = { context: callContext, headers: readHeaders(wire.headers), path, method, url, body };
      const result = await instances.use(callContext.orgId, callContext.settings, (instance) =>
        plugin.callResource(instance, request, signal),
      );
      return encodeResult(result);
    } catch (thrown) {
      const error = toPublicError(thrown);
      if (error !== thrown) logger.error({ error: thrown, path: wire.path }, 'a resource call failed unexpectedly');
      return encodeResult({
        status: error.status,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ message: error.message }),
      });
    }
  }

  return {
    callResource(call: ServerWritableStream<CallResourceRequest, CallResourceResponse>): void {
      void calls
        .run(call, (signal) => answer(call.request, signal))
        .then((response) => {
          call.write(response);
          call.end();
        });
    },
  };
}
