/** What a query comes with, for tests: the last day of the drawn traffic, as a dashboard asks for it. */
import { DAY } from '../experiment/test-scene';
import { NOW } from '../experiment/test-instance';
import type { Instance } from '../instance';
import type { QueryContext } from './context';

export const contextOf = (instance: Instance, own: Partial<QueryContext> = {}): QueryContext => ({
  instance,
  refId: 'A',
  range: { from: NOW - DAY, to: NOW },
  intervalMs: 60_000,
  maxDataPoints: 500,
  now: NOW,
  skipCache: false,
  isAlert: false,
  signal: new AbortController().signal,
  ...own,
});
