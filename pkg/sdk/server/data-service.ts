import { encodeFrame } from '../arrow';
import {
  DataResponse,
  type DataQuery,
  type DataServer,
  type QueryDataRequest as WireRequest,
  type QueryDataResponse as WireResponse,
} from '../generated/pluginv2';
import { parseJsonBytes } from '../protocol/context';
import { CallHeaders } from '../protocol/headers';
import type { PluginInstance, Query, QueryDataResult } from './plugin';
import { PublicError, toPublicError } from './public-error';
import { readSourceContext, unary, type ServiceContext } from './service-context';

/** @throws PublicError when the query's JSON is broken. Grafana counts what a user got wrong as downstream. */
function readQuery(wire: DataQuery): Query {
  try {
    return {
      refId: wire.refId,
      queryType: wire.queryType,
      json: parseJsonBytes(wire.json, {}),
      maxDataPoints: wire.maxDataPoints,
      intervalMs: wire.intervalMS,
      range: { from: wire.timeRange?.fromEpochMS ?? 0, to: wire.timeRange?.toEpochMS ?? 0 },
    };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new PublicError(`Query ${wire.refId}: its JSON is broken (${reason}).`, 400, 'downstream', { cause });
  }
}

function errorResponse({ message, status, errorSource }: PublicError): DataResponse {
  return DataResponse.fromPartial({ error: message, status, errorSource });
}

/** @throws RangeError when a frame cannot be written. */
function encodeResult(refId: string, result: QueryDataResult): DataResponse {
  const frames = (result.frames ?? []).map((frame) => {
    const bytes = encodeFrame({ ...frame, refId: frame.refId ?? refId });
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  });
  const failure = 'error' in result ? { error: result.error, errorSource: result.errorSource } : {};
  return DataResponse.fromPartial({ status: result.status, frames, ...failure });
}

export function createDataService<Instance extends PluginInstance>(context: ServiceContext<Instance>): DataServer {
  const { plugin, instances, logger } = context;

  /** An error answer; what was not foreseen goes to the log, where its stack is of use. */
  function refuse(thrown: unknown, refIds: string[]): DataResponse {
    const error = toPublicError(thrown);
    if (error !== thrown) logger.error({ error: thrown, refIds }, 'a query failed unexpectedly');
    return errorResponse(error);
  }

  async function ask(
    wire: WireRequest,
    queries: Query[],
    signal: AbortSignal,
  ): Promise<Readonly<Record<string, QueryDataResult>>> {
    const callContext = readSourceContext(wire.pluginContext);
    const request = { context: callContext, headers: new CallHeaders(wire.headers), queries };
    return instances.use(callContext.orgId, callContext.settings, (instance) =>
      plugin.queryData(instance, request, signal),
    );
  }

  function encodeAnswer(refId: string, results: Readonly<Record<string, QueryDataResult>>): DataResponse {
    const result = results[refId];
    if (!result) return refuse(new Error(`the plugin gave no result for query ${refId}`), [refId]);
    try {
      return encodeResult(refId, result);
    } catch (error) {
      return refuse(error, [refId]);
    }
  }

  async function answer(wire: WireRequest, signal: AbortSignal): Promise<WireResponse> {
    const responses: Record<string, DataResponse> = {};
    const queries: Query[] = [];
    for (const wireQuery of wire.queries) {
      try {
        queries.push(readQuery(wireQuery));
      } catch (error) {
        responses[wireQuery.refId] = refuse(error, [wireQuery.refId]);
      }
    }
    if (queries.length === 0) return { responses };
    const refIds = queries.map((query) => query.refId);
    try {
      const results = await ask(wire, queries, signal);
      for (const refId of refIds) responses[refId] = encodeAnswer(refId, results);
    } catch (error) {
      const refusal = refuse(error, refIds);
      for (const refId of refIds) responses[refId] = refusal;
    }
    return { responses };
  }

  return { queryData: unary(context, answer) };
}
