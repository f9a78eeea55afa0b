/**
 * The text of the `reasons` column in `comparisons`: one `code: words` a line, the deciding reason first. Readable in any
 * table, and a panel still tells an offline accuracy from a stale one.
 */
import { REASON_CODES, type Reason } from '../calc/verdict';

export function writeReasons(reasons: readonly Reason[]): string {
  return reasons.map((reason) => `${reason.code}: ${reason.words}`).join('\n');
}

/** Reads what `writeReasons` wrote; lines with an unknown code, as a newer backend may send, are left out. */
export function readReasons(text: string): Reason[] {
  return text.split('\n').flatMap((line) => {
    const separator = line.indexOf(': ');
    const code = REASON_CODES.find((known) => known === line.slice(0, separator));
    return code === undefined ? [] : [{ code, words: line.slice(separator + 2) }];
  });
}
