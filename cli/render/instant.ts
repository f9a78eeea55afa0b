/** An end of a time range as people write it, in the form the page's address takes. */
import { FailureError } from '../../src/contract/failure';

const RELATIVE = /^now([-+]\d+[smhdwMy])*(\/[smhdwMy])?$/;

/**
 * `now-7d` and epoch milliseconds stay; an ISO 8601 time becomes epoch milliseconds.
 * @throws FailureError naming the flag
 */
export function readInstant(flag: string, text: string): string {
  if (RELATIVE.test(text) || /^\d{12,14}$/.test(text)) {
    return text;
  }
  const instant = /^\d{4}-\d{2}-\d{2}(T|$)/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(instant)) {
    throw new FailureError({
      class: 'config',
      field: flag,
      message: `${flag}: “${text}” is no time.`,
      fix: 'Write now-7d, 2026-03-03T09:00:00+01:00, or milliseconds since 1970.',
    });
  }
  return String(instant);
}
