/** One refresh, one fetch (design §3.4): identical upstream questions in flight are asked once and kept for a while. */
import { LRUCache } from 'lru-cache';
import { observeCache } from '../metrics';

/** A value with the moment it was fetched, epoch ms. */
export interface Fetched<T> {
  value: T;
  fetchedAt: number;
}

export interface CoalescerFigures {
  hits: number;
  misses: number;
  entries: number;
}

/** A fetch is shared by whoever asks meanwhile, so it obeys this limit and no caller's signal; the sources' own are tighter. */
export const FETCH_LIMIT_MS = 60_000;

interface Load<T> {
  load: () => Promise<T>;
  ttlOf: (value: T) => number;
  /** Whether it was needed: nothing was kept, and nobody was just asking. */
  isMiss: boolean;
}

/** Keeps values of one type by key. Failures are never kept: the next question asks again. */
export class Coalescer<T> {
  readonly #cache: LRUCache<string, Fetched<T>, Load<T>>;
  #hits = 0;
  #misses = 0;
  #waiting = 0;
  #hasGrown = false;

  /** @param clock epoch ms; passed in so that tests own the time */
  constructor(max: number, clock: () => number) {
    this.#cache = new LRUCache<string, Fetched<T>, Load<T>>({
      max,
      // The time to live is checked against our own clock, which tests can move.
      perf: { now: clock },
      ttlResolution: 0,
      ttlAutopurge: false,
      // More questions in flight than places: one that loses its place is answered all the same.
      ignoreFetchAbort: true,
      fetchMethod: async (_key, _stale, { context, options }) => {
        context.isMiss = true;
        this.#hasGrown = true;
        this.#count('miss');
        const value = await context.load();
        options.ttl = Math.max(context.ttlOf(value), 1);
        return { value, fetchedAt: clock() };
      },
    });
  }

  /** @param ttlMs 0 keeps nothing beyond what is in flight; a function where it depends on what was fetched */
  async fetch(
    key: string,
    ttlMs: number | ((value: T) => number),
    load: () => Promise<T>,
    forceRefresh = false,
  ): Promise<Fetched<T>> {
    // Most are hits, dozens a refresh, and the cache's own way of fetching costs several times what a look does.
    const known = forceRefresh ? undefined : this.#cache.get(key);
    if (known !== undefined) {
      this.#count('hit');
      return known;
    }
    const context: Load<T> = { load, ttlOf: typeof ttlMs === 'number' ? () => ttlMs : ttlMs, isMiss: false };
    this.#waiting++;
    try {
      const kept = await this.#cache.fetch(key, { context, forceRefresh });
      if (kept === undefined) {
        throw new Error(`cache entry ${key} vanished while it was fetched`);
      }
      return kept;
    } finally {
      this.#waiting--;
      if (!context.isMiss) {
        this.#count('hit');
      }
      this.#forgetExpired();
    }
  }

  #count(outcome: 'hit' | 'miss'): void {
    observeCache(outcome);
    if (outcome === 'hit') {
      this.#hits++;
    } else {
      this.#misses++;
    }
  }

  /** A window that grows is asked under another key every time, so nobody asks again for what has expired. */
  #forgetExpired(): void {
    // The place of an expired value is where its successor is being fetched: not while anybody waits for one.
    if (this.#hasGrown && this.#waiting === 0) {
      this.#hasGrown = false;
      this.#cache.purgeStale();
    }
  }

  figures(): CoalescerFigures {
    return { hits: this.#hits, misses: this.#misses, entries: this.#cache.size };
  }

  clear(): void {
    this.#cache.clear();
  }
}
