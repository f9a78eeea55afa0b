/** grpc-js's callbacks as promises that heed an `AbortSignal`. */
import {
  Metadata,
  type CallOptions as GrpcCallOptions,
  type ClientReadableStream,
  type ClientUnaryCall,
  type ServiceError,
} from '@grpc/grpc-js';

import type { CallOptions } from './requests';

type UnaryMethod<Request, Response> = (
  request: Request,
  metadata: Metadata,
  options: GrpcCallOptions,
  callback: (error: ServiceError | null, response: Response) => void,
) => ClientUnaryCall;

type StreamMethod<Request, Response> = (
  request: Request,
  metadata: Metadata,
  options: GrpcCallOptions,
) => ClientReadableStream<Response>;

function deadlineOf({ timeoutMs }: CallOptions): GrpcCallOptions {
  return timeoutMs === undefined ? {} : { deadline: Date.now() + timeoutMs };
}

/** @returns a function that stops listening. */
function cancelOnAbort(call: { cancel(): void }, signal: AbortSignal | undefined): () => void {
  if (!signal) return () => undefined;
  const cancel = (): void => call.cancel();
  if (signal.aborted) cancel();
  signal.addEventListener('abort', cancel, { once: true });
  return () => signal.removeEventListener('abort', cancel);
}

/** @throws ServiceError (grpc-js) with its `code` when the call fails, is cancelled or times out. */
export function callUnary<Request, Response>(
  method: UnaryMethod<Request, Response>,
  request: Request,
  options: CallOptions,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    const call = method(request, new Metadata(), deadlineOf(options), (error, response) => {
      stopListening();
      if (error) reject(error);
      else resolve(response);
    });
    const stopListening = cancelOnAbort(call, options.signal);
  });
}

/**
 * Every message of a server's stream.
 * @throws ServiceError (grpc-js)
 */
export async function callStream<Request, Response>(
  method: StreamMethod<Request, Response>,
  request: Request,
  options: CallOptions,
): Promise<Response[]> {
  const call = method(request, new Metadata(), deadlineOf(options));
  const stopListening = cancelOnAbort(call, options.signal);
  return new Promise<Response[]>((resolve, reject) => {
    const messages: Response[] = [];
    call.on('data', (message: Response) => messages.push(message));
    call.on('error', reject);
    call.on('end', () => resolve(messages));
  }).finally(stopListening);
}
