/** Errors as values with an owner (design §3.6): what went wrong, where, and what to do about it. */
import type { SourceName } from '../calc/provenance';

export const FAILURE_CLASSES = [
  'auth',
  'network',
  'tls',
  'timeout',
  'config',
  'query',
  'limit',
  'server',
  'bug',
] as const;
export type FailureClass = (typeof FAILURE_CLASSES)[number];

/** How far a connection test got: nothing answered; a server did; it took the credentials too; it gave data. */
export const REACHES = ['nothing', 'server', 'login', 'data'] as const;
export type Reach = (typeof REACHES)[number];

export interface Failure {
  class: FailureClass;
  /** Said where the class alone would mislead: an `auth` failure may be of the credentials or of the rights. */
  reached?: Reach;
  /** The store it came from; absent when the query or the plugin itself is at fault. */
  source?: SourceName;
  /** The setting or query field to look at, e.g. `control` or `prometheus.url`. */
  field?: string;
  /** What happened, in one sentence; free of hosts and credentials. */
  message: string;
  /** What to do about it. */
  fix: string;
}

/** How far an exchange got before it failed. */
export function reachOf(failure: Failure): Reach {
  if (failure.reached) {
    return failure.reached;
  }
  switch (failure.class) {
    case 'network':
    case 'tls':
    case 'timeout':
      return 'nothing';
    case 'auth':
    case 'config':
    case 'query':
    case 'limit':
    case 'server':
      return 'server';
    case 'bug':
      return 'nothing';
  }
}

/** The message with its store named once: most messages begin with the name already. @param label what users call the store */
export const nameStore = (label: string, message: string): string =>
  message.startsWith(label) ? message : `${label}: ${message}`;

/** Carries a `Failure` through code that must unwind; caught at the edges and turned back into the value. */
export class FailureError extends Error {
  override readonly name = 'FailureError';
  constructor(
    readonly failure: Failure,
    options?: ErrorOptions,
  ) {
    super(failure.message, options);
  }
}
