/** Earlier answers, kept to stand in for a store that is away (design §7): under several names, and only while young. */

/** A value with the moment it was read, epoch ms. */
export interface Kept<T> {
  value: T;
  at: number;
}

export class KeptAnswers<T> {
  /** Insertion order is age, so the oldest entry is the first. */
  readonly #kept = new Map<string, Kept<T>>();

  /** @param keepMs how long an answer may stand in; @param most entries held */
  constructor(
    private readonly keepMs: number,
    private readonly most: number,
  ) {}

  remember(keys: readonly string[], value: T, at: number): void {
    for (const key of keys) {
      this.#kept.delete(key);
      this.#kept.set(key, { value, at });
    }
    for (const [key, kept] of this.#kept) {
      if (this.#kept.size <= this.most && at - kept.at <= this.keepMs) {
        break;
      }
      this.#kept.delete(key);
    }
  }

  /** Entries held. */
  get size(): number {
    return this.#kept.size;
  }

  /** What is kept under the first of these names that has something young enough. */
  find(keys: readonly string[], now: number): Kept<T> | null {
    for (const key of keys) {
      const kept = this.#kept.get(key);
      if (kept && now - kept.at <= this.keepMs) {
        return kept;
      }
    }
    return null;
  }
}
