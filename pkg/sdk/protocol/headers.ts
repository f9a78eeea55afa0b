/** HTTP-like headers that travel with a call. Names are case-insensitive: Grafana itself sends `FromAlert` and `Fromalert`. */
export class CallHeaders {
  readonly #values = new Map<string, readonly string[]>();

  /** @param entries name → value or values; of names that differ by case only, the last one stays. */
  constructor(entries: Readonly<Record<string, string | readonly string[]>> = {}) {
    for (const [name, value] of Object.entries(entries)) {
      this.#values.set(name.toLowerCase(), typeof value === 'string' ? [value] : value);
    }
  }

  /** The first value of a header; null when it is absent. */
  get(name: string): string | null {
    return this.#values.get(name.toLowerCase())?.[0] ?? null;
  }

  getAll(name: string): readonly string[] {
    return this.#values.get(name.toLowerCase()) ?? [];
  }

  has(name: string): boolean {
    return this.#values.has(name.toLowerCase());
  }

  /** Names in lower case. */
  entries(): IterableIterator<[string, readonly string[]]> {
    return this.#values.entries();
  }
}
