/** Reading what was thrown by its shape: an error from another realm (a worker, a test's sandbox) is no `instanceof Error`. */

/** The error's code, e.g. `ECONNREFUSED` or a SQLSTATE; empty when there is none. */
export function codeOf(thrown: unknown): string {
  return textAt(thrown, 'code');
}

export function wordsOf(thrown: unknown): string {
  return textAt(thrown, 'message');
}

/** The caller gave up, or its time was over. */
export function isAbort(thrown: unknown): boolean {
  const name = textAt(thrown, 'name');
  return name === 'AbortError' || name === 'TimeoutError';
}

function textAt(thrown: unknown, key: 'code' | 'message' | 'name'): string {
  if (typeof thrown !== 'object' || thrown === null || !(key in thrown)) {
    return '';
  }
  const value: unknown = Reflect.get(thrown, key);
  return typeof value === 'string' ? value : '';
}
