import type { ErrorSource } from './plugin';

/** An error whose message may be shown to whoever looks at a panel: free of hosts and credentials. */
export class PublicError extends Error {
  override readonly name = 'PublicError';
  constructor(
    message: string,
    /** An HTTP status. */
    readonly status: number,
    readonly errorSource: ErrorSource,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Anything thrown, as something that may be shown: what is not meant for the public is only named. */
export function toPublicError(thrown: unknown): PublicError {
  if (thrown instanceof PublicError) return thrown;
  const name = thrown instanceof Error ? thrown.name : typeof thrown;
  return new PublicError(`The plugin failed unexpectedly (${name}); its log says more.`, 500, 'plugin', {
    cause: thrown,
  });
}
