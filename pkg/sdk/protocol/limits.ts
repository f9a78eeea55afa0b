/** Sizes of gRPC messages in bytes, stated because grpc-js would otherwise refuse anything received above 4 MiB. */

/** Go's host reads at most this; a larger answer fails there with less clear words. */
export const MAX_ANSWER_BYTES = 2 ** 31 - 1;

/** A request is queries and settings; a resource call may carry an upload. */
export const MAX_REQUEST_BYTES = 64 * 2 ** 20;
