/** Reading what was thrown by its shape: an error from another realm (a worker, a test's sandbox) is no `instanceof Error`. */
import type { SourceName } from '../../src/calc/provenance';
import { FailureError } from '../../src/contract/failure';
import type { Failure } from '../../src/contract/failure';

/** The error's code, e.g. `ECONNREFUSED` or a SQLSTATE; empty when there is none. */
export function codeOf(thrown: unknown): string {
  return textAt(thrown, 'code');
}

export function wordsOf(thrown: unknown): string {
  return textAt(thrown, 'message');
}

/** The caller gave up, or its time was over. */
export function isAbort(thrown: unknown): boolean {
  return textAt(thrown, 'name') === 'AbortError' || isTimeout(thrown);
}

function isTimeout(thrown: unknown): boolean {
  return textAt(thrown, 'name') === 'TimeoutError';
}

/** What a thrown error says as a value; anything unforeseen is a bug of ours, and said so. */
export function failureOf(thrown: unknown, source?: SourceName): Failure {
  if (thrown instanceof FailureError) {
    return { source, ...thrown.failure };
  }
  if (isTimeout(thrown)) {
    return {
      class: 'timeout',
      source,
      message: 'The whole question took longer than the plugin waits.',
      fix: 'Shorten the time range, or check the load of the stores.',
    };
  }
  if (isAbort(thrown)) {
    return { class: 'timeout', source, message: `The question was given up: ${wordsOf(thrown)}.`, fix: 'Ask again.' };
  }
  return {
    class: 'bug',
    source,
    message: thrown instanceof Error ? thrown.message : String(thrown),
    fix: 'This is a defect in Uplift: please report it with the plugin’s log.',
  };
}

function textAt(thrown: unknown, key: 'code' | 'message' | 'name'): string {
  if (typeof thrown !== 'object' || thrown === null || !(key in thrown)) {
    return '';
  }
  const value: unknown = Reflect.get(thrown, key);
  return typeof value === 'string' ? value : '';
}
