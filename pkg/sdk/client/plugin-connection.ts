import { credentials, type ChannelOptions } from '@grpc/grpc-js';

import { decodeFrame } from '../arrow';
import { GRPCControllerClient } from '../generated/goplugin';
import {
  CallResourceRequest,
  CheckHealthResponse_HealthStatus as WireStatus,
  DataClient,
  DiagnosticsClient,
  QueryDataRequest,
  ResourceClient,
} from '../generated/pluginv2';
import { parseJsonBytes, writeContext } from '../protocol/context';
import { CallHeaders } from '../protocol/headers';
import { MAX_ANSWER_BYTES, MAX_REQUEST_BYTES } from '../protocol/limits';
import { callStream, callUnary } from './grpc-call';
import {
  contextOf,
  type Asker,
  type CallOptions,
  type ClientQuery,
  type HealthAnswer,
  type QueryAnswer,
  type QueryDataCall,
  type ResourceAnswer,
  type ResourceCall,
} from './requests';

const CHANNEL_OPTIONS: ChannelOptions = {
  'grpc.max_receive_message_length': MAX_ANSWER_BYTES,
  'grpc.max_send_message_length': MAX_REQUEST_BYTES,
  // Bookkeeping for a debugger that nobody connects.
  'grpc.enable_channelz': 0,
  // A plugin is on this machine: never by way of the proxy that the environment names.
  'grpc.enable_http_proxy': 0,
};

function encodeQuery({ refId, json, queryType, range, maxDataPoints, intervalMs }: ClientQuery) {
  return {
    refId,
    json: json instanceof Uint8Array ? Buffer.from(json) : Buffer.from(JSON.stringify(json)),
    queryType: queryType ?? '',
    timeRange: { fromEpochMS: range.from, toEpochMS: range.to },
    maxDataPoints: maxDataPoints ?? 1000,
    intervalMS: intervalMs ?? 1000,
  };
}

function decodeHealthStatus(status: WireStatus): HealthAnswer['status'] {
  switch (status) {
    case WireStatus.OK:
      return 'ok';
    case WireStatus.ERROR:
      return 'error';
    case WireStatus.UNKNOWN:
    case WireStatus.UNRECOGNIZED:
      return 'unknown';
  }
}

/**
 * Calls to a plugin that runs already. Every method throws grpc-js's `ServiceError` when the plugin is gone, the call is
 * cancelled or its deadline passes; errors of single queries are values in the answer.
 */
export class PluginConnection {
  readonly #data: DataClient;
  readonly #diagnostics: DiagnosticsClient;
  readonly #resource: ResourceClient;
  readonly #controller: GRPCControllerClient;

  /** @param target `127.0.0.1:40123`, `unix:/path` */
  constructor(target: string) {
    const insecure = credentials.createInsecure();
    this.#data = new DataClient(target, insecure, CHANNEL_OPTIONS);
    const shared = { ...CHANNEL_OPTIONS, channelOverride: this.#data.getChannel() };
    this.#diagnostics = new DiagnosticsClient(target, insecure, shared);
    this.#resource = new ResourceClient(target, insecure, shared);
    this.#controller = new GRPCControllerClient(target, insecure, shared);
  }

  /** Answers per refId, frames decoded. */
  async queryData(call: QueryDataCall, options: CallOptions = {}): Promise<Record<string, QueryAnswer>> {
    const answers = await this.queryArrow(call, options);
    return Object.fromEntries(
      Object.entries(answers).map(([refId, answer]) => [refId, { ...answer, frames: answer.frames.map(decodeFrame) }]),
    );
  }

  /** Answers per refId, each frame the bytes of an Arrow IPC file. */
  async queryArrow(call: QueryDataCall, options: CallOptions = {}): Promise<Record<string, QueryAnswer<Uint8Array>>> {
    const request = QueryDataRequest.fromPartial({
      pluginContext: writeContext(contextOf(call)),
      headers: call.headers ?? {},
      queries: call.queries.map(encodeQuery),
    });
    const { responses } = await callUnary(this.#data.queryData.bind(this.#data), request, options);
    return Object.fromEntries(
      Object.entries(responses).map(([refId, { status, frames, error, errorSource }]) => [
        refId,
        { status, frames, error: error === '' ? null : error, errorSource: errorSource === '' ? null : errorSource },
      ]),
    );
  }

  async checkHealth(asker: Asker, options: CallOptions = {}): Promise<HealthAnswer> {
    const request = { pluginContext: writeContext(contextOf(asker)), headers: { ...asker.headers } };
    const { status, message, jsonDetails } = await callUnary(
      this.#diagnostics.checkHealth.bind(this.#diagnostics),
      request,
      options,
    );
    return { status: decodeHealthStatus(status), message, details: parseJsonBytes(jsonDetails, null) };
  }

  async callResource(call: ResourceCall, options: CallOptions = {}): Promise<ResourceAnswer> {
    const request = CallResourceRequest.fromPartial({
      pluginContext: writeContext(contextOf(call)),
      path: call.path.split('?', 1)[0],
      url: call.path,
      method: call.method ?? 'GET',
      headers: Object.fromEntries(
        Object.entries(call.headers ?? {}).map(([name, value]) => [name, { values: [value] }]),
      ),
      body: Buffer.from(call.body ?? ''),
    });
    const chunks = await callStream(this.#resource.callResource.bind(this.#resource), request, options);
    const [first] = chunks;
    if (!first) throw new Error(`resource ${call.path}: the plugin ended the call without an answer`);
    return {
      status: first.code,
      headers: new CallHeaders(
        Object.fromEntries(Object.entries(first.headers).map(([name, list]) => [name, list.values])),
      ),
      body: Buffer.concat(chunks.map((chunk) => chunk.body)),
    };
  }

  /** The plugin's own metrics in Prometheus's text format. */
  async collectMetrics(options: CallOptions = {}): Promise<string> {
    const request = { pluginContext: undefined };
    const { metrics } = await callUnary(this.#diagnostics.collectMetrics.bind(this.#diagnostics), request, options);
    return metrics?.prometheus.toString('utf8') ?? '';
  }

  /** Asks the plugin's process to end; it answers before it does. */
  async shutdown(options: CallOptions = {}): Promise<void> {
    await callUnary(this.#controller.shutdown.bind(this.#controller), {}, options);
  }

  close(): void {
    this.#data.close();
  }
}
