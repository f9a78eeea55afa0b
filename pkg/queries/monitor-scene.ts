/** A data source whose stores answer as a test says: for tests of `monitor` without any store. */
import pino from 'pino';
import { settingsSchema } from '../../src/contract/settings';
import { createInstance } from '../instance';
import type { Source } from '../sources/source';
import type { QueryContext } from './context';

export const HOUR = 3_600_000;

/** The range asked about: ten hours, up to now. */
export const RANGE = { from: 10 * HOUR, to: 20 * HOUR };

/** A store that answers nothing but what `parts` says. */
export function storeOf(name: Source['name'], parts: Partial<Source>): Source {
  return { name, probe: () => Promise.reject(new Error('not asked')), dispose: () => Promise.resolve(), ...parts };
}

export function contextWith(sources: Partial<Record<Source['name'], Source>>, overrides: Partial<QueryContext> = {}) {
  const instance = createInstance({
    uid: 'u',
    name: 'n',
    settings: settingsSchema.parse({}),
    secrets: {},
    logger: pino({ level: 'silent' }),
  });
  const context: QueryContext = {
    instance: { ...instance, sources },
    refId: 'A',
    range: RANGE,
    intervalMs: 1000,
    maxDataPoints: 100,
    now: RANGE.to,
    isAlert: false,
    skipCache: false,
    signal: new AbortController().signal,
    ...overrides,
  };
  return context;
}
