import type { CollectMetricsResponse } from '../generated/pluginv2';
import {
  CheckHealthResponse_HealthStatus as WireStatus,
  type CheckHealthRequest,
  type CheckHealthResponse,
  type DiagnosticsServer,
} from '../generated/pluginv2';
import { CallHeaders } from '../protocol/headers';
import type { HealthResult, PluginInstance } from './plugin';
import { readSourceContext, unary, type ServiceContext } from './service-context';

const WIRE_STATUS = { ok: WireStatus.OK, error: WireStatus.ERROR, unknown: WireStatus.UNKNOWN } as const;

function encodeHealth({ status, message, details }: HealthResult): CheckHealthResponse {
  return {
    status: WIRE_STATUS[status],
    message,
    jsonDetails: details === undefined ? Buffer.alloc(0) : Buffer.from(JSON.stringify(details)),
  };
}

export function createDiagnosticsService<Instance extends PluginInstance>(
  context: ServiceContext<Instance>,
): DiagnosticsServer {
  const { plugin, instances, logger } = context;

  /** Health is where the whole truth belongs: unlike a query's, its error message is shown as thrown. */
  async function checkHealth(wire: CheckHealthRequest, signal: AbortSignal): Promise<CheckHealthResponse> {
    try {
      const callContext = readSourceContext(wire.pluginContext);
      const request = { context: callContext, headers: new CallHeaders(wire.headers) };
      const health = await instances.use(callContext.orgId, callContext.settings, (instance) =>
        plugin.checkHealth(instance, request, signal),
      );
      return encodeHealth(health);
    } catch (error) {
      logger.error({ error }, 'the health check failed unexpectedly');
      return encodeHealth({ status: 'error', message: error instanceof Error ? error.message : String(error) });
    }
  }

  async function collectMetrics(): Promise<CollectMetricsResponse> {
    return { metrics: { prometheus: Buffer.from(await plugin.collectMetrics()) } };
  }

  return { checkHealth: unary(context, checkHealth), collectMetrics: unary(context, collectMetrics) };
}
