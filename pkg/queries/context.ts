/** What every query type is given besides its own fields. */
import type { Instance } from '../instance';
import type { DataFrame } from '../sdk/frame';
import type { Period } from '../sources/period';

export interface QueryContext {
  instance: Instance;
  refId: string;
  range: Period;
  intervalMs: number;
  maxDataPoints: number;
  /** Epoch ms. */
  now: number;
  /** Nothing simulated, estimated or stale may leave here (design §3.5). */
  isAlert: boolean;
  skipCache: boolean;
  /** Nobody is signed in, as on a public dashboard: a store's words about a statement would show parts of it. */
  isAnonymous?: boolean;
  signal: AbortSignal;
}

/** Answers one query with frames. @throws FailureError when nothing is left to show */
export type Answerer<Query> = (query: Query, context: QueryContext) => Promise<DataFrame[]>;
